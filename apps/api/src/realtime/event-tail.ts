import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { PoolClient } from 'pg';
import { v7 as uuid } from 'uuid';
import { Database, faultWords } from '../platform/index.js';
import { EVENT_CHANNEL, LOG_COLUMNS, type LogRow } from './event-log.js';

const BATCH = 500;
const POLL_MS = 2_000;
const SIGNAL_MS = 100;
const RELISTEN_MS = 1_000;

type Subscriber = (events: LogRow[]) => Promise<void>;

/**
 * This process's place in the event log. Facts of its own commits are handed over in memory; NOTIFY tells of the others';
 * a slow poll is the net. Subscribers get every fact once, in cursor order, and the next only when they are done.
 */
@Injectable()
export class EventTail implements OnApplicationBootstrap, OnApplicationShutdown {
  /** Names this process in NOTIFY payloads, so that it can skip its own. */
  private readonly origin = uuid();
  private readonly subscribers: Subscriber[] = [];
  private readonly handed = new Map<number, LogRow>();
  private readonly logger = new Logger(EventTail.name);
  private last = -1;
  private running: Promise<void> | null = null;
  /** Something may be in memory. */
  private again = false;
  /** Something may be in the log that was not handed over. */
  private look = false;
  private stopped = false;
  private signalling = false;
  private signalDue = false;
  private listener: PoolClient | null = null;
  private opening = false;
  private poll: NodeJS.Timeout | undefined;

  constructor(private readonly database: Database) {}

  /** Cursor of the newest fact that this process has delivered. */
  get position(): number {
    return this.last;
  }

  subscribe(subscriber: Subscriber): void {
    this.subscribers.push(subscriber);
  }

  async onApplicationBootstrap(): Promise<void> {
    const row = await this.database.row<{ cursor: number }>('SELECT coalesce(max(cursor), 0) AS cursor FROM event');
    this.last = row?.cursor ?? 0;
    await this.listen();
    this.poll = setInterval(() => this.poke(), POLL_MS);
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearInterval(this.poll);
    await this.running;
    this.dropListener();
  }

  /** Facts that this process has just committed, complete: they need no reading when they follow on the last one. */
  handOver(events: LogRow[]): void {
    for (const event of events) this.handed.set(event.cursor, event);
    this.start();
    this.signal();
  }

  /**
   * Tells the other processes, at once and then at most once in SIGNAL_MS: a NOTIFY in each write would wake every
   * listener for each message. A signal lost in a crash is made good by the poll.
   */
  private signal(): void {
    if (this.signalling) return void (this.signalDue = true);
    this.signalling = true;
    this.signalDue = false;
    this.database.pool.query('SELECT pg_notify($1, $2)', [EVENT_CHANNEL, this.origin]).catch((error: Error) => this.logger.warn(`Others hear of it by their poll: ${faultWords(error)}`));
    setTimeout(() => {
      this.signalling = false;
      if (this.signalDue && !this.stopped) this.signal();
    }, SIGNAL_MS).unref();
  }

  /** Something was committed somewhere: deliver what follows. */
  poke(): void {
    this.look = true;
    this.start();
  }

  private start(): void {
    if (this.stopped || this.last < 0) return;
    this.again = true;
    this.running ??= this.drain().finally(() => {
      this.running = null;
    });
  }

  /** Resolves when everything known so far was delivered. */
  async settled(): Promise<void> {
    while (this.running) await this.running;
  }

  private async drain(): Promise<void> {
    while (this.again && !this.stopped) {
      this.again = false;
      try {
        for (let batch = this.fromMemory(); batch.length > 0; batch = this.fromMemory()) await this.deliver(batch);
        // What was handed over but does not follow on the position lies behind somebody else's fact: read the log.
        if (!this.look && this.handed.size === 0) continue;
        this.look = false;
        for (let batch = await this.fromLog(); batch.length > 0; batch = await this.fromLog()) await this.deliver(batch);
      } catch (error) {
        // The position has not moved: the next poke or poll goes on from here, and reads what memory no longer proves.
        this.look = true;
        this.logger.warn(`The event tail paused at ${this.last}: ${faultWords(error)}`);
        return;
      }
    }
  }

  /** Handed-over facts that follow directly on the position. */
  private fromMemory(): LogRow[] {
    const batch: LogRow[] = [];
    for (let event = this.handed.get(this.last + 1); event; event = this.handed.get(event.cursor + 1)) batch.push(event);
    return batch;
  }

  private fromLog(): Promise<LogRow[]> {
    return this.database.rows<LogRow>(`SELECT ${LOG_COLUMNS} FROM event WHERE cursor > $1 ORDER BY cursor LIMIT ${BATCH}`, [this.last]);
  }

  private async deliver(batch: LogRow[]): Promise<void> {
    for (const subscriber of this.subscribers) await subscriber(batch);
    this.last = batch.at(-1)?.cursor ?? this.last;
    for (const cursor of this.handed.keys()) if (cursor <= this.last) this.handed.delete(cursor);
  }

  private async listen(): Promise<void> {
    if (this.stopped) return;
    this.opening = true;
    try {
      const client = await this.database.pool.connect();
      this.listener = client;
      this.opening = false;
      client.on('notification', (message) => {
        if (message.payload !== this.origin) this.poke();
      });
      client.once('error', () => this.relisten());
      client.once('end', () => this.relisten());
      await client.query(`LISTEN ${EVENT_CHANNEL}`);
      this.poke();
    } catch {
      // The database is away; the poll reports it, here it is enough to come back.
      this.relisten();
    }
  }

  /** Gives the connection back once; `error` and `end` may both tell of the same loss. */
  private dropListener(): void {
    const broken = this.listener;
    this.listener = null;
    broken?.removeAllListeners('notification');
    broken?.release(true);
  }

  private relisten(): void {
    // `error` is followed by `end`: the first of them starts over.
    if (!this.listener && !this.opening) return;
    this.dropListener();
    if (!this.stopped) setTimeout(() => void this.listen(), RELISTEN_MS).unref();
  }
}
