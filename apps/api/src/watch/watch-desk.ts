import { Injectable } from '@nestjs/common';
import type { Sql } from '../platform/index.js';
import type { Write } from '../realtime/index.js';
import type { Finding } from './watch.js';

/** What a rule has caught and who answers for it. `held` is not shown yet; a post is, and the title or summary of a thread. */
export interface CaughtThing {
  kind: 'post' | 'held' | 'thread';
  id: string;
  space: string;
  person: string;
  organisation: string | null;
  rules: Finding[];
}

/** What moderation does when something was caught. The forum knows no moderation: moderation says here what it does. */
export interface Desk {
  /** Opens a case, or joins one that is open about the same thing. Before anything else of the write is locked. @returns its id. */
  open(write: Write, thing: CaughtThing): Promise<string>;
  /** What the case is about has changed: whoever decides has to look again. */
  touch(write: Write, caseId: string, rules: Finding[]): Promise<void>;
  /** What the case is about was taken back: nothing is left to decide. */
  close(write: Write, caseId: string): Promise<void>;
  /** Moves a thread: whoever saw cases about it before, or sees them after, hears of it. */
  follow(write: Write, thread: string, move: () => Promise<unknown>): Promise<void>;
  /** Somebody may decide there on what this author writes: without, it would wait for nobody. */
  hasJudge(sql: Sql, space: string, author: Pick<CaughtThing, 'person' | 'organisation'>): Promise<boolean>;
  /** Whether somebody reads what is held, here its files. */
  reads(account: string, held: string): Promise<boolean>;
}

/** The way from a caught message to those who read it. */
@Injectable()
export class WatchDesk implements Desk {
  private desk: Desk | null = null;

  take(desk: Desk): void {
    this.desk = desk;
  }

  open(...args: Parameters<Desk['open']>): Promise<string> {
    return this.there.open(...args);
  }

  touch(...args: Parameters<Desk['touch']>): Promise<void> {
    return this.there.touch(...args);
  }

  close(...args: Parameters<Desk['close']>): Promise<void> {
    return this.there.close(...args);
  }

  follow(...args: Parameters<Desk['follow']>): Promise<void> {
    return this.there.follow(...args);
  }

  hasJudge(...args: Parameters<Desk['hasJudge']>): Promise<boolean> {
    return this.there.hasJudge(...args);
  }

  reads(...args: Parameters<Desk['reads']>): Promise<boolean> {
    return this.there.reads(...args);
  }

  private get there(): Desk {
    if (!this.desk) throw new Error('Nobody reads what is caught');
    return this.desk;
  }
}
