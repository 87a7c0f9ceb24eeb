import { Inject, Injectable } from '@nestjs/common';
import {
  type CreateIntroductionBody, INTRODUCTION_LIFE, type IntroductionActionBody, type IntroductionMessageBody, type IntroductionSide, nextIntroduction, nextNeedState,
} from '@passerelle/contract';
import { renderPostHtml, requestHash } from '../forum/index.js';
import { MentionIndex } from '../organisations/index.js';
import { type Actor, canModerate, type Capacity, cityNotice, Database, DomainError, ENV, type Env, Forbidden, InvalidInput, mailCity, type Sql, staffAccounts, StaleVersion } from '../platform/index.js';
import { type Write, WriteTransaction } from '../realtime/index.js';
import { accountsOf, assertWriter, isRepeat, signatureOf } from './capacity.js';
import { assertSameRequest } from './gaps.js';
import { loadIntroduction, type StoredIntroduction } from './introduction-store.js';
import { canCorrespond, introductionActions, introductionRoles, isLooking, shownState, sideOf } from './match.policy.js';
import { loadNeed, recordNeedFact, type StoredNeed } from './need-store.js';
import { setNeedState } from './need.service.js';
import { SuggestionQueries } from './suggestion.queries.js';

const REASON_MIN = 10;
const refused = (state: string, action: string) => new DomainError('not-possible-now', 'conflict', { state, action });

/** Two cities are brought together: always by a person, always with the yes of both. */
@Injectable()
export class IntroductionService {
  constructor(
    private readonly write: WriteTransaction,
    private readonly database: Database,
    private readonly suggestions: SuggestionQueries,
    private readonly mentions: MentionIndex,
    @Inject(ENV) private readonly env: Env,
  ) {}

  /** Proposed by moderation to the city in need, by that city to another, or by a city that comes forward. A repeat gives the stored one. */
  async propose(actor: Actor, body: CreateIntroductionBody): Promise<{ created: boolean }> {
    const hash = requestHash(body.need, body.offer ?? null, body.organisation ?? null, body.message);
    const created = await this.write.run(actor, async (write) => {
      const { tx } = write;
      // The lock on the need puts a retry, and everybody else who proposes for it, in a row.
      const need = await loadNeed(tx, actor, body.need, { lock: true });
      assertWriter(actor);
      if (await tx.row('SELECT 1 FROM introduction WHERE id = $1', [body.id])) return false;
      const { helper, offer } = await this.helperOf(tx, actor, need, body);
      const side = proposingSide(actor, need, helper);
      if (!isLooking(need)) throw refused(need.state, 'propose');
      if (await runs(tx, need.id, helper, { toldOnly: side === 'helper' })) throw refused('proposed', 'propose');
      const { score, reasons } = await this.suggestions.reasons(tx, need, helper);
      const [person, , office] = signatureOf(actor);
      await tx.run(
        `INSERT INTO introduction (id, need_id, helper_organisation_id, offer_id, state, helper_willing, helper_knows, message, score, reasons, proposer_person_id, proposer_organisation_id, proposer_function, request_hash, delegation_id)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
        [body.id, need.id, helper, offer, side === 'asker' ? 'accepted-by-a' : 'proposed', side === 'helper', side !== 'moderator', body.message, score, JSON.stringify(reasons), person, actor.capacity.organisationId, office, hash, side === 'moderator' ? null : need.delegation]);
      await this.tell(write, body.id, [need.organisationId, ...(side === 'moderator' ? [] : [helper])]);
      // The side whose answer is awaited; a city that came forward waits itself.
      await this.mail(tx, side === 'asker' ? helper : need.organisationId, need);
      return true;
    });
    if (!created) assertSameRequest(await this.database.row('SELECT request_hash, proposer_person_id AS person FROM introduction WHERE id = $1', [body.id]), actor.personId, hash);
    return { created };
  }

  /** Takes one step of INTRODUCTION_LIFE for the actor's side. Repeating the last one is answered as done. */
  async act(actor: Actor, id: string, body: IntroductionActionBody): Promise<void> {
    const { action } = body;
    await this.write.run(actor, async (write) => {
      const introduction = await loadIntroduction(write.tx, actor, id, { lock: true });
      if (isRepeat(actor, introduction, body)) return;
      assertAllowed(actor, introduction, body);
      if (introduction.version !== body.version) throw new StaleVersion(introduction.version);
      if (action === 'decline' && body.reason.length < REASON_MIN) throw new InvalidInput('reason', 'too_small');
      const side = sideOf(actor, introduction);
      const next = nextIntroduction(introduction, action, side);
      if (action === 'accept-by-asker' || action === 'accept-by-helper') await this.accept(write, actor, introduction, action, next.state === 'accepted');
      await write.tx.run(
        `UPDATE introduction SET state = $2, helper_willing = $3, helper_knows = $4, declined_by = $5, declined_reason = $6, last_action = $7, version = version + 1, updated_at = now() WHERE id = $1`,
        [id, next.state, next.helperWilling, next.helperKnows, next.declinedBy, action === 'decline' ? body.reason : '', JSON.stringify({ action, person: actor.personId, ...(side !== 'moderator' && introduction.delegation && { delegation: introduction.delegation }) })]);
      const { askerId, helperId } = introduction;
      // A refusal is told to nobody of the other side; it reads "no answer" when it looks.
      const told = action !== 'decline' ? [askerId, ...(next.helperKnows ? [helperId] : [])] : side === 'moderator' ? [] : [side === 'asker' ? askerId : helperId];
      if (action === 'accept-by-asker' && next.state === 'accepted-by-a') await this.mail(write.tx, helperId, await loadNeed(write.tx, actor, introduction.needId));
      await this.tell(write, id, told, action === 'decline' ? await staffAccounts(write.tx) : []);
    });
  }

  /** A message of one side to the other, once both have agreed. A repeat is answered as done. */
  async say(actor: Actor, id: string, body: IntroductionMessageBody): Promise<{ created: boolean }> {
    const hash = requestHash(id, body.body);
    const { html } = await renderPostHtml(body.body, actor.language, this.mentions);
    const created = await this.write.run(actor, async (write) => {
      const introduction = await loadIntroduction(write.tx, actor, id, { lock: true });
      assertWriter(actor);
      if (sideOf(actor, introduction) === 'moderator') throw new Forbidden();
      if (!canCorrespond(actor, introduction)) throw refused(shownState(actor, introduction), 'say');
      const [person, name, office] = signatureOf(actor);
      const added = await write.tx.run(
        'INSERT INTO introduction_message (id, introduction_id, body, html, author_person_id, author_organisation_id, author_name, author_function, request_hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING',
        [body.id, id, body.body, html, person, actor.capacity.organisationId, name, office, hash]);
      if (added > 0) await this.tell(write, id, [introduction.askerId, introduction.helperId], [], { message: body.id });
      return added > 0;
    });
    if (!created) assertSameRequest(await this.database.row('SELECT request_hash, author_person_id AS person FROM introduction_message WHERE id = $1', [body.id]), actor.personId, hash);
    return { created };
  }

  /** The need must still look for help; with the second yes it is in contact. */
  private async accept(write: Write, actor: Actor, introduction: StoredIntroduction, action: 'accept-by-asker' | 'accept-by-helper', both: boolean): Promise<void> {
    const need = await loadNeed(write.tx, actor, introduction.needId);
    if (!isLooking(need)) throw refused(need.state, action);
    if (action === 'accept-by-asker' && (await runs(write.tx, need.id, introduction.helperId, { toldOnly: true, except: introduction.id }))) throw refused(introduction.state, action);
    if (!both || need.state !== 'published') return;
    const state = nextNeedState(need.state, 'contact');
    await setNeedState(write.tx, actor, need.id, 'contact', { state, delegation: null });
    await recordNeedFact(write, 'need.moved', { ...need, visibility: need.content.visibility });
  }

  private async helperOf(tx: Sql, actor: Actor & { capacity: Capacity }, need: StoredNeed, body: CreateIntroductionBody): Promise<{ helper: string; offer: string | null }> {
    const offer = body.offer && (await tx.row<{ organisation_id: string }>(`SELECT organisation_id FROM offer WHERE id = $1 AND state = 'active'`, [body.offer]));
    if (body.offer && !offer) throw new InvalidInput('offer', 'not_found');
    const named = body.organisation && (await tx.row<{ id: string }>('SELECT id FROM organisation WHERE slug = $1', [body.organisation]));
    if (body.organisation && !named) throw new InvalidInput('organisation', 'not_found');
    const helper = offer ? offer.organisation_id : named ? named.id : actor.capacity.organisationId;
    if (offer && named && offer.organisation_id !== named.id) throw new InvalidInput('organisation', 'other_offer');
    if (helper === need.organisationId) throw new InvalidInput(body.offer ? 'offer' : 'organisation', 'same_city');
    return { helper, offer: body.offer ?? null };
  }

  /** The mailbox of the city whose answer is awaited. */
  private mail(tx: Sql, organisation: string, need: StoredNeed): Promise<void> {
    return mailCity(tx, organisation, (language) => cityNotice('introduction', language, { about: need.content.title, link: `${this.env.publicUrl}/besoins/${need.id}` }));
  }

  private async tell({ tx, record }: Write, id: string, organisations: string[], more: string[] = [], detail: Record<string, unknown> = {}): Promise<void> {
    const accounts = new Set([...(await accountsOf(tx, organisations)), ...more]);
    for (const account of [...accounts].sort()) record({ type: 'introduction.moved', audience: 'account', account, subject: id, detail });
  }
}

/** For whom the actor proposes. @throws Forbidden for third cities, `mandate-required` for those who only prepare. */
function proposingSide(actor: Actor & { capacity: Capacity }, need: StoredNeed, helper: string): IntroductionSide {
  const { organisationId } = actor.capacity;
  const side = organisationId === need.organisationId ? 'asker' : organisationId === helper ? 'helper' : 'moderator';
  if (side === 'moderator' && !canModerate(actor)) throw new Forbidden();
  if (side !== 'moderator' && need.preparesOnly) throw new DomainError('mandate-required', 'forbidden');
  return side;
}

/** The two cities are already being brought together. @param toldOnly what the helping city knows of. */
async function runs(tx: Sql, needId: string, helper: string, { toldOnly, except = null }: { toldOnly: boolean; except?: string | null }): Promise<boolean> {
  return (await tx.row(
    `SELECT 1 FROM introduction WHERE need_id = $1 AND helper_organisation_id = $2 AND state NOT IN ('concluded', 'declined') AND (helper_knows OR NOT $3::boolean) AND id IS DISTINCT FROM $4::uuid`, [needId, helper, toldOnly, except])) !== undefined;
}

function assertAllowed(actor: Actor, introduction: StoredIntroduction, { action }: IntroductionActionBody): void {
  if (!INTRODUCTION_LIFE[action].from.includes(introduction.state) || shownState(actor, introduction) === 'no-answer') throw refused(shownState(actor, introduction), action);
  if (introductionActions(actor, introduction).includes(action)) return;
  const side = sideOf(actor, introduction);
  throw side !== 'moderator' && introductionRoles(actor, introduction).length === 0 ? new DomainError('mandate-required', 'forbidden') : new Forbidden();
}
