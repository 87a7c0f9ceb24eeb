import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { SessionView } from '@passerelle/contract';
import { v7 as uuid } from 'uuid';
import { type Actor, Database, hashToken, NotFound, SessionStore } from '../platform/index.js';
import { WriteTransaction } from '../realtime/index.js';

export const SESSION_DAYS = 60;
const SHARED_HOURS = 8;
/** Signing in again within this time continues the same visit: "since your last visit" keeps its meaning. */
const VISIT_HOURS = 4;

export interface NewSession {
  token: string;
  /** Undefined: the cookie ends with the browser (shared device). */
  maxAgeS: number | undefined;
}

/** Sessions in the database: opened, listed, revoked one by one or all at once. */
@Injectable()
export class SessionService {
  constructor(
    private readonly database: Database,
    private readonly write: WriteTransaction,
    private readonly store: SessionStore,
  ) {}

  /** `provenAt`: when the person has last shown who they are; acts that want to know it again count from then. */
  async open(accountId: string, device: string, sharedDevice: boolean, provenAt = new Date()): Promise<NewSession> {
    const token = randomBytes(32).toString('base64url');
    const hours = sharedDevice ? SHARED_HOURS : SESSION_DAYS * 24;
    await this.database.run(
      `WITH visit AS (UPDATE account SET previous_visit_at = CASE WHEN last_visit_at < now() - interval '${VISIT_HOURS} hours' THEN last_visit_at ELSE previous_visit_at END, last_visit_at = now() WHERE id = $2),
         expired AS (DELETE FROM session WHERE account_id = $2 AND expires_at < now())
       INSERT INTO session (id, account_id, token_hash, device, shared_device, expires_at, authenticated_at) VALUES ($1, $2, $3, $4, $5, now() + make_interval(hours => $6), least($7::timestamptz, now()))`,
      [uuid(), accountId, hashToken(token), device, sharedDevice, hours, provenAt]);
    return { token, maxAgeS: sharedDevice ? undefined : hours * 3_600 };
  }

  async list(actor: Actor): Promise<{ items: SessionView[] }> {
    const items = await this.database.rows<SessionView & Record<string, unknown>>(
      `SELECT id, created_at AS "createdAt", last_seen_at AS "lastSeenAt", device, id = $2 AS current FROM session
       WHERE account_id = $1 AND expires_at > now() ORDER BY last_seen_at DESC LIMIT 100`, [actor.accountId, actor.sessionId]);
    return { items };
  }

  /** Ends one session of the actor's account; its sockets close with the fact. */
  async end(actor: Actor, sessionId: string): Promise<void> {
    const ended = await this.endWhere(actor, 'id = $2', sessionId);
    if (ended === 0) throw new NotFound();
  }

  async endAll(actor: Actor): Promise<void> {
    await this.endWhere(actor, '$2::uuid IS NOT NULL', actor.sessionId);
  }

  private endWhere(actor: Actor, condition: string, sessionId: string): Promise<number> {
    return this.write.run(actor, async ({ tx, record }) => {
      const rows = await tx.rows<{ id: string }>(`DELETE FROM session WHERE account_id = $1 AND ${condition} RETURNING id`, [actor.accountId, sessionId]);
      for (const { id } of rows) {
        this.store.forgetSession(id);
        record({ type: 'session.ended', audience: 'account', account: actor.accountId, subject: id });
      }
      return rows.length;
    });
  }
}
