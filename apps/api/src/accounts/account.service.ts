import { Inject, Injectable } from '@nestjs/common';
import type { AccountView, DemoAccountView, MandateView, MeView, ProfileBody, VoiceView, WelcomeView } from '@passerelle/contract';
import { MentionIndex } from '../organisations/index.js';
import { actingRole, type Actor, canModerate, canWrite, Database, DELEGATIONS, DomainError, ENV, type Env, hasFactor, holds, SessionStore, STYLED } from '../platform/index.js';
import { VERSION } from '../platform/version.js';
import { WriteTransaction } from '../realtime/index.js';

/** Password of every demonstration account (contract.md). */
export const DEMO_PASSWORD = 'demo-passerelle';

interface MandateRow {
  id: string; function: string; organisation_id: string; slug: string; name: string; country: string; valid_from: string | null; valid_to: string | null; themes: string[];
}

/** Own account and profile. */
@Injectable()
export class AccountService {
  constructor(
    private readonly database: Database,
    private readonly write: WriteTransaction,
    private readonly sessions: SessionStore,
    private readonly mentions: MentionIndex,
    @Inject(ENV) private readonly env: Env,
  ) {}

  async me(actor: Actor): Promise<MeView> {
    const [account, mandates, demand, voices] = await Promise.all([this.account(actor.accountId), this.mandates(actor.personId), this.factorDemand(actor.accountId), this.voices(actor)]);
    const permissions: MeView['permissions'] = [];
    if (canWrite(actor)) permissions.push('write');
    if (canModerate(actor)) permissions.push('moderate');
    if (actor.role === 'administrator') permissions.push('administer');
    return { account, mandates, voices, permissions, factorDemand: demand ?? null, demo: this.env.demo, version: VERSION };
  }

  async account(id: string): Promise<AccountView> {
    const account = await this.database.row<AccountView & Record<string, unknown>>(
      `SELECT a.id, p.name, ${actingRole('a')} AS role, a.interface_language AS "interfaceLanguage", a.languages, a.time_zone AS "timeZone", a.show_presence AS "showPresence", a.email, a.previous_visit_at AS "lastVisitAt"
       FROM account a JOIN person p ON p.id = a.person_id WHERE a.id = $1`, [id]);
    if (!account) throw new DomainError('unauthenticated', 'unauthenticated');
    return account;
  }

  /** Changes the own profile. A new title of office holds from now on: past messages keep theirs. */
  async edit(actor: Actor, body: ProfileBody): Promise<MeView> {
    await this.write.run(actor, async ({ tx, record }) => {
      await tx.run(
        `UPDATE account SET interface_language = coalesce($2, interface_language), languages = coalesce($3, languages), time_zone = coalesce($4, time_zone), show_presence = coalesce($5, show_presence) WHERE id = $1`,
        [actor.accountId, body.interfaceLanguage ?? null, body.languages ?? null, body.timeZone ?? null, body.showPresence ?? null]);
      if (body.name !== undefined) await tx.run('UPDATE person SET name = $2 WHERE id = $1', [actor.personId, body.name]);
      if (body.function !== undefined && actor.capacity) {
        const held = await tx.row<{ held: boolean }>('SELECT function_before IS NOT NULL AND function <> $2 AS held FROM mandate WHERE id = $1 FOR UPDATE', [actor.capacity.mandateId, body.function]);
        // Corrected by a decision that stands: it comes back by its case alone.
        if (held?.held) throw new DomainError('held-by-decision', 'conflict');
        await tx.run('UPDATE mandate SET function = $2, version = version + 1 WHERE id = $1', [actor.capacity.mandateId, body.function]);
      }
      record({ type: 'profile.edited', audience: 'account', account: actor.accountId });
    });
    this.sessions.forgetAccount(actor.accountId);
    this.mentions.forget();
    return this.me(actor);
  }

  /** What the sign-in page shows; in demonstration mode each account, by one click. */
  async welcome(): Promise<WelcomeView> {
    const sso = this.env.oidc?.label ?? null;
    if (!this.env.demo) return { demo: false, password: null, accounts: [], sso };
    const accounts = await this.database.rows<DemoAccountView & Record<string, unknown>>(
      `SELECT DISTINCT ON (a.demonstration_order) a.email, m.function, o.name AS organisation, CASE WHEN o.kind = 'city' THEN o.country END AS country, a.role
       FROM account a JOIN mandate m ON m.person_id = a.person_id JOIN organisation o ON o.id = m.organisation_id
       WHERE a.demonstration_order IS NOT NULL ORDER BY a.demonstration_order`);
    return { demo: true, password: DEMO_PASSWORD, accounts, sso };
  }

  /** From when on the role demands a second factor, as long as there is none. */
  private factorDemand(accountId: string): Promise<{ from: string; due: boolean } | undefined> {
    return this.database.row<{ from: string; due: boolean }>(
      `SELECT d.demanded_from AS "from", d.demanded_from <= current_date AS due FROM account a JOIN factor_demand d ON d.role = a.role WHERE a.id = $1 AND d.demanded_from IS NOT NULL AND NOT ${hasFactor('a.id')}`, [accountId]);
  }

  private async mandates(personId: string): Promise<MandateView[]> {
    const rows = await this.database.rows<MandateRow & Record<string, unknown>>(
      `SELECT m.id, m.function, o.id AS organisation_id, o.slug, o.name, o.country, m.valid_from, m.valid_to, m.themes FROM mandate m JOIN organisation o ON o.id = m.organisation_id
       WHERE m.person_id = $1 ORDER BY m.valid_from DESC NULLS LAST, m.id`, [personId]);
    return rows.map((row) => ({ id: row.id, function: row.function, organisation: { id: row.organisation_id, slug: row.slug, name: row.name, country: row.country }, from: row.valid_from, to: row.valid_to, themes: row.themes }));
  }

  /** In whose name somebody may speak, by the mandate in which they write. */
  private voices(actor: Actor): Promise<VoiceView[]> {
    if (!canWrite(actor)) return Promise.resolve([]);
    return this.database.rows<VoiceView & Record<string, unknown>>(VOICES, [actor.capacity.mandateId]);
  }
}

// What covers less than the giver's own mandate is told; the rule itself reads both.
const VOICES = `
  SELECT dlg.id, CASE dlg.scope WHEN 'stand-in' THEN 'secretariat' ELSE 'delegation' END AS by, ${STYLED} AS of, CASE WHEN dlg.themes = '{}' THEN giver.themes ELSE dlg.themes END AS themes
  FROM ${DELEGATIONS} JOIN organisation seat ON seat.id = giver.organisation_id WHERE dlg.to_mandate_id = $1 AND dlg.scope IN ('act', 'stand-in') AND ${holds('dlg', 'giver', 'taker')} ORDER BY dlg.given_at, dlg.id`;
