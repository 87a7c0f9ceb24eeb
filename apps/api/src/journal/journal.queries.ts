import { Injectable } from '@nestjs/common';
import type { AuditFilters, AuditLineView, AuditPage, AuditQuery, Language } from '@passerelle/contract';
import { fold } from '@passerelle/text';
import { z } from 'zod';
import { type Actor, assertAdministrator, Database, decodeCursor, encodeCursor } from '../platform/index.js';
import { COUNT, LINES, NAMED_IDS, NOW } from './journal.sql.js';

const After = z.tuple([z.iso.datetime({ precision: 6 }), z.uuid()]);
/** The place of a line among all: a later page goes on after it. */
export type Place = z.infer<typeof After>;
export type PlacedLine = AuditLineView & { place: string };

/** The lines of the record that the secretariat may see. */
@Injectable()
export class JournalQueries {
  constructor(private readonly database: Database) {}

  async list(actor: Actor, { limit, cursor, ...filters }: AuditQuery): Promise<AuditPage> {
    await assertAdministrator(this.database, actor);
    const named = { ...filters, ids: await this.idsOf(filters) };
    const found = await this.page(actor, named, { language: actor.language, after: cursor ? decodeCursor(cursor, After) : null, limit: limit + 1 });
    const lines = found.slice(0, limit);
    const last = lines.at(-1);
    return { items: lines.map(({ place: _, ...line }) => line), nextCursor: found.length > limit && last ? encodeCursor([last.place, last.id]) : null };
  }

  /** Under which ids those stand whom the filters name; null when they name nobody. */
  async idsOf({ person, organisation }: AuditFilters): Promise<string[] | null> {
    const words = fold(person ?? '').split(' ').filter((word) => word !== '').map((word) => `%${word.replaceAll(/[\\%_]/g, '\\$&')}%`);
    if (words.length === 0 && !organisation) return null;
    return (await this.database.rows<{ id: string }>(NAMED_IDS, [words.length > 0 ? words : null, organisation || null])).map(({ id }) => id);
  }

  page(actor: Actor, filters: Filters, { language, ...rest }: Cut & { language: Language }): Promise<PlacedLine[]> {
    return this.database.rows<PlacedLine & Record<string, unknown>>(LINES, [...argumentsOf(actor, filters, rest), language]);
  }

  async count(actor: Actor, filters: Filters, cut: Cut): Promise<number> {
    return (await this.database.row<{ count: number }>(COUNT, argumentsOf(actor, filters, cut)))?.count ?? 0;
  }

  /** A place after which everything stands that is written by now, and nothing later. */
  async now(): Promise<Place> {
    return [(await this.database.row<{ now: string }>(NOW))?.now ?? '', LAST_ID];
  }
}

const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';
type Filters = AuditFilters & { ids: string[] | null };
interface Cut {
  after: Place | null;
  limit: number;
}

const argumentsOf = (actor: Actor, { act, ids, from, to, reference }: Filters, { after, limit }: Cut): unknown[] => [
  actor.accountId, act || null, ids, from ?? null, to ?? null, reference || null, ...(after ?? [null, null]), limit];
