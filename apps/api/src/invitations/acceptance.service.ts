import { Injectable } from '@nestjs/common';
import { type AcceptInvitationBody, CONSENT_VERSION, type InvitationKey, type OpenedInvitation } from '@passerelle/contract';
import { v7 as uuid } from 'uuid';
import { assertHardToGuess, hashPassword, LoginLimits, verifyPassword } from '../accounts/index.js';
import { recordAudit } from '../audit/index.js';
import { tellOfNewcomer } from '../moderation/index.js';
import { Database, DomainError, hashToken, type Sql } from '../platform/index.js';
import { type Write, WriteTransaction } from '../realtime/index.js';
import { doorStands } from './invitation-rules.js';
import { OPENED, STATE } from './invitation.sql.js';

interface Opened extends Record<string, unknown> {
  id: string; email: string; language: 'fr' | 'en'; role: 'member' | 'guest' | 'administrator'; function: string; organisation_id: string; organisation: string; inviter_function: string; inviter_organisation: string; inviter_person_id: string | null;
  space_id: string | null; space_slug: string | null; name_fr: string | null; name_en: string | null; thread_id: string | null; thread: string | null; thread_space: string | null; thread_space_slug: string | null; just_redeemed: boolean | null; note: string; mandate_until: string | null; expires_at: string; state: string; redeemed_by: string | null;
}

/** What becomes of an invitation in the hands of the invitee. Unknown, used, revoked and expired are answered alike. */
@Injectable()
export class AcceptanceService {
  constructor(
    private readonly database: Database,
    private readonly write: WriteTransaction,
    private readonly limits: LoginLimits,
  ) {}

  /** @throws DomainError `link-invalid`, `rate-limited` */
  async open(key: InvitationKey, address: string): Promise<OpenedInvitation> {
    const row = await find(this.database, await this.identify(key, address));
    return {
      language: row.language, role: row.role, function: row.function, organisation: row.organisation, invitedBy: { function: row.inviter_function, organisation: row.inviter_organisation },
      space: row.name_fr !== null && row.name_en !== null ? { fr: row.name_fr, en: row.name_en } : null, thread: row.thread, note: row.note, expiresAt: row.expires_at,
    };
  }

  /**
   * Makes the account with its mandate, its places and its consents, once: who comes again with the same password, as after an answer that was
   * lost, is let in within the hour; anybody else is told that the link is used. @throws DomainError `link-invalid`, `rate-limited`
   */
  async accept(body: AcceptInvitationBody, address: string): Promise<{ accountId: string; landing: string }> {
    const token = await this.identify(body, address);
    const again = await this.acceptedBefore(token, body.password);
    if (again) return again;
    const invited = await find(this.database, token);
    assertHardToGuess(body.password, [body.name, invited.email.split('@')[0] ?? '', invited.organisation]);
    const password = await hashPassword(body.password);
    const accepted = await this.write.run(null, async (write) => {
      const { tx } = write;
      await tx.row('SELECT 1 FROM invitation WHERE token_hash = $1 FOR UPDATE', [token]);
      if ((await tx.row<Opened>(OPENED, [token]))?.just_redeemed) return null;
      return makeAccount(write, await find(tx, token), body, password);
    });
    const done = accepted ?? (await this.acceptedBefore(token, body.password));
    if (!done) throw new DomainError('link-invalid', 'unauthenticated');
    return done;
  }

  private async acceptedBefore(token: Buffer, password: string): Promise<{ accountId: string; landing: string } | null> {
    const row = await this.database.row<Opened>(OPENED, [token]);
    if (!row?.just_redeemed || !row.redeemed_by) return null;
    const account = await this.database.row<{ password_hash: string }>('SELECT password_hash FROM account WHERE id = $1 AND disabled_at IS NULL AND NOT EXISTS (SELECT 1 FROM totp f WHERE f.account_id = account.id)', [row.redeemed_by]);
    if (!(await verifyPassword(account?.password_hash ?? null, password))) return null;
    return { accountId: row.redeemed_by, landing: landingOf(row) };
  }

  /** @returns the hash by which the invitation is found. A wrong code is counted, so that ten of them end it. */
  private async identify({ token, email, code }: InvitationKey, address: string): Promise<Buffer> {
    await this.limits.assertMayTry(token ?? email ?? '', address);
    if (token !== undefined) return hashToken(token);
    const row = await this.database.row<{ id: string; token_hash: Buffer; code_hash: string }>(
      `UPDATE invitation i SET code_tries = code_tries + 1 WHERE email = $1 AND ${STATE} = 'pending' AND code_expires_at > now() AND code_tries < ${CODE_TRIES} RETURNING id, token_hash, code_hash`, [email]);
    if (!(await verifyPassword(row?.code_hash ?? null, code ?? '')) || !row) throw new DomainError('link-invalid', 'unauthenticated');
    await this.database.run('UPDATE invitation SET code_tries = 0 WHERE id = $1 AND code_hash = $2', [row.id, row.code_hash]);
    return row.token_hash;
  }
}

const CODE_TRIES = 10;

/** An invitation that may be taken up, with the places whose doors still stand; a guest needs one. */
async function find(sql: Sql, token: Buffer): Promise<Opened> {
  const row = await sql.row<Opened>(OPENED, [token]);
  if (row?.state !== 'pending') throw new DomainError('link-invalid', 'unauthenticated');
  const stands = async (slug: string | null) => slug !== null && (await doorStands(sql, row.inviter_person_id, slug));
  const space = (await stands(row.space_slug)) ? {} : { space_id: null, name_fr: null, name_en: null };
  const thread = (await stands(row.thread_space_slug)) ? {} : { thread_id: null, thread: null };
  const open = { ...row, ...space, ...thread };
  if (open.role === 'guest' && !open.space_id && !open.thread_id) throw new DomainError('link-invalid', 'unauthenticated');
  return open;
}

const landingOf = ({ thread_id }: Opened) => (thread_id ? `/fils/${thread_id}` : '/');

async function makeAccount(write: Write, row: Opened, body: AcceptInvitationBody, password: string): Promise<{ accountId: string; landing: string }> {
  const { tx } = write;
  const [person, account] = [uuid(), uuid()];
  await tx.run('INSERT INTO person (id, name) VALUES ($1, $2)', [person, body.name]);
  const added = await tx.run('INSERT INTO account (id, person_id, email, password_hash, role, interface_language, languages) VALUES ($1, $2, $3, $4, $5, $6, ARRAY[$6]) ON CONFLICT DO NOTHING', [account, person, row.email, password, row.role, body.language]);
  if (added === 0) throw new DomainError('link-invalid', 'unauthenticated');
  await tx.run('INSERT INTO mandate (id, person_id, organisation_id, function, valid_from, valid_to) VALUES ($1, $2, $3, $4, current_date, $5)', [uuid(), person, row.organisation_id, row.function, row.mandate_until]);
  for (const [purpose, given] of [['data', true], ['mail', body.consentToMail]] as const) await tx.run('INSERT INTO consent (account_id, purpose, given, text_version) VALUES ($1, $2, $3, $4)', [account, purpose, given, CONSENT_VERSION]);
  await admitTo(write, row, person);
  await tx.run('UPDATE invitation SET redeemed_at = now(), redeemed_by = $2 WHERE id = $1', [row.id, account]);
  await tellOfNewcomer(write, account);
  // An office is held anew: whoever may be mentioned is another list now.
  write.record({ type: 'access.changed', audience: 'account', account });
  await recordAudit(tx, null, { act: 'invitation.redeemed', subjectKind: 'account', subjectId: account, detail: { invitation: row.id } });
  return { accountId: account, landing: landingOf(row) };
}

/** Into the space; a guest who was invited to a thread only, into that thread alone. */
async function admitTo({ tx, record }: Write, row: Opened, person: string): Promise<void> {
  if (row.space_id) {
    await tx.run(`INSERT INTO space_member (space_id, person_id, role) VALUES ($1, $2, 'member')`, [row.space_id, person]);
    record({ type: 'space.joined', audience: 'space', space: row.space_id, subject: row.space_id });
  } else if (row.role === 'guest' && row.thread_id) {
    await tx.run('INSERT INTO thread_guest (id, thread_id, person_id, admitted_by) VALUES ($1, $2, $3, $4)', [uuid(), row.thread_id, person, row.inviter_person_id]);
    record({ type: 'thread.edited', audience: 'thread', space: row.thread_space, thread: row.thread_id });
  }
}
