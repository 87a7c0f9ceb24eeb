import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Presence, PresenceReader } from '@passerelle/contract';
import { EventTail } from './event-tail.js';
import type { LiveServer, LiveSocket } from './publisher.js';
import { rooms } from './rooms.js';

const DEBOUNCE_MS = 500;
const TYPING_MS = 6_000;
/** More names than this say nothing to anyone; the list is cut. */
const READERS_MAX = 20;

/** Who reads and who writes in a thread: told to its watchers, never stored. */
@Injectable()
export class PresenceBoard implements OnApplicationShutdown {
  private readonly typing = new Map<string, Map<string, number>>();
  /** Threads that withhold names: of their readers nothing is told. Watchers of this process are few, and a thread never names again. */
  private readonly withheld = new Set<string>();
  private readonly due = new Map<string, NodeJS.Timeout>();

  onApplicationShutdown(): void {
    for (const timer of this.due.values()) clearTimeout(timer);
  }

  constructor(tail: EventTail) {
    tail.subscribe(async (events) => {
      for (const event of events) if (event.thread_id && event.detail['names'] === 'withheld') this.withhold(event.thread_id);
    });
  }

  /** From now on nobody is told who reads or writes there. */
  withhold(thread: string): void {
    this.withheld.add(thread);
  }

  /** Marks the person as writing for some seconds. */
  typed(server: LiveServer, socket: LiveSocket, thread: string): void {
    const { actor } = socket.data;
    if (!actor.showPresence) return;
    const people = this.typing.get(thread) ?? new Map<string, number>();
    people.set(actor.accountId, Date.now() + TYPING_MS);
    this.typing.set(thread, people);
    this.changed(server, thread);
    setTimeout(() => this.changed(server, thread), TYPING_MS + DEBOUNCE_MS).unref();
  }

  /** Somebody came or went: the watchers are told once per half second at most. */
  changed(server: LiveServer, thread: string): void {
    if (this.due.has(thread)) return;
    this.due.set(thread, setTimeout(() => this.tell(server, thread), DEBOUNCE_MS).unref());
  }

  private tell(server: LiveServer, thread: string): void {
    this.due.delete(thread);
    const readers = new Map<string, PresenceReader>();
    const members = server.of('/').adapter.rooms.get(rooms.thread(thread));
    for (const id of members ?? []) {
      const actor = server.of('/').sockets.get(id)?.data.actor;
      if (!actor?.showPresence || !actor.capacity || readers.has(actor.accountId)) continue;
      readers.set(actor.accountId, { function: actor.capacity.function, organisation: actor.capacity.organisation, country: actor.capacity.country });
      if (readers.size >= READERS_MAX) break;
    }
    const presence: Presence = this.withheld.has(thread) ? { thread, readers: [], typing: [] } : { thread, readers: [...readers.values()], typing: this.writers(thread, readers) };
    server.to(rooms.thread(thread)).volatile.emit('presence', presence);
    if (members) return;
    this.typing.delete(thread);
    this.withheld.delete(thread);
  }

  private writers(thread: string, readers: Map<string, PresenceReader>): PresenceReader[] {
    const people = this.typing.get(thread) ?? new Map<string, number>();
    for (const [account, until] of people) if (until < Date.now()) people.delete(account);
    return [...people.keys()].flatMap((account) => readers.get(account) ?? []);
  }
}
