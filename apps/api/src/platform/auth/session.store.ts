import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import type { Actor } from './actor.js';
import { demandsFactor, hasFactor } from './factor.js';
import { inForce } from './mandate.js';
import { actingRole } from './office.js';
import { inOffice, readableSpace, sanctioned, writableSpace } from './reading.js';

export const SESSION_COOKIE = 'passerelle_session';
const CACHE_MS = 30_000;
const FRESH_MINUTES = 10;
const CACHE_MAX = 20_000;

interface ActorRow {
  account_id: string; person_id: string; session_id: string; name: string; role: Actor['role']; language: 'fr' | 'en'; show_presence: boolean; unread_since: string; joined_at: string;
  mandate_id: string | null; function: string; organisation_id: string; organisation: string; organisation_slug: string; country: string; space_ids: string[]; thread_ids: string[]; silent_space_ids: string[]; muted: boolean; factor_due: boolean; shared_device: boolean;
}

/** The hash under which a session token is stored: the token itself is only in the cookie. */
export const hashToken = (token: string) => createHash('sha256').update(token).digest();

/**
 * Session token → actor. Kept in memory for a short time; whoever changes rights or ends a session calls `forget…`,
 * in this process at once and in the others when the event log brings the fact.
 */
@Injectable()
export class SessionStore {
  private readonly cache = new Map<string, { actor: Actor; until: number }>();
  private epoch = 0;

  constructor(private readonly database: Database) {}

  /** The actor of a live session; null when the token is unknown, expired or revoked. */
  async resolve(token: string): Promise<Actor | null> {
    const cached = this.cache.get(token);
    if (cached && cached.until > Date.now()) return cached.actor;
    const hash = hashToken(token);
    for (;;) {
      const epoch = this.epoch;
      const row = await this.database.row<ActorRow>(RESOLVE, [hash]);
      // Rights changed while we read: what we hold may be from before.
      if (epoch !== this.epoch) continue;
      if (!row) return null;
      const actor = toActor(row);
      if (this.cache.size >= CACHE_MAX) this.cache.clear();
      this.cache.set(token, { actor, until: Date.now() + CACHE_MS });
      return actor;
    }
  }

  /** Whether the session has shown who acts within the last ten minutes; read anew each time. */
  async isFresh(sessionId: string): Promise<boolean> {
    return (await this.database.row(`SELECT 1 FROM session WHERE id = $1 AND authenticated_at > now() - interval '${FRESH_MINUTES} minutes'`, [sessionId])) !== undefined;
  }

  forgetSession(sessionId: string): void {
    this.forget((actor) => actor.sessionId === sessionId);
  }

  forgetAccount(accountId: string): void {
    this.forget((actor) => actor.accountId === accountId);
  }

  /** Something that holds for everybody has changed, e.g. a space was archived. */
  forgetAll(): void {
    this.forget(() => true);
  }

  private forget(matches: (actor: Actor) => boolean): void {
    this.epoch++;
    for (const [key, { actor }] of this.cache) if (matches(actor)) this.cache.delete(key);
  }
}

function toActor(row: ActorRow): Actor {
  return {
    accountId: row.account_id, personId: row.person_id, sessionId: row.session_id, name: row.name, role: row.role,
    language: row.language, showPresence: row.show_presence, unreadSince: row.unread_since, joinedAt: row.joined_at, spaceIds: row.space_ids, threadIds: row.thread_ids, silentSpaceIds: row.silent_space_ids, muted: row.muted, factorDue: row.factor_due, sharedDevice: row.shared_device,
    capacity: row.mandate_id
      ? { mandateId: row.mandate_id, function: row.function, organisationId: row.organisation_id, organisation: row.organisation, organisationSlug: row.organisation_slug, country: row.country }
      : null,
  };
}

// The rights of a person are those of a mandate in force: with its end they are closed, those of a role included.
const RESOLVE = `
  UPDATE session s SET last_seen_at = now() FROM account a JOIN person p ON p.id = a.person_id
    LEFT JOIN LATERAL (
      SELECT m.id AS mandate_id, m.function, o.id AS organisation_id, o.name AS organisation, o.slug AS organisation_slug, o.country
      FROM mandate m JOIN organisation o ON o.id = m.organisation_id
      WHERE m.person_id = p.id AND ${inForce('m')} AND NOT ${sanctioned('p.id', 'suspend')}
      ORDER BY m.valid_from DESC NULLS LAST, m.id LIMIT 1) c ON true
  WHERE s.token_hash = $1 AND s.expires_at > now() AND a.id = s.account_id AND a.disabled_at IS NULL
  RETURNING a.id AS account_id, p.id AS person_id, s.id AS session_id, s.shared_device, p.name, ${actingRole('a')} AS role, a.interface_language AS language, a.show_presence, a.unread_since, a.created_at AS joined_at,
    c.mandate_id, c.function, c.organisation_id, c.organisation, c.organisation_slug, c.country,
    ARRAY(SELECT sp.id FROM space sp WHERE ${readableSpace('sp', 'a')}) AS space_ids,
    ARRAY(SELECT g.thread_id FROM thread_guest g WHERE g.person_id = p.id AND ${inOffice('p.id')}) AS thread_ids,
    (${sanctioned('p.id', 'mute')} OR ${sanctioned('p.id', 'suspend')}) AS muted, (${demandsFactor('a.role')} AND NOT ${hasFactor('a.id')}) AS factor_due,
    ARRAY(SELECT sp.id FROM space sp WHERE NOT ${writableSpace('sp.id', 'p.id')}) AS silent_space_ids`;
