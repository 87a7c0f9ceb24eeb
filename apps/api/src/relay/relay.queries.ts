import { Injectable } from '@nestjs/common';
import type { AddresseeQuery, AddresseeView, LettersPage, LettersQuery, LetterView, RelaySide, RelaysPage, RelaysQuery, RelayView } from '@passerelle/contract';
import { excerpt } from '@passerelle/text';
import { z } from 'zod';
import { type Actor, Database, CursorInstant, decodeCursor, encodeCursor, hasMailbox, inForce, isGuest, NotFound } from '../platform/index.js';
import { readable, readerOf } from '../practices/index.js';
import { findAddressee, loadRelay } from './relay-store.js';
import { assertMember, officesOf, sideOf } from './relay.visibility.js';

const EXCERPT = 160;
const After = z.tuple([CursorInstant, z.uuid()]);

interface Row extends Record<string, unknown> {
  id: string; side: RelaySide; practice: RelayView['practice']; city: RelayView['city']; asker: RelayView['asker']; letter_count: number; created_at: string; last_at: string; last_side: RelaySide; last_body: string; last_author: RelayView['asker'];
  unread: number;
}
type LetterRow = Omit<LetterView, 'author' | 'createdAt'> & Record<string, unknown> & { author: LetterView['author']; created_at: string };

/** Reads of letters; each page is a fixed number of statements. */
@Injectable()
export class RelayQueries {
  constructor(private readonly database: Database) {}

  /** Conversations of the actor, those that moved last first. */
  async list(actor: Actor, query: RelaysQuery): Promise<RelaysPage> {
    assertMember(actor);
    const [at, id] = query.cursor ? decodeCursor(query.cursor, After) : [null, null];
    const [found, unread] = await Promise.all([
      this.database.rows<Row>(LIST, [...this.reader(actor), query.unread === 'true', at, id, query.limit + 1]), this.unread(actor)]);
    const page = found.slice(0, query.limit);
    const last = page.at(-1);
    return { items: page.map(presentRelay), nextCursor: found.length > query.limit && last ? encodeCursor([last.last_at, last.id]) : null, unread };
  }

  /** Conversations with letters that the actor's side has not read. */
  async unread(actor: Actor): Promise<number> {
    if (isGuest(actor)) return 0;
    return (await this.database.row<{ count: number }>(UNREAD, [actor.accountId, actor.personId]))?.count ?? 0;
  }

  async get(actor: Actor, id: string): Promise<RelayView> {
    assertMember(actor);
    const row = await this.database.row<Row>(ONE, [...this.reader(actor), id]);
    if (!row) throw new NotFound();
    return presentRelay(row);
  }

  async letters(actor: Actor, id: string, { before, limit }: LettersQuery): Promise<LettersPage> {
    await loadRelay(this.database, actor, id);
    const found = await this.database.rows<LetterRow>(`${LETTERS} AND ($3::integer IS NULL OR m.position < $3) ORDER BY m.position DESC LIMIT $4`, [id, actor.personId, before ?? null, limit + 1]);
    const page = found.slice(0, limit).reverse();
    return { items: page.map(presentLetter), before: found.length > limit ? (page[0]?.position ?? null) : null };
  }

  /** One letter of a conversation of the actor. */
  async letter(actor: Actor, relay: string, id: string): Promise<LetterView> {
    await loadRelay(this.database, actor, relay);
    const row = await this.database.row<LetterRow>(`${LETTERS} AND m.id = $3`, [relay, actor.personId, id]);
    if (!row) throw new NotFound();
    return presentLetter(row);
  }

  async addressee(actor: Actor, query: AddresseeQuery): Promise<AddresseeView> {
    assertMember(actor);
    const found = await findAddressee(this.database, actor, query);
    if (!found) throw new NotFound();
    const { organisationId, practice, ...city } = found;
    const [readers, box] = await Promise.all([this.database.rows<{ function: string }>(FUNCTIONS, [organisationId]), this.database.row<{ has: boolean }>(`SELECT ${hasMailbox('$1')} AS has`, [organisationId])]);
    return {
      city, practice: practice && { ref: practice.ref, title: practice.title }, contact: practice?.contact ?? null, readers: readers.map((row) => row.function), mailbox: box?.has ?? false,
      own: actor.capacity?.organisationId === organisationId,
    };
  }

  private reader(actor: Actor): unknown[] {
    return [actor.accountId, actor.personId, ...readerOf(actor)];
  }
}

const presentRelay = (row: Row): RelayView => ({
  id: row.id, practice: row.practice, city: row.city, asker: row.asker, side: row.side, letterCount: row.letter_count, createdAt: row.created_at,
  last: { side: row.last_side, excerpt: excerpt(row.last_body, EXCERPT), author: row.last_author, at: row.last_at }, unread: row.unread,
});
const presentLetter = ({ created_at, ...row }: LetterRow): LetterView => ({
  id: row.id, relay: row.relay, position: row.position, side: row.side, body: row.body, author: row.author, createdAt: created_at, mine: row.mine,
});

const author = (name: string, office: string, o: string) => `jsonb_build_object('name', ${name}, 'function', ${office}, 'organisation', ${o}.name, 'organisationSlug', ${o}.slug, 'country', ${o}.country)`;
const readTo = `CASE r.side WHEN 'asker' THEN r.asker_read ELSE r.city_read END`;
const UNREAD_LETTERS = `FROM relay_message u WHERE u.relay_id = r.id AND u.side <> r.side AND u.position > ${readTo}`;

// $1 account, $2 person. What may be the actor's is found by index; the rule then says, once for each, whether it is.
const MINE = `
  WITH mine AS MATERIALIZED (
    SELECT x.*, ${sideOf('x', 'a')} AS side FROM account a,
      (SELECT * FROM relay WHERE asker_person_id = $2 UNION ALL SELECT c.* FROM relay c WHERE c.asker_person_id <> $2 AND c.organisation_id IN (${officesOf('$2')})) x
    WHERE a.id = $1)`;
const IS_UNREAD = `EXISTS (SELECT 1 ${UNREAD_LETTERS})`;
// $3 to $5 what readerOf() gives: the way to the practice is shown while it leads somewhere.
const shown = (rows: string) => `${MINE}
  SELECT r.id, r.side, r.last_position AS letter_count, r.created_at, r.last_at, l.side AS last_side, l.body AS last_body, ${author('l.author_name', 'l.author_function', 'lo')} AS last_author,
    (SELECT count(*) ${UNREAD_LETTERS}) AS unread, jsonb_build_object('name', o.name, 'slug', o.slug, 'country', o.country) AS city, ${author('r.asker_name', 'r.asker_function', 'ao')} AS asker,
    CASE WHEN r.practice_title IS NOT NULL THEN jsonb_build_object('ref', CASE WHEN (${readable('p', '$3', '$4', '$5')}) THEN p.ref END, 'title', r.practice_title) END AS practice
  FROM (SELECT * FROM mine r WHERE r.side IS NOT NULL AND ${rows}) r JOIN organisation o ON o.id = r.organisation_id JOIN organisation ao ON ao.id = r.asker_organisation_id LEFT JOIN practice p ON p.id = r.practice_id
  JOIN relay_message l ON l.relay_id = r.id AND l.position = r.last_position JOIN organisation lo ON lo.id = l.author_organisation_id ORDER BY r.last_at DESC, r.id DESC`;
const LIST = shown(`(NOT $6::boolean OR ${IS_UNREAD}) AND ($7::timestamptz IS NULL OR (r.last_at, r.id) < ($7, $8::uuid)) ORDER BY r.last_at DESC, r.id DESC LIMIT $9`);
const ONE = shown('r.id = $6');
const UNREAD = `${MINE} SELECT count(*) AS count FROM mine r WHERE r.side IS NOT NULL AND ${IS_UNREAD}`;

// $1 relay, $2 person.
const LETTERS = `
  SELECT m.id, m.relay_id AS relay, m.position, m.side, m.body, m.created_at, m.author_person_id = $2 AS mine, ${author('m.author_name', 'm.author_function', 'o')} AS author
  FROM relay_message m JOIN organisation o ON o.id = m.author_organisation_id WHERE m.relay_id = $1`;

const FUNCTIONS = `
  SELECT m.function FROM mandate m JOIN account a ON a.person_id = m.person_id
  WHERE m.organisation_id = $1 AND ${inForce('m')} AND a.disabled_at IS NULL AND a.role <> 'guest' GROUP BY m.function ORDER BY min(m.valid_from) NULLS LAST, m.function`;
