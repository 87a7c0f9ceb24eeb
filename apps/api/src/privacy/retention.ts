import { readdir, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { APPEAL_MONTHS, INVITATION_DAYS, NEWCOMER_DAYS } from '@passerelle/contract';
import { DEVICE_DAYS } from '../accounts/index.js';
import { Database, ENV, type Env, Jobs } from '../platform/index.js';
import { ErasureService } from './erasure.service.js';

const NIGHTLY = '40 2 * * *';
/** An invitation that nobody took up is somebody's address without their consent: after its end it is needed for questions only. */
const INVITATION_KEPT_DAYS = 30;

/** Lets go each night of what has had its time (docs/privacy.md): private letters, accounts after the mandate, invitations that nobody took up, logs. Facts have a keeper of their own. */
@Injectable()
export class Retention {
  constructor(
    private readonly database: Database,
    private readonly erasures: ErasureService,
    @Inject(ENV) private readonly env: Env,
    jobs: Jobs,
  ) {
    jobs.every(NIGHTLY, 'retention', () => this.sweep());
  }

  async sweep(): Promise<void> {
    const { letterDays, closedAccountDays, logDays } = this.env.retention;
    await this.database.run(`DELETE FROM relay WHERE last_at < now() - make_interval(days => $1)`, [letterDays]);
    await this.database.run(`DELETE FROM introduction_message WHERE at < now() - make_interval(days => $1)`, [letterDays]);
    // What one person wrote to another stands in these as well: a reason and its answer, a word for whoever follows.
    await this.database.run('DELETE FROM space_request WHERE answered_at < now() - make_interval(days => $1)', [letterDays]);
    await this.database.run('DELETE FROM space_invitation WHERE answered_at < now() - make_interval(days => $1)', [letterDays]);
    await this.database.run(`UPDATE hand_over SET note = '' WHERE note <> '' AND coalesce(taken_at, opened_at) < now() - make_interval(days => $1)`, [letterDays]);
    await this.database.run('DELETE FROM session WHERE expires_at < now()');
    await this.database.run('DELETE FROM login_link WHERE expires_at < now()');
    await this.database.run('DELETE FROM sign_in_challenge WHERE expires_at < now()');
    await this.database.run('DELETE FROM oidc_attempt WHERE expires_at < now()');
    await this.database.run('DELETE FROM passkey_challenge WHERE expires_at < now()');
    await this.database.run('DELETE FROM sign_in_alert WHERE expires_at < now()');
    await this.database.run('DELETE FROM known_device WHERE last_seen_at < now() - make_interval(days => $1)', [DEVICE_DAYS]);
    await this.database.run('DELETE FROM invitation WHERE redeemed_at IS NULL AND coalesce(revoked_at, expires_at) < now() - make_interval(days => $1)', [INVITATION_KEPT_DAYS]);
    await this.database.run('DELETE FROM invitation_link WHERE coalesce(revoked_at, expires_at) < now() - make_interval(days => $1)', [INVITATION_KEPT_DAYS]);
    await this.database.run('DELETE FROM invitation_batch WHERE created_at < now() - make_interval(days => $1)', [INVITATION_DAYS + INVITATION_KEPT_DAYS]);
    // The same of a city's mailbox that nobody confirmed.
    await this.database.run('DELETE FROM role_mailbox WHERE expires_at < now() - make_interval(days => $1)', [INVITATION_KEPT_DAYS]);
    // A message that was refused keeps its words while its author may contest, and until an answer is given.
    await this.database.run(
      `UPDATE held_post SET title = '', body = '', html = '', mentions = '[]', attachments = '{}', rules = '[]' WHERE state = 'refused' AND body <> '' AND settled_at < now() - interval '${APPEAL_MONTHS} months'
         AND NOT EXISTS (SELECT 1 FROM moderation_case c WHERE c.target_kind = 'held' AND c.target_id = held_post.id::text AND c.state = 'open')`);
    await this.database.run('DELETE FROM newcomer_mark m USING account n WHERE n.id = m.account_id AND n.created_at < now() - make_interval(days => $1)', [2 * NEWCOMER_DAYS]);
    await this.database.run('DELETE FROM empty_search WHERE day < current_date - $1::int', [logDays]);
    const ended = await this.database.rows<{ id: string }>(
      `SELECT a.id FROM account a WHERE a.erased_at IS NULL AND a.role <> 'administrator' AND EXISTS (SELECT 1 FROM mandate m WHERE m.person_id = a.person_id)
         AND NOT EXISTS (SELECT 1 FROM mandate m WHERE m.person_id = a.person_id AND (m.valid_to IS NULL OR m.valid_to >= current_date - $1::int))`, [closedAccountDays]);
    await this.erasures.eraseEnded(ended.map(({ id }) => id));
    await this.forgetMailFiles(logDays);
  }

  /** Without a mail server each message is a file, which nobody fetches for ever. */
  private async forgetMailFiles(days: number): Promise<void> {
    const folder = join(this.env.dataDir, 'outbox');
    const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    });
    const before = Date.now() - days * 86_400_000;
    for (const path of names.filter((name) => /\.(eml|part)$/.test(name)).map((name) => join(folder, name))) if ((await stat(path)).mtimeMs < before) await unlink(path);
  }
}
