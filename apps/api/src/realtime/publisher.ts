import { Injectable } from '@nestjs/common';
import type { Activity, ClientToServerEvents, ServerToClientEvents } from '@passerelle/contract';
import type { RemoteSocket, Server, Socket } from 'socket.io';
import { type Actor, canReadThread, isGuest, SessionStore } from '../platform/index.js';
import type { LogRow } from './event-log.js';
import { EventTail } from './event-tail.js';
import { presentEvent } from './event-view.js';
import { EventViews } from './event-views.js';
import { PresenceBoard } from './presence.js';
import { rooms } from './rooms.js';

export interface SocketData {
  actor: Actor;
  token: string;
  watching: Set<string>;
}
type NoEvents = Record<string, never>;
export type LiveServer = Server<ClientToServerEvents, ServerToClientEvents, NoEvents, SocketData>;
export type LiveSocket = Socket<ClientToServerEvents, ServerToClientEvents, NoEvents, SocketData>;
export type LiveRemote = RemoteSocket<ServerToClientEvents, SocketData>;

/** Packets that may wait for one slow socket before it is told to catch up by cursor. */
export const SLOW_SOCKET_PACKETS = 400;
const SWEEP_MS = 250;

/** Emits each fact of the tail to this process's own sockets, to exactly those who may see it at that moment. */
@Injectable()
export class Publisher {
  private server: LiveServer | null = null;
  private sweptAt = 0;

  constructor(
    tail: EventTail,
    private readonly views: EventViews,
    private readonly sessions: SessionStore,
    private readonly presence: PresenceBoard,
  ) {
    tail.subscribe((events) => this.publish(events));
  }

  /** The gateway gives the server once it listens. */
  attach(server: LiveServer): void {
    this.server = server;
  }

  private async publish(events: LogRow[]): Promise<void> {
    for (const event of events) {
      if (event.type === 'session.ended' && event.subject_id) this.sessions.forgetSession(event.subject_id);
      if ((event.type === 'access.changed' || event.type === 'profile.edited') && event.account_id) this.sessions.forgetAccount(event.account_id);
      // Archived or back again: which spaces take words is part of what a session remembers.
      if (event.type === 'space.edited') this.sessions.forgetAll();
    }
    if (!this.server) return;
    // The object is loaded once, and only for facts that somebody here is there to receive.
    const heard = events.filter((event) => this.hasAudience(event));
    const loaded = await this.views.load(heard, null);
    const contents = new Map(heard.map((event, index) => [event.cursor, loaded[index]]));
    for (const event of events) {
      await this.enforce(event);
      await this.emit(event, presentEvent(event, contents.get(event.cursor) ?? { actor: null, data: null }));
    }
    this.sweep();
  }

  private hasAudience({ audience, type, account_id, space_id, thread_id }: LogRow): boolean {
    const ofThread = type.startsWith('thread.') ? [rooms.space(space_id ?? ''), rooms.guests(thread_id ?? '')] : [rooms.thread(thread_id ?? '')];
    const heardIn = { account: [rooms.account(account_id ?? '')], members: [rooms.members], space: [rooms.space(space_id ?? '')], thread: ofThread, none: [] }[audience];
    return heardIn.some((room) => !this.isEmpty(room));
  }

  private isEmpty(room: string): boolean {
    return (this.server?.of('/').adapter.rooms.get(room)?.size ?? 0) === 0;
  }

  /** Rights first: whoever lost them leaves the rooms before this and later facts go out. */
  private async enforce(event: LogRow): Promise<void> {
    if (event.type === 'session.ended' && event.subject_id) this.server?.in(rooms.session(event.subject_id)).disconnectSockets(true);
    if (event.type === 'access.changed' && event.account_id) for (const socket of this.socketsIn(rooms.account(event.account_id))) await this.reseat(socket);
    if ((event.type === 'thread.moved' || event.type === 'thread.merged') && event.thread_id && event.space_id) {
      for (const socket of this.socketsIn(rooms.thread(event.thread_id))) {
        if (!canReadThread(socket.data.actor, { id: event.thread_id, space_id: event.space_id })) this.turnAway(socket, event.thread_id);
      }
    }
  }

  /** Rights of an account changed: seat its socket anew. */
  private async reseat(socket: LiveSocket): Promise<void> {
    const actor = await this.sessions.resolve(socket.data.token);
    if (!actor || actor.factorDue) {
      socket.disconnect(true);
      return;
    }
    const lost = unseat(socket, actor);
    socket.data.actor = actor;
    // Which space a watched thread lies in is not known here; the client watches again what it still may see.
    if (lost) for (const thread of socket.data.watching) this.turnAway(socket, thread);
    seat(socket);
  }

  /** Out of a thread at once; those who stay no longer see a reader there. */
  private turnAway(socket: LiveSocket, thread: string): void {
    leaveThread(socket, thread);
    if (this.server) this.presence.changed(this.server, thread);
  }

  private async emit(event: LogRow, view: ReturnType<typeof presentEvent>): Promise<void> {
    const server = this.server;
    if (!server) return;
    switch (event.audience) {
      case 'account':
        if (event.account_id) server.to(rooms.account(event.account_id)).emit('event', view);
        return;
      case 'members':
        server.to(rooms.members).emit('event', view);
        return;
      case 'space':
        if (event.space_id) server.to(rooms.space(event.space_id)).emit('event', view);
        return;
      case 'thread':
        await this.emitToThread(server, event, view);
        return;
      case 'none':
    }
  }

  /** Watchers get the object; others who may see the space get facts about threads, and a signal for messages. */
  private async emitToThread(server: LiveServer, event: LogRow, view: ReturnType<typeof presentEvent>): Promise<void> {
    const { thread_id: thread, space_id: space } = event;
    if (!thread || !space) return;
    const readers = [rooms.space(space), rooms.guests(thread)];
    if (event.type.startsWith('thread.')) {
      server.to(readers).emit('event', view);
      return;
    }
    // Most messages of a large network find nobody here: nothing is made ready for them.
    if ([rooms.thread(thread), ...readers].every((room) => this.isEmpty(room))) return;
    const own = this.socketsIn(rooms.thread(thread)).filter((socket) => socket.data.actor.personId === event.actor_person_id);
    server.to(rooms.thread(thread)).except(own.map((socket) => socket.id)).emit('event', view);
    const [first] = own;
    if (first) {
      // The author's own devices see the message as theirs.
      const [content] = await this.views.load([event], first.data.actor);
      for (const socket of own) socket.emit('event', presentEvent(event, content ?? { actor: null, data: null }));
    }
    if (event.type === 'post.created') {
      const activity: Activity = { cursor: view.cursor, type: event.type, space, thread, ...(typeof event.detail['position'] === 'number' && { lastPosition: event.detail['position'] }) };
      server.to(readers).except(rooms.thread(thread)).emit('activity', activity);
    }
  }

  private socketsIn(room: string): LiveSocket[] {
    const sockets: LiveSocket[] = [];
    for (const id of this.server?.of('/').adapter.rooms.get(room) ?? []) {
      const socket = this.server?.of('/').sockets.get(id);
      if (socket) sockets.push(socket);
    }
    return sockets;
  }

  /** A socket that reads too slowly is closed: on its return the client catches up from its cursor. */
  private sweep(): void {
    if (!this.server || Date.now() - this.sweptAt < SWEEP_MS) return;
    this.sweptAt = Date.now();
    for (const socket of this.server.of('/').sockets.values()) {
      if (socket.conn.readyState === 'open' && waitingPackets(socket) > SLOW_SOCKET_PACKETS) socket.conn.close(true);
    }
  }
}

const waitingPackets = (socket: LiveSocket) => (socket.conn as unknown as { writeBuffer: unknown[] }).writeBuffer.length;

/** Puts a socket into the rooms of what its actor may see now. */
export function seat(socket: LiveSocket): void {
  const { actor } = socket.data;
  void socket.join([
    rooms.account(actor.accountId),
    rooms.session(actor.sessionId),
    ...actor.spaceIds.map(rooms.space),
    ...actor.threadIds.map(rooms.guests),
    ...(isGuest(actor) ? [] : [rooms.members]),
  ]);
}

/** Takes a socket out of the rooms of what its actor may no longer see. @returns whether spaces or threads are among it. */
export function unseat(socket: LiveSocket, actor: Actor): boolean {
  const spaces = socket.data.actor.spaceIds.filter((id) => !actor.spaceIds.includes(id));
  const threads = socket.data.actor.threadIds.filter((id) => !actor.threadIds.includes(id));
  for (const room of [...spaces.map(rooms.space), ...threads.map(rooms.guests), ...(isGuest(actor) ? [rooms.members] : [])]) void socket.leave(room);
  return spaces.length + threads.length > 0;
}

export function leaveThread(socket: LiveSocket, thread: string): void {
  socket.data.watching.delete(thread);
  void socket.leave(rooms.thread(thread));
}
