import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Database, type Sql } from '../platform/index.js';
import { EventTail, LOG_COLUMNS, type LogRow } from '../realtime/index.js';
import { collectPosts, collectPractices, collectThreads } from './collect.js';
import { INDEX_LOCK, reindex } from './reindex.js';
import { saveEntries } from './search-entry.js';

const BATCH = 500;
// Search may lag behind by this much: so a burst of messages costs one pass, and no writer waits for it.
const DELAY_MS = 250;

/** Follows the event log with a cursor of its own, so that nothing is lost when the process ends in between. */
@Injectable()
export class SearchIndexer implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(SearchIndexer.name);
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | null = null;
  private again = false;
  private stopped = false;

  constructor(
    private readonly database: Database,
    tail: EventTail,
  ) {
    // Returns at once: live delivery must not wait for the index.
    tail.subscribe(async () => this.poke());
  }

  async onApplicationBootstrap(): Promise<void> {
    if (await this.database.row('SELECT 1 FROM search_progress')) this.poke();
    else await reindex(this.database);
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  /** Brings the index up to date now. */
  async settled(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    await this.running;
    await this.catchUp();
  }

  private poke(): void {
    this.again = true;
    if (this.stopped || this.running || this.timer) return;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.again = false;
      this.running = this.catchUp()
        // The saved cursor has not moved: the next fact starts from there.
        .catch((error: unknown) => this.logger.warn(`The search index is behind: ${error instanceof Error ? error.message : String(error)}`))
        .finally(() => {
          this.running = null;
          if (this.again) this.poke();
        });
    }, DELAY_MS);
  }

  private async catchUp(): Promise<void> {
    while (!this.stopped && (await this.database.transaction((tx) => this.step(tx)))) continue;
  }

  /** Indexes what the next facts are about. @returns whether there may be more. */
  private async step(tx: Sql): Promise<boolean> {
    await tx.run('SELECT pg_advisory_xact_lock($1)', [INDEX_LOCK]);
    const events = await tx.rows<LogRow>(`SELECT ${LOG_COLUMNS} FROM event WHERE cursor > (SELECT cursor FROM search_progress) ORDER BY cursor LIMIT ${BATCH}`);
    const last = events.at(-1);
    if (!last) return false;
    await this.refresh(tx, events);
    await tx.run('UPDATE search_progress SET cursor = $1', [last.cursor]);
    return events.length === BATCH;
  }

  private async refresh(tx: Sql, events: LogRow[]): Promise<void> {
    const content = events.filter((event) => /^(thread|post)\./.test(event.type) && event.type !== 'post.reacted');
    const threads = await this.threadsOf(tx, content);
    const posts = await this.postsOf(tx, content);
    const practices = events.flatMap((event) => (['practice.published', 'practice.edited', 'practice.closed'].includes(event.type) && event.subject_id ? [event.subject_id] : []));
    // What the collectors no longer give back is removed or hidden for good.
    await tx.run(`DELETE FROM search_entry WHERE (kind = 'post' AND id = ANY($1::text[])) OR (kind = 'thread' AND id = ANY($2::text[])) OR (kind = 'practice' AND id = ANY($3::text[]))`, [posts, threads, practices]);
    await saveEntries(tx, [...await collectPosts(tx, posts), ...await collectThreads(tx, threads), ...(practices.length > 0 ? await collectPractices(tx, practices) : [])]);
  }

  /** Threads whose own entry may have changed: of thread facts, and of facts about a first message. */
  private async threadsOf(tx: Sql, content: LogRow[]): Promise<string[]> {
    const named = content.filter((event) => event.type.startsWith('thread.')).flatMap(threadsNamed);
    const first = await tx.rows<{ thread_id: string }>('SELECT thread_id FROM post WHERE id = ANY($1::uuid[]) AND position = 1', [content.flatMap((event) => event.post_id ?? [])]);
    return [...new Set([...named, ...first.map((row) => row.thread_id)])];
  }

  /** Messages named by a fact, and all of a thread that was split, merged or put back: their places have changed. */
  private async postsOf(tx: Sql, content: LogRow[]): Promise<string[]> {
    const named = content.flatMap((event) => event.post_id ?? []);
    const reshaped = content.filter((event) => ['thread.split', 'thread.merged', 'thread.edited'].includes(event.type)).flatMap(threadsNamed);
    if (reshaped.length === 0) return [...new Set(named)];
    const all = await tx.rows<{ id: string }>('SELECT id FROM post WHERE thread_id = ANY($1::uuid[])', [reshaped]);
    return [...new Set([...named, ...all.map((row) => row.id)])];
  }
}

/** The thread of a fact and the one it was split into or merged with. */
const threadsNamed = (event: LogRow) => [event.thread_id, event.subject_id].filter((id) => id !== null);
