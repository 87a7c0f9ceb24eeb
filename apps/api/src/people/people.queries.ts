import { Injectable } from '@nestjs/common';
import type { PeoplePage, PeopleQuery, PersonView } from '@passerelle/contract';
import { fold } from '@passerelle/text';
import { z } from 'zod';
import { type Actor, assertAdministrator, Database, decodeCursor, encodeCursor, NotFound } from '../platform/index.js';
import { PEOPLE } from './people.sql.js';

const After = z.tuple([z.string().max(400), z.uuid()]);

/** People with an account and their mandates, for the secretariat. */
@Injectable()
export class PeopleQueries {
  constructor(private readonly database: Database) {}

  async list(actor: Actor, { q, role, state, limit, cursor }: PeopleQuery): Promise<PeoplePage> {
    await assertAdministrator(this.database, actor);
    const words = fold(q).split(' ').filter((word) => word !== '').map((word) => `%${word}%`);
    const [name, id] = cursor ? decodeCursor(cursor, After) : [null, null];
    const found = await this.find(null, { words, role: role ?? null, state: state ?? null, after: [name, id], limit: limit + 1 });
    const items = found.slice(0, limit);
    const last = items.at(-1);
    return { items, nextCursor: found.length > limit && last ? encodeCursor([last.name, last.id]) : null };
  }

  async get(actor: Actor, id: string): Promise<PersonView> {
    await assertAdministrator(this.database, actor);
    const [person] = await this.find(id, { words: [], role: null, state: null, after: [null, null], limit: 1 });
    if (!person) throw new NotFound();
    return person;
  }

  private find(id: string | null, { words, role, state, after, limit }: { words: string[]; role: string | null; state: string | null; after: (string | null)[]; limit: number }): Promise<PersonView[]> {
    return this.database.rows<PersonView & Record<string, unknown>>(PEOPLE, [id, words, role, state, ...after, limit]);
  }
}
