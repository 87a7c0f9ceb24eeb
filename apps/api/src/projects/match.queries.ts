import { Injectable } from '@nestjs/common';
import {
  type IntroductionMessagesPage, type IntroductionMessageView, type IntroductionsPage, type IntroductionsQuery, type IntroductionView, NEED_DAYS, NEED_LIFE, type NeedRow, type NeedsPage, type NeedsQuery, type NeedState, type NeedView, OFFER_LIFE, type OfferRow,
  type OffersPage, type OffersQuery, type OfferView, type PageQuery, stepsFrom,
} from '@passerelle/contract';
import { z } from 'zod';
import { type Actor, Database, CursorInstant, decodeCursor, encodeCursor, NotFound } from '../platform/index.js';
import { introductionsOf, listIntroductions, loadIntroduction, type StoredIntroduction } from './introduction-store.js';
import { canComeForward, canCorrespond, canEditNeed, canEditOffer, canPropose, introductionActions, matchRoles, mayReadRefusal, shownState, sideOf } from './match.policy.js';
import { NEED_FACETS, NEED_LIST, NEED_ROW, OFFER_FACETS, OFFER_LIST, OFFER_ROW } from './match.sql.js';
import { loadNeed, loadOffer } from './need-store.js';
import { needReader } from './need.visibility.js';
import { presentSigner, type SignedColumns } from './project.presenter.js';
import { MESSAGES } from './project.sql.js';
import { assertMember } from './project.visibility.js';

const After = z.tuple([z.number(), z.uuid()]);
const AfterMessage = z.tuple([CursorInstant, z.uuid()]);
/** So many stand with an introduction; the earlier ones are asked for. */
const MESSAGES_SHOWN = 20;

interface MatchColumns extends Record<string, unknown> {
  id: string; title: string; concept_id: string | null; theme_id: string | null; themes: string[]; concepts: string[]; forms: NeedRow['wanted']; state: NeedState & OfferRow['state']; urgency: NeedRow['urgency']; city: NeedRow['city'];
  project: NeedRow['project']; published_at: string | null; updated_at: string; k: number;
}
type Message = SignedColumns & { id: string; introduction_id: string; body: string; html: string; at: string };
type Facet = { facet: string; value: string; label: string; count: number };

/** Reads of needs, offers and introductions; each page is a fixed number of statements. */
@Injectable()
export class MatchQueries {
  constructor(private readonly database: Database) {}

  /** Without a wished state, those that look for help. */
  async needs(actor: Actor, query: NeedsQuery): Promise<NeedsPage> {
    const { rows, ...page } = await this.page(actor, query, query.state ?? ['published', 'in-contact'], query.project ?? null, NEED_LIST, NEED_FACETS);
    return { items: rows.map(presentNeed), ...page };
  }

  /** Without a wished state, active ones. */
  async offers(actor: Actor, query: OffersQuery): Promise<OffersPage> {
    const { rows, ...page } = await this.page(actor, query, query.state ?? ['active'], null, OFFER_LIST, OFFER_FACETS);
    return { items: rows.map(presentOffer), ...page };
  }

  async need(actor: Actor, id: string): Promise<NeedView> {
    const need = await loadNeed(this.database, actor, id);
    const [row, introductions] = await Promise.all([this.database.row<MatchColumns>(NEED_ROW, [...needReader(actor), id]), introductionsOf(this.database, actor, id)]);
    if (!row) throw new NotFound();
    return {
      ...presentNeed(row), content: need.content, version: need.version, onBehalf: need.onBehalf, introductions: await this.present(actor, introductions),
      abilities: { edit: canEditNeed(actor, need), propose: canPropose(actor, need), comeForward: canComeForward(actor, need), actions: stepsFrom(NEED_LIFE, need.state, matchRoles(actor, need)) },
    };
  }

  async offer(actor: Actor, id: string): Promise<OfferView> {
    const offer = await loadOffer(this.database, actor, id);
    const row = await this.database.row<MatchColumns>(OFFER_ROW, [...needReader(actor), id]);
    if (!row) throw new NotFound();
    return { ...presentOffer(row), content: offer.content, version: offer.version, onBehalf: offer.onBehalf, abilities: { edit: canEditOffer(actor, offer), actions: stepsFrom(OFFER_LIFE, offer.state, matchRoles(actor, offer)) } };
  }

  /** Those of the actor's city, newest first; all of them for moderation. */
  async introductions(actor: Actor, query: IntroductionsQuery): Promise<IntroductionsPage> {
    assertMember(actor);
    const found = await listIntroductions(this.database, actor, query.open ? query.open === 'true' : null, query.cursor ? decodeCursor(query.cursor, After) : null, query.limit + 1);
    const page = found.slice(0, query.limit);
    const last = page.at(-1);
    return { items: await this.present(actor, page), nextCursor: found.length > query.limit && last ? encodeCursor([last.k, last.id]) : null };
  }

  async introduction(actor: Actor, id: string): Promise<IntroductionView> {
    const [view] = await this.present(actor, [await loadIntroduction(this.database, actor, id)]);
    if (!view) throw new NotFound();
    return view;
  }

  /** What the two sides wrote before the place of the cursor. @throws NotFound for moderation, which brings together and does not read along. */
  async messages(actor: Actor, id: string, { cursor, limit }: PageQuery): Promise<IntroductionMessagesPage> {
    const introduction = await loadIntroduction(this.database, actor, id);
    if (sideOf(actor, introduction) === 'moderator') throw new NotFound();
    const found = await this.database.rows<Message & Record<string, unknown>>(MESSAGES, [[id], ...(cursor ? decodeCursor(cursor, AfterMessage) : [null, null]), limit]);
    const { messages, earlier } = shownMessages(actor, found, limit);
    return { items: messages, nextCursor: earlier };
  }

  private async page(actor: Actor, query: OffersQuery, states: string[], project: string | null, list: string, facets: string) {
    assertMember(actor);
    const lists = [query.theme, query.concept, query.country, query.form, states].map((values) => (values && values.length > 0 ? values : null));
    const filters = [...lists, query.organisation ?? null, ...needReader(actor), project];
    const after = query.cursor ? decodeCursor(query.cursor, After) : null;
    const [found, counts] = await Promise.all([this.database.rows<MatchColumns>(list, [...filters, ...(after ?? [null, null]), query.limit + 1]), this.database.rows<Facet>(facets, filters)]);
    const rows = found.slice(0, query.limit);
    const last = rows.at(-1);
    const facet = (name: string) => counts.filter((row) => row.facet === name).map(({ value, label, count }) => ({ value, label, count }));
    return {
      rows, nextCursor: found.length > query.limit && last ? encodeCursor([last.k, last.id]) : null, total: counts.find((row) => row.facet === 'total')?.count ?? 0,
      facets: { theme: facet('theme'), country: facet('country'), form: facet('form'), state: facet('state') },
    };
  }

  /** Messages are for the two sides: moderation brings together and does not read along. */
  private async present(actor: Actor, introductions: StoredIntroduction[]): Promise<IntroductionView[]> {
    const own = introductions.filter((introduction) => sideOf(actor, introduction) !== 'moderator').map((introduction) => introduction.id);
    const messages = await this.database.rows<Message & Record<string, unknown>>(MESSAGES, [own, null, null, MESSAGES_SHOWN]);
    return introductions.map((introduction) => ({
      id: introduction.id, version: introduction.version, state: shownState(actor, introduction), side: sideOf(actor, introduction), ...introduction.shown,
      declined: introduction.declinedBy && mayReadRefusal(actor, introduction) ? { by: introduction.declinedBy, reason: introduction.declinedReason } : null,
      ...shownMessages(actor, messages.filter((message) => message.introduction_id === introduction.id), MESSAGES_SHOWN),
      canWrite: canCorrespond(actor, introduction), actions: introductionActions(actor, introduction),
    }));
  }
}

/** @param found the newest in order, with one more than `limit` when there are earlier ones. */
function shownMessages(actor: Actor, found: Message[], limit: number): { messages: IntroductionMessageView[]; earlier: string | null } {
  const shown = found.slice(-limit);
  const [first] = shown;
  return {
    messages: shown.map((message) => ({ id: message.id, body: message.body, html: message.html, by: presentSigner(message), at: message.at, mine: message.author_person_id === actor.personId })),
    earlier: found.length > limit && first ? encodeCursor([first.at, first.id]) : null,
  };
}

const presentNeed = (row: MatchColumns): NeedRow => ({
  id: row.id, title: row.title, concept: row.concept_id, theme: row.theme_id, state: row.state, urgency: row.urgency, wanted: row.forms, city: row.city, project: row.project, publishedAt: row.published_at,
  expiresAt: row.published_at && row.state === 'published' ? new Date(Date.parse(row.published_at) + NEED_DAYS * 86_400_000).toISOString() : null, updatedAt: row.updated_at,
});
const presentOffer = (row: MatchColumns): OfferRow => ({ id: row.id, title: row.title, concepts: row.concepts, themes: row.themes, state: row.state, forms: row.forms, city: row.city, updatedAt: row.updated_at });
