import { Inject, Injectable } from '@nestjs/common';
import { cityNotice, ENV, type Env, mailCity, type Sql } from '../platform/index.js';

/** Tells the mailbox of a city what has become of its practices; reasons and advice are read on the page. */
@Injectable()
export class CityNotices {
  constructor(@Inject(ENV) private readonly env: Env) {}

  async ofPractice(tx: Sql, organisation: string | null, { title, ref }: { title: string; ref: string }): Promise<void> {
    await mailCity(tx, organisation, (language) => cityNotice('practice', language, { about: title, link: `${this.env.publicUrl}/pratiques/${ref}` }));
  }
}
