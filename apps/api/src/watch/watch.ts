import { setImmediate as pause } from 'node:timers/promises';
import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { NEWCOMER_DAYS, type WatchAction } from '@passerelle/contract';
import { type Actor, canModerate, Database, ENV, type Env, faultWords } from '../platform/index.js';
import { EventTail, type LogRow } from '../realtime/index.js';
import { readDomain } from './links.js';
import { hashOfWords, Rates } from './rates.js';
import { watchedOf, Rule, type StoredRule, visibleText } from './rule.js';
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
  before?: string;
}
/** A message that was written, for rules about pace. */
interface Noted extends Record<string, unknown> {
  id: string; person: string; space: string; at: string; title: string; html: string;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const RETRY_MS = 1_000;
const PAST_MAX = 20_000;
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
  /** The longest that a rule looks back; 0 without rules about pace. */
  private windowMs = 0;
  private comparesWords = false;
  private retry: NodeJS.Timeout | undefined;

  constructor(
    private readonly database: Database,
    @Inject(ENV) env: Env,
    private readonly desk: WatchDesk,
    tail: EventTail,
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
    if (this.windowMs === 0) this.rates.clear();
    else if (this.windowMs > before) await this.look(`WHERE p.created_at > now() - make_interval(secs => $1) AND p.state <> 'event' ORDER BY p.created_at DESC LIMIT ${PAST_MAX}`, [this.windowMs / 1_000]);
  }

  /** What the rules say of a text; null for nothing. Only when one catches is the place asked for: rules hold in their own space, or in all but confidential ones. */
  async judge(actor: Actor, place: { space: string } | { thread: string }, text: Text): Promise<Caught | null> {
    if (this.rules.length === 0 || canModerate(actor)) return null;
    const found = this.find(actor, text);
    if (found.length === 0) return null;
    const here = await this.database.row<{ id: string; access: string }>('SELECT id, access FROM space WHERE id = coalesce($1::uuid, (SELECT space_id FROM thread WHERE id = $2::uuid))', 'space' in place ? [place.space, null] : [null, place.thread]);
    if (!here) return null;
    const holding = found.filter(({ rule: { stored } }) => (stored.space_id === null ? here.access !== 'confidential' : stored.space_id === here.id));
    const action = (['hold', 'ask', 'queue'] as const).find((one) => holding.some(({ rule }) => rule.stored.action === one));
    if (!action || !actor.capacity) return null;
    // Common rules hold in no confidential space; of its own, one that nobody there may decide about for this author holds nothing of theirs.
    if (here.access === 'confidential' && !(await this.desk.hasJudge(here.id, { person: actor.personId, organisation: actor.capacity.organisationId }))) return null;
    return { action, space: here.id, rules: holding.map(({ rule: { stored }, words }) => ({ id: stored.id, name: stored.name, words })) };
  }

  /** Notes what was written here; of other processes the event log tells. */
  note(person: string, id: string, space: string, { title, html }: Text): void {
    if (this.windowMs > 0) this.rates.add(person, { id, space, at: Date.now(), words: hashOfWords(`${title}\n${visibleText(html)}`) });
  }

  private find(actor: Actor, { title, html, before }: Text): { rule: Rule; words: string[] }[] {
    const who = { person: actor.personId, isNew: Date.now() - Date.parse(actor.joinedAt) < NEWCOMER_DAYS * DAY, at: Date.now(), before: (from: number, space: string | null) => this.writtenSince(actor.personId, from, space) };
    const watched = watchedOf({ title, html, own: this.own, ...who });
    const old = before === undefined ? null : watchedOf({ title, html: before, own: this.own, ...who });
    const isWorded = this.words.matches(watched.folded);
    return this.rules.flatMap((rule) => {
      if (rule.words ? !isWorded : old && rule.stored.definition.kind === 'rate') return [];
      const words = rule.finds(watched);
      const fresh = words && old ? without(words, rule.finds(old)) : words;
      return fresh ? [{ rule, words: fresh }] : [];
    });
  }

  private writtenSince(person: string, from: number, space: string | null) {
    return this.rates.since(person, from).filter((written) => (space === null ? !this.confidential.has(written.space) : written.space === space));
  }

  private async follow(events: LogRow[]): Promise<void> {
    if (events.some(({ type }) => type === 'watch.changed')) await this.reloadSoon();
    if (this.windowMs === 0) return;
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

  private async look(where: string, values: unknown[]): Promise<void> {
    const rows = await this.database.rows<Noted>(`${WRITTEN} ${where}`, values);
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

/** What was not there before; null when nothing is left. */
function without(words: string[], old: string[] | null): string[] | null {
  const left = words.filter((word) => !old?.includes(word));
  return left.length > 0 ? left : null;
}

