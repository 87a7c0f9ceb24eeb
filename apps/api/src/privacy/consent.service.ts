import { Injectable } from '@nestjs/common';
import { CONSENT_VERSION, type ConsentView } from '@passerelle/contract';
import { type Actor, Database } from '../platform/index.js';

const SHOWN_MAX = 100;

/** What people have agreed to. Lines are only ever added: each says which words were agreed to, and when. */
@Injectable()
export class ConsentService {
  constructor(private readonly database: Database) {}

  list(actor: Actor): Promise<ConsentView[]> {
    return this.database.rows<ConsentView & Record<string, unknown>>(
      `SELECT purpose, given, text_version AS "textVersion", at FROM consent WHERE account_id = $1 ORDER BY at DESC, purpose LIMIT ${SHOWN_MAX}`, [actor.accountId]);
  }

  /** Agrees to mail of the network, or no longer; what is so already stays as it is. Taking back is as easy as giving. @returns all that was agreed to and taken back. */
  async setMail(actor: Actor, given: boolean): Promise<ConsentView[]> {
    await this.database.transaction(async (tx) => {
      // One after the other, so that the newest line is the last word.
      await tx.row('SELECT 1 FROM account WHERE id = $1 FOR UPDATE', [actor.accountId]);
      const last = await tx.row<{ given: boolean }>(`SELECT given FROM consent WHERE account_id = $1 AND purpose = 'mail' ORDER BY at DESC LIMIT 1`, [actor.accountId]);
      if (last?.given === given) return;
      await tx.run(`INSERT INTO consent (account_id, purpose, given, text_version, at) VALUES ($1, 'mail', $2, $3, clock_timestamp())`, [actor.accountId, given, CONSENT_VERSION]);
    });
    return this.list(actor);
  }
}
