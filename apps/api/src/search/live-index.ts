import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { setImmediate as pause } from 'node:timers/promises';
import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { SEARCH_FACETS, type SearchKind } from '@passerelle/contract';
import { readVectors, SearchIndex, type WordVectors } from '@passerelle/search';
import { Database, DomainError, ENV, type Env, faultWords, type Sql } from '../platform/index.js';
import { EventTail } from '../realtime/index.js';
import { ADDING, changesOf, type Fact, FACT_COLUMNS } from './changes.js';
import { COLLECTORS, idsOf, KINDS } from './collect.js';
import { type Entry, INDEX_FACETS, type IndexFacet, keyOf, openKeyOf } from './entry.js';
import { Thesaurus } from './thesaurus.js';

/** Entries read and indexed at once: the event loop is free again after some milliseconds. */
const CHUNK = 100;
const BATCH = 500;
/** A burst of messages costs one pass. */
const DELAY_MS = 250;
const RETRY_MS = 1_000;
const REBUILD_MS = 5_000;
/** Passes for which a search waits at most, while others go on writing. */
const PASSES = 3;
/** Mandates end, needs expire and what is recent ages without a fact in the log. */
const RENEW_MS = 24 * 60 * 60_000;
const WAIT_MS = 4_000;

interface Built {
  index: SearchIndex<IndexFacet>;
  thesaurus: Thesaurus;
  /** Facts up to here are in it. */
  cursor: number;
  /** Keys of people by organisation: one city has many. */
  people: Map<string, string[]>;
}

/**
 * The search index of this process: built from the database when the server starts, kept up to date by the event log,
 * built anew beside the old one when asked. It holds words and ids only.
 */
@Injectable()
export class LiveIndex implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(LiveIndex.name);
  private built: Built | null = null;
  private building: Promise<void> | null = null;
  private running: Promise<void> | null = null;
  private timer: NodeJS.Timeout | undefined;
  private renewal: NodeJS.Timeout | undefined;
  private again = false;
  private stopped = false;

  constructor(
    private readonly database: Database,
    @Inject(ENV) private readonly env: Env,
    tail: EventTail,
  ) {
    // Returns at once: live delivery must not wait for the index.
    tail.subscribe(async (events) => {
      if (events.some((event) => event.type === 'search.renewed')) void this.rebuild();
      this.poke();
    });
  }

  onApplicationBootstrap(): void {
    // The server answers before it can search: a large network takes some seconds.
    void this.rebuild();
    this.renewal = setInterval(() => void this.rebuild(), RENEW_MS);
    this.renewal.unref();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    clearInterval(this.renewal);
    await this.building;
    await this.running?.catch(() => undefined);
  }

  /** The index and what it was built with. @throws DomainError `unavailable` when it is not ready in time. */
  async ready(): Promise<Built> {
    if (!this.built && this.building) await Promise.race([this.building, new Promise((resolve) => setTimeout(resolve, WAIT_MS).unref())]);
    if (!this.built) throw new DomainError('unavailable', 'unavailable');
    return this.built;
  }

  /** As `ready`, with nothing in it that was taken out of sight before: a count would tell of it as well as a hit. */
  async current(): Promise<Built> {
    // The first may join a pass that had read the log before.
    for (let pass = 0; pass < PASSES; pass += 1) {
      const { cursor } = await this.ready();
      if (!(await this.database.row('SELECT 1 FROM event WHERE cursor > $1 AND type <> ALL($2::text[]) LIMIT 1', [cursor, ADDING]))) break;
      await this.catchUp();
    }
    return this.ready();
  }

  /** Brings the index up to date now. */
  async settled(): Promise<void> {
    await this.building;
    clearTimeout(this.timer);
    this.timer = undefined;
    await this.running;
    await this.catchUp();
  }

  /** Builds the index anew, after a building that goes on; the old one answers until then. @returns when it is in place. */
  rebuild(): Promise<void> {
    const next = (this.building ?? Promise.resolve())
      .then(() => this.build())
      .then((built) => void (this.built = built ?? this.built))
      .catch((error: unknown) => {
        this.logger.error(`The search index could not be built: ${faultWords(error)}`);
        setTimeout(() => void (this.stopped || this.rebuild()), REBUILD_MS).unref();
      })
      .finally(() => {
        if (this.building === next) this.building = null;
        this.poke();
      });
    this.building = next;
    return next;
  }

  private async build(): Promise<Built | null> {
    const { database } = this;
    // Read first: what is committed while we collect is read once more from here.
    const last = await database.row<{ cursor: number }>('SELECT coalesce(max(cursor), 0) AS cursor FROM event');
    const thesaurus = await Thesaurus.load(database);
    const built: Built = { index: new SearchIndex<IndexFacet>(INDEX_FACETS, thesaurus.senses, SEARCH_FACETS), thesaurus, cursor: last?.cursor ?? 0, people: new Map() };
    for (const kind of KINDS) {
      await refreshAll(database, built, kind, await idsOf(database, kind), () => this.stopped);
      if (this.stopped) return null;
    }
    await built.index.learnMeaning(await this.model(built.index), () => pause());
    return built;
  }

  /** Word vectors that the operator keeps on this machine, if there are any. */
  private async model(index: SearchIndex<IndexFacet>): Promise<WordVectors | null> {
    const { searchModel } = this.env;
    if (!searchModel) return null;
    try {
      return await readVectors(createInterface({ input: createReadStream(searchModel), crlfDelay: Infinity }), (form) => index.rarityOf(form));
    } catch (error) {
      this.logger.error(`SEARCH_MODEL is left aside: ${faultWords(error)}`);
      return null;
    }
  }

  private poke(delayMs = DELAY_MS): void {
    this.again = true;
    if (this.stopped || this.running || this.timer) return;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.catchUp().catch((error: unknown) => {
        this.logger.warn(`The search index is behind: ${faultWords(error)}`);
        // The cursor has not moved: it goes on from there, even if nothing more is written.
        this.poke(RETRY_MS);
      });
    }, delayMs);
  }

  /** One at a time: what was read first must not be put over what was read later. */
  private catchUp(): Promise<void> {
    this.running ??= this.steps().finally(() => {
      this.running = null;
      if (this.again) this.poke();
    });
    return this.running;
  }

  private async steps(): Promise<void> {
    this.again = false;
    while (!this.stopped && this.built && (await this.step(this.built))) continue;
  }

  /** @returns whether there may be more. */
  private async step(built: Built): Promise<boolean> {
    const events = await this.database.rows<Fact & { cursor: number }>(`SELECT cursor, ${FACT_COLUMNS} FROM event WHERE cursor > $1 ORDER BY cursor LIMIT ${BATCH}`, [built.cursor]);
    const last = events.at(-1);
    if (!last) return false;
    for (const [kind, ids] of await changesOf(this.database, events)) await refreshAll(this.database, built, kind, [...ids]);
    built.cursor = last.cursor;
    return events.length === BATCH;
  }
}

/** However many they are, one fact may change them all: the event loop is free in between. */
async function refreshAll(sql: Sql, built: Built, kind: SearchKind, ids: string[], isStopped = () => false): Promise<void> {
  for (let start = 0; start < ids.length && !isStopped(); start += CHUNK) await refresh(sql, built, kind, ids.slice(start, start + CHUNK));
}

/** Puts what these ids stand for now in the place of what they stood for. */
async function refresh(sql: Sql, built: Built, kind: SearchKind, ids: string[]): Promise<void> {
  const entries = await COLLECTORS[kind](sql, ids, built.thesaurus);
  for (const id of ids) for (const key of keysOf(built, kind, id)) built.index.remove(key);
  if (kind === 'person') notePeople(built, ids, entries);
  for (const entry of entries) built.index.add(entry);
}

function keysOf(built: Built, kind: SearchKind, id: string): string[] {
  if (kind === 'practice' || kind === 'document') return [keyOf(kind, id), openKeyOf(kind, id)];
  return kind === 'person' ? (built.people.get(id) ?? []) : [keyOf(kind, id)];
}

function notePeople(built: Built, ids: string[], entries: Entry[]): void {
  for (const id of ids) built.people.set(id, entries.filter((entry) => entry.id === id).map((entry) => entry.key));
}
