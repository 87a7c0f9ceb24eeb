import type { Activity, ClientToServerEvents, EventsPage, EventView, Presence, ServerToClientEvents } from '@passerelle/contract';
import type { Socket } from 'socket.io-client';
import { ApiProblem, api, noteVersion, withQuery } from '../app/api';
import { connectionBack, connectionLost } from './connection';
import { setConnected, takePresentCursor } from './present-cursor';

/** `caughtUp` facts were made for this reader (own marks are right); live ones for everybody. */
export type FactHandler = (event: EventView, source: 'live' | 'catch-up') => void;

export interface LiveHandlers {
  onEvent: FactHandler;
  onActivity: (activity: Activity) => void;
  /** The log no longer goes back to the cursor: everything shown must be asked anew. */
  onReset: () => void;
  onSessionEnded: () => void;
  onOnline: () => void;
}

type LiveSocket = Socket<ServerToClientEvents, ClientToServerEvents>;
const PAGE = 200;
const RETRY_MS = 3_000;

/** One connection to the event log: live facts by socket, what was missed by cursor, each fact once and in order. */
export class LiveClient {
  private socket: LiveSocket | null = null;
  private cursor: string | null = null;
  private catchingUp = false;
  private queue: EventView[] = [];
  private readonly watched = new Map<string, number>();
  private readonly presenceListeners = new Set<(presence: Presence) => void>();
  private stopped = false;
  private retry: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly handlers: LiveHandlers) {}

  /** Takes the present cursor before anything else is read, so that no fact between reading and connecting is missed. */
  async start(): Promise<void> {
    setConnected(true);
    window.addEventListener('offline', connectionLost);
    window.addEventListener('online', this.online);
    await this.takePresentCursor();
    const { io } = await import('socket.io-client');
    if (this.stopped) return;
    const socket: LiveSocket = io({ transports: ['websocket', 'polling'], reconnectionDelay: 500, reconnectionDelayMax: 10_000 });
    this.socket = socket;
    socket.on('welcome', (hello) => {
      noteVersion(hello.version);
      connectionBack();
      for (const thread of this.watched.keys()) socket.emit('watch', { thread }, () => undefined);
      void this.catchUp().then(this.handlers.onOnline);
    });
    socket.on('event', (event) => this.receive(event));
    socket.on('activity', (activity) => {
      if (!this.isNewer(activity.cursor)) return;
      this.handlers.onActivity(activity);
    });
    socket.on('presence', (presence) => {
      for (const listener of this.presenceListeners) listener(presence);
    });
    socket.on('disconnect', (reason) => {
      if (this.stopped) return;
      connectionLost();
      // The server closes a socket when its session ends; if it has not, we come back.
      if (reason === 'io server disconnect') {
        this.handlers.onSessionEnded();
        this.later(() => socket.connect(), RETRY_MS);
      }
    });
    socket.on('connect_error', (error) => {
      connectionLost();
      const ended = (error as Error & { data?: { code?: string } }).data?.code === 'unauthenticated';
      if (ended) this.handlers.onSessionEnded();
      // A refusal by the server (session, database away) ends socket.io's own attempts.
      if (!socket.active) this.later(() => socket.connect(), ended ? RETRY_MS * 3 : RETRY_MS);
    });
  }

  stop(): void {
    this.stopped = true;
    setConnected(false);
    clearTimeout(this.retry);
    window.removeEventListener('offline', connectionLost);
    window.removeEventListener('online', this.online);
    this.socket?.disconnect();
    connectionBack();
  }

  /** Several screens may watch the same thread; it is left when the last of them goes. */
  watch(thread: string): () => void {
    this.watched.set(thread, (this.watched.get(thread) ?? 0) + 1);
    if (this.watched.get(thread) === 1) this.socket?.emit('watch', { thread }, () => undefined);
    return () => {
      const left = (this.watched.get(thread) ?? 1) - 1;
      if (left > 0) return void this.watched.set(thread, left);
      this.watched.delete(thread);
      this.socket?.emit('unwatch', { thread });
    };
  }

  typing(thread: string): void {
    this.socket?.volatile.emit('typing', { thread });
  }

  onPresence(listener: (presence: Presence) => void): () => void {
    this.presenceListeners.add(listener);
    return () => this.presenceListeners.delete(listener);
  }

  private readonly online = () => {
    this.socket?.connect();
    this.handlers.onOnline();
  };

  private later(work: () => void, pauseMs: number): void {
    clearTimeout(this.retry);
    if (!this.stopped) this.retry = setTimeout(work, pauseMs);
  }

  private async takePresentCursor(): Promise<void> {
    try {
      this.cursor = (await takePresentCursor()).cursor;
    } catch {
      // Without a cursor the first catch-up takes the present one and resets what is shown.
      this.cursor = null;
    }
  }

  private isNewer(cursor: string): boolean {
    return this.cursor === null || Number(cursor) > Number(this.cursor);
  }

  private receive(event: EventView): void {
    if (this.catchingUp) {
      this.queue.push(event);
      return;
    }
    this.apply(event, 'live');
  }

  private apply(event: EventView, source: 'live' | 'catch-up'): void {
    if (!this.isNewer(event.cursor)) return;
    this.cursor = event.cursor;
    this.handlers.onEvent(event, source);
  }

  /** Reads from the cursor until there is no more, then what arrived meanwhile. */
  private async catchUp(): Promise<void> {
    if (this.catchingUp) return;
    this.catchingUp = true;
    try {
      if (this.cursor === null) {
        await this.takePresentCursor();
        this.handlers.onReset();
      } else {
        await this.readFromCursor();
      }
    } catch (error) {
      if (error instanceof ApiProblem && (error.code === 'cursor-expired' || error.code === 'cursor-invalid')) {
        await this.takePresentCursor();
        this.handlers.onReset();
      } else {
        this.later(() => void this.catchUp(), RETRY_MS);
      }
    } finally {
      this.catchingUp = false;
      const queue = this.queue;
      this.queue = [];
      for (const event of queue) this.apply(event, 'live');
    }
  }

  private async readFromCursor(): Promise<void> {
    for (let more = true; more;) {
      const page = await api.get<EventsPage>(withQuery('/api/events', { since: this.cursor ?? '0', limit: PAGE }));
      for (const event of page.items) this.apply(event, 'catch-up');
      if (this.isNewer(page.cursor)) this.cursor = page.cursor;
      more = page.more;
    }
  }
}
