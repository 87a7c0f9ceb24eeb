import { Injectable } from '@nestjs/common';
import type { AccessionDocumentView, AccessionRow, AccessionsPage, AccessionsQuery, AccessionView, SeatsView } from '@passerelle/contract';
import { z } from 'zod';
import { assertReadsAccessions, canReadFile, canReadOpinion } from '../organisations/index.js';
import { type Actor, CursorInstant, Database, decodeCursor, encodeCursor, NotFound, preparesOnly } from '../platform/index.js';
import { type AccessionFacts, canManage, isOfCandidate, isOfCapital, isWaiting, lackingFor, opinionState } from './accession.policy.js';
import { COLUMNS, DECISIONS, DOCUMENTS, FACTS, FROM, SEATS } from './accession.sql.js';

type Row = AccessionRow & Record<string, unknown>;
interface Whole extends AccessionRow, AccessionFacts, Record<string, unknown> {
  seats: AccessionRow['seats']; state: AccessionRow['state']; version: number; capitalSlug: string | null; capitalName: string | null; words: string; by: string; on: string | null; letter: boolean;
}
const After = z.tuple([CursorInstant, z.uuid()]);
const WAITING = `a.state IN ('open','deferred')`;

/** Reads of candidatures. */
@Injectable()
export class AccessionQueries {
  constructor(private readonly database: Database) {}

  /** The latest first. */
  async list(actor: Actor, { state, country, limit, cursor }: AccessionsQuery): Promise<AccessionsPage> {
    assertReadsAccessions(actor);
    const [at, id] = cursor ? decodeCursor(cursor, After) : [null, null];
    const rows = await this.database.rows<Row & { key: string }>(
      `SELECT ${COLUMNS}, to_char(a.opened_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS key ${FROM} WHERE ($1::boolean IS NULL OR ${WAITING} = $1) AND ($2::text IS NULL OR o.country = $2) AND ($3::timestamptz IS NULL OR (a.opened_at, a.id) < ($3, $4::uuid)) ORDER BY a.opened_at DESC, a.id DESC LIMIT $5`,
      [state ? state === 'waiting' : null, country ?? null, at, id, limit + 1]);
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return { items: page.map(({ key: _, version: __, ...row }) => row), nextCursor: rows.length > limit && last ? encodeCursor([last.key, last.id]) : null };
  }

  /** The counter of each State with a member or a candidate. */
  async seats(actor: Actor): Promise<{ items: SeatsView[] }> {
    assertReadsAccessions(actor);
    return { items: await this.database.rows<SeatsView & Record<string, unknown>>(SEATS) };
  }

  /** What this reader may see of it. @throws NotFound */
  async get(actor: Actor, id: string): Promise<AccessionView> {
    assertReadsAccessions(actor);
    const row = await this.database.row<Whole>(`SELECT ${COLUMNS}, ${FACTS} ${FROM} WHERE a.id = $1`, [id]);
    if (!row) throw new NotFound();
    const [documents, decisions, signs] = await Promise.all([
      canReadFile(actor, row) ? this.database.rows<AccessionDocumentView & Record<string, unknown>>(DOCUMENTS, [id]) : null,
      this.database.rows<AccessionView['decisions'][number]>(DECISIONS, [id]),
      isOfCapital(actor, row) ? this.signs(actor) : false,
    ]);
    return {
      id: row.id, organisation: row.organisation, sought: row.sought, state: row.state, openedAt: row.openedAt, decidedOn: row.decidedOn, seats: row.seats, version: row.version, opinion: presentOpinion(actor, row), documents, decisions,
      lacking: canManage(actor) && isWaiting(row) ? lackingFor(row) : [],
      abilities: { manage: canManage(actor), handIn: canManage(actor) || isOfCandidate(actor, row), giveOpinion: isWaiting(row) && row.askedAt !== null && signs },
    };
  }

  private async signs({ capacity }: Actor): Promise<boolean> {
    return capacity !== null && (await this.database.row<{ only: boolean }>(`SELECT ${preparesOnly('$1', `'{}'::text[]`)} AS only`, [capacity.mandateId]))?.only === false;
  }
}

function presentOpinion(actor: Actor, row: Whole): AccessionView['opinion'] {
  const { opinion, words, by, on, letter } = row;
  return {
    state: opinionState(row), askedAt: row.askedAt, capital: row.capitalSlug && row.capitalName ? { slug: row.capitalSlug, name: row.capitalName } : null,
    given: opinion && on && canReadOpinion(actor, row) ? { opinion, words, by, on, letter } : null,
  };
}
