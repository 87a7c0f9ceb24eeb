import { Injectable } from '@nestjs/common';
import type { AuthorView, EventType } from '@passerelle/contract';
import type { Actor } from '../platform/index.js';
import type { LogRow } from './event-log.js';

/** What a fact shows: the object as it is now, or null when it can no longer be read. */
export interface EventContent {
  actor: AuthorView | null;
  data: unknown;
}

/** Loads the objects of several facts at once; `viewer` null means a reader without own marks. */
export type EventViewer = (rows: LogRow[], viewer: Actor | null) => Promise<EventContent[]>;

/** Features say here how their facts look; the publisher and the catch-up use the same. */
@Injectable()
export class EventViews {
  private readonly viewers = new Map<EventType, EventViewer>();

  register(types: readonly EventType[], viewer: EventViewer): void {
    for (const type of types) this.viewers.set(type, viewer);
  }

  /** @returns one content per row, in the order of `rows`. */
  async load(rows: LogRow[], viewer: Actor | null): Promise<EventContent[]> {
    const contents = new Map<number, EventContent>();
    const groups = new Map<EventViewer, LogRow[]>();
    for (const row of rows) {
      const view = this.viewers.get(row.type);
      if (view) groups.set(view, [...(groups.get(view) ?? []), row]);
    }
    for (const [view, group] of groups) {
      const loaded = await view(group, viewer);
      group.forEach((row, index) => contents.set(row.cursor, loaded[index] ?? EMPTY));
    }
    return rows.map((row) => contents.get(row.cursor) ?? EMPTY);
  }
}

const EMPTY: EventContent = { actor: null, data: null };
