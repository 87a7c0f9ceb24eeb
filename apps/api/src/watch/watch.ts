import { setImmediate as pause } from 'node:timers/promises';
import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { NEWCOMER_DAYS, type WatchAction } from '@passerelle/contract';
import { type Actor, canModerate, Database, ENV, type Env, faultWords, type Sql } from '../platform/index.js';
import { EventTail, LOG_COLUMNS, type LogRow } from '../realtime/index.js';
import { readDomain } from './links.js';
import { hashOfWords, Rates } from './rates.js';
import { Rule, type StoredRule, told, visibleText, watchedOf } from './rule.js';
import { WatchDesk } from './watch-desk.js';
import { WordList } from './words.js';

/** A rule that a text offends and what it found there. */
export interface Finding {
  id: string;
  name: string;
  words: string[];
}
/** What becomes of a text. */
export interface Caught {
  action: WatchAction;
  rules: Finding[];
  space: string;
}
export interface Text {
  title: string;
  html: string;
  /** The text that it replaces: only what is new in it counts, and no pace. */
  before?: Pick<Text, 'title' | 'html'>;
}
/** Where a text is to stand. */
export type Place = { space: string } | { thread: string };
/** A message that was written, for rules about pace. */
interface Noted extends Record<string, unknown> {
  id: string; person: string; space: string; at: string; title: string; html: string;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const RETRY_MS = 1_000;
const PAST_MAX = 20_000;
const SPACES_MAX = 10_000;
/** Key of the locks under which the messages of one person are counted. */
const PACE_LOCK = 726_404;
const ACTIVE = 'SELECT id, space_id, name, action, definition FROM watch_rule WHERE active ORDER BY created_at, id';
const CONFIDENTIAL = `SELECT id FROM space WHERE access = 'confidential'`;
const WRITTEN = `SELECT p.id, p.author_person_id AS person, t.space_id AS space, p.created_at AS at, CASE WHEN p.position = 1 THEN t.title ELSE '' END AS title, p.html FROM post p JOIN thread t ON t.id = p.thread_id`;

/**
 * The active rules, in the memory of each process and led by the event log: a message that none of them catches costs no question to the database. Moderation
 * and secretariat are not watched, they would read their own messages.
 */
@Injectable()
export class Watch implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(Watch.name);
  private readonly own: string;
  private readonly rates = new Rates();
  private rules: Rule[] = [];
  /** The words of all rules at once: what is not in here need not be looked for rule by rule. */
  private words = new WordList([]);
  /** What is written there counts for no common rule. */
  private confidential: ReadonlySet<string> = new Set();
  /** Of threads that were written in, while rules about pace hold. */
  private readonly spaces = new Map<string, string>();
  /** The longest that a rule looks back; 0 without rules about pace. */
  private windowMs = 0;
  private comparesWords = false;
  private retry: NodeJS.Timeout | undefined;

  constructor(
    private readonly database: Database,
    @Inject(ENV) env: Env,
    private readonly desk: WatchDesk,
    private readonly tail: EventTail,
  ) {
    this.own = readDomain(env.publicUrl) ?? '';
    tail.subscribe((events) => this.follow(events));
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.reload();
  }

  onApplicationShutdown(): void {
    clearTimeout(this.retry);
  }

  /** Reads the active rules again; whoever has changed them waits for it. */
  async reload(): Promise<void> {
    const [rules] = await Promise.all([this.database.rows<StoredRule & Record<string, unknown>>(ACTIVE), this.readConfidential()]);
    this.rules = rules.map((rule) => new Rule(rule));
    this.words = new WordList(rules.flatMap(({ definition }) => (definition.kind === 'words' ? definition.terms : [])));
    const before = this.windowMs;
    this.windowMs = Math.max(0, ...rules.map(({ definition }) => (definition.kind === 'rate' ? definition.minutes * MINUTE : 0)));
    this.comparesWords = rules.some(({ definition }) => definition.kind === 'rate' && definition.mode === 'repeat');
    if (this.windowMs === 0) {
      this.rates.clear();
      this.spaces.clear();
    } else if (this.windowMs > before) await this.look(`WHERE p.created_at > now() - make_interval(secs => $1) AND p.state <> 'event' ORDER BY p.created_at DESC LIMIT ${PAST_MAX}`, [this.windowMs / 1_000]);
  }

  /** What the rules say of a text; null for nothing. Only when one catches is the place asked for: rules hold in their own space, or in all but confidential ones. */
  async judge(actor: Actor, place: Place, text: Text, sql: Sql = this.database): Promise<Caught | null> {
    if (this.rules.length === 0 || canModerate(actor)) return null;
    const found = this.find(actor, text);
    if (found.length === 0) return null;
    const here = await sql.row<{ id: string; access: string }>('SELECT id, access FROM space WHERE id = coalesce($1::uuid, (SELECT space_id FROM thread WHERE id = $2::uuid))', 'space' in place ? [place.space, null] : [null, place.thread]);
    if (!here) return null;
    const holding = found.filter(({ rule: { stored } }) => (stored.space_id === null ? here.access !== 'confidential' : stored.space_id === here.id));
    const action = (['hold', 'ask', 'queue'] as const).find((one) => holding.some(({ rule }) => rule.stored.action === one));
    if (!action) return null;
    // Common rules hold in no confidential space; of its own, one that nobody there may decide about for this author holds nothing of theirs.
    if (here.access === 'confidential' && !(await this.desk.hasJudge(sql, here.id, { person: actor.personId, organisation: actor.capacity?.organisationId ?? null }))) return null;
    return { action, space: here.id, rules: holding.map(({ rule: { stored }, words }) => ({ id: stored.id, name: stored.name, words: told(words) })) };
  }

  /** A rule about pace holds there for the actor: what they write is judged in turn. Costs no question to the database but the first one about a thread. */
  async paces(actor: Actor, place: Place): Promise<boolean> {
    if (this.windowMs === 0 || canModerate(actor)) return false;
    const space = 'space' in place ? place.space : await this.spaceOf(place.thread);
    return this.rules.some(({ stored }) => stored.definition.kind === 'rate' && (stored.space_id === null ? space !== undefined && !this.confidential.has(space) : stored.space_id === space));
  }

  /**
   * Judges as part of the write, where `paces` says so. Under a lock of the person, so that what they write at once, here and in other processes, is counted one
   * after the other; nothing else of the write is locked before.
   */
  async judgeInTurn(tx: Sql, actor: Actor, place: Place, text: Text): Promise<Caught | null> {
    await tx.run('SELECT pg_advisory_xact_lock($1, hashtext($2))', [PACE_LOCK, actor.personId]);
    // What was written elsewhere and this process has not heard of yet.
    const facts = await tx.rows<LogRow>(`SELECT ${LOG_COLUMNS} FROM event WHERE cursor > $1 AND type = 'post.created' AND actor_person_id = $2`, [this.tail.position, actor.personId]);
    const wordless = this.rates.wordless(facts.flatMap((fact) => this.noteFact(fact) ?? []));
    if (this.comparesWords && wordless.length > 0) await this.look('WHERE p.id = ANY($1::uuid[])', [wordless], tx);
    return this.judge(actor, place, text, tx);
  }

  /** Notes what was written here; of other processes the event log tells. */
  note(person: string, id: string, space: string, { title, html }: Text): void {
    if (this.windowMs > 0) this.rates.add(person, { id, space, at: Date.now(), words: hashOfWords(`${title}\n${visibleText(html)}`) });
  }

  private find(actor: Actor, { title, html, before }: Text): { rule: Rule; words: string[] }[] {
    const who = { person: actor.personId, isNew: Date.now() - Date.parse(actor.joinedAt) < NEWCOMER_DAYS * DAY, at: Date.now(), before: (from: number, space: string | null) => this.writtenSince(actor.personId, from, space) };
    const watched = watchedOf({ title, html, own: this.own, ...who });
    const old = before === undefined ? null : watchedOf({ ...before, own: this.own, ...who });
    const isWorded = this.words.matches(watched.folded);
    return this.rules.flatMap((rule) => {
      if (rule.words ? !isWorded : old && rule.stored.definition.kind === 'rate') return [];
      const words = old ? rule.findsNew(watched, old) : rule.finds(watched);
      return words ? [{ rule, words }] : [];
    });
  }

  private writtenSince(person: string, from: number, space: string | null) {
    return this.rates.since(person, from).filter((written) => (space === null ? !this.confidential.has(written.space) : written.space === space));
  }

  private async follow(events: LogRow[]): Promise<void> {
    if (events.some(({ type }) => type === 'watch.changed')) await this.reloadSoon();
    if (this.windowMs === 0) return;
    for (const { type, thread_id: thread } of events) if (type === 'thread.moved' && thread) this.spaces.delete(thread);
    if (events.some(({ type }) => type.startsWith('space.'))) await this.readConfidential().catch((error: unknown) => this.logger.warn(`Which spaces are confidential is read later: ${faultWords(error)}`));
    const ids = events.flatMap((event) => this.noteFact(event) ?? []);
    if (this.comparesWords && ids.length > 0) void this.readWords(ids);
    this.rates.prune(Date.now() - this.windowMs);
  }

  /** @returns the id of the message; null for other facts. In-thread lines are no messages and have no position. */
  private noteFact({ type, at, post_id: id, space_id: space, actor_person_id: person, detail }: LogRow): string | null {
    if (type !== 'post.created' || !id || !space || !person || typeof detail['position'] !== 'number') return null;
    this.rates.add(person, { id, space, at: Date.parse(at), words: '' });
    return id;
  }

  /** The words of what other processes wrote; what this one wrote is noted by the writer, who comes first. */
  private async readWords(ids: string[]): Promise<void> {
    await pause();
    const foreign = this.rates.wordless(ids);
    if (foreign.length > 0) await this.look('WHERE p.id = ANY($1::uuid[])', [foreign]).catch((error: unknown) => this.logger.warn(`Messages of others were not compared: ${faultWords(error)}`));
  }

  private async readConfidential(): Promise<void> {
    this.confidential = new Set((await this.database.rows<{ id: string }>(CONFIDENTIAL)).map(({ id }) => id));
  }

  /** Where a thread stands: asked once, and known until it moves. */
  private async spaceOf(thread: string): Promise<string | undefined> {
    const known = this.spaces.get(thread);
    if (known) return known;
    const space = (await this.database.row<{ space_id: string }>('SELECT space_id FROM thread WHERE id = $1', [thread]))?.space_id;
    if (this.spaces.size >= SPACES_MAX) this.spaces.clear();
    if (space) this.spaces.set(thread, space);
    return space;
  }

  private async look(where: string, values: unknown[], sql: Sql = this.database): Promise<void> {
    const rows = await sql.rows<Noted>(`${WRITTEN} ${where}`, values);
    for (const { person, id, space, at, title, html } of rows.reverse()) this.rates.add(person, { id, space, at: Date.parse(at), words: hashOfWords(`${title}\n${visibleText(html)}`) });
  }

  /** Live delivery goes on when the database is away for a moment; the rules are read as soon as it is back. */
  private async reloadSoon(): Promise<void> {
    clearTimeout(this.retry);
    await this.reload().catch((error: unknown) => {
      this.logger.warn(`The rules are read again in a moment: ${faultWords(error)}`);
      this.retry = setTimeout(() => void this.reloadSoon(), RETRY_MS);
      this.retry.unref();
    });
  }
}

