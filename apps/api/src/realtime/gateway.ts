import { Inject, Logger } from '@nestjs/common';
import { ConnectedSocket, MessageBody, type OnGatewayConnection, type OnGatewayDisconnect, type OnGatewayInit, SubscribeMessage, WebSocketGateway, WebSocketServer } from '@nestjs/websockets';
import { Id, type WatchResult } from '@passerelle/contract';
import { ENV, type Env, isDatabaseUnavailable, SESSION_COOKIE, SessionStore } from '../platform/index.js';
import { VERSION } from '../platform/version.js';
import { EventTail } from './event-tail.js';
import { PresenceBoard } from './presence.js';
import { leaveThread, type LiveServer, type LiveSocket, Publisher, seat, unseat } from './publisher.js';
import { rooms } from './rooms.js';
import { ThreadAccess } from './thread-access.js';

/** Threads that one socket may watch at a time. */
const WATCHED_MAX = 50;

/** A refused handshake, with the code that the client reads in `connect_error.data`. */
function refusal(code: 'unauthenticated' | 'second-factor-demanded' | 'unavailable'): Error {
  return Object.assign(new Error(code), { data: { code } });
}

function sessionToken(cookies: string | undefined): string | undefined {
  for (const pair of (cookies ?? '').split(/; */)) {
    const [name, value] = pair.split('=', 2);
    if (name === SESSION_COOKIE) return value;
  }
  return undefined;
}

@WebSocketGateway({ serveClient: false, perMessageDeflate: false, maxHttpBufferSize: 10_000, pingInterval: 25_000, pingTimeout: 20_000, allowUpgrades: true })
export class LiveGateway implements OnGatewayInit, OnGatewayConnection, OnGatewayDisconnect {
  @WebSocketServer() private readonly server!: LiveServer;
  private readonly logger = new Logger(LiveGateway.name);

  constructor(
    private readonly sessions: SessionStore,
    private readonly tail: EventTail,
    private readonly publisher: Publisher,
    private readonly presence: PresenceBoard,
    private readonly access: ThreadAccess,
    @Inject(ENV) private readonly env: Env,
  ) {}

  afterInit(server: LiveServer): void {
    this.publisher.attach(server);
    server.use((socket, next) => {
      this.authenticate(socket).then(
        () => next(),
        (error: unknown) => next(error instanceof Error ? error : refusal('unavailable')),
      );
    });
  }

  private async authenticate(socket: LiveSocket): Promise<void> {
    const { origin, host, cookie } = socket.handshake.headers;
    // A page of another site could open a socket with the visitor's cookie; programs send no Origin.
    if (origin && !isOwnOrigin(origin, host, this.env.publicUrl)) throw refusal('unauthenticated');
    const token = sessionToken(cookie);
    try {
      const actor = token ? await this.sessions.resolve(token) : null;
      if (!actor || !token) throw refusal('unauthenticated');
      if (actor.factorDue) throw refusal('second-factor-demanded');
      socket.data = { actor, token, watching: new Set() };
    } catch (error) {
      if (!isDatabaseUnavailable(error)) throw error;
      this.logger.warn('A socket was refused while the database is away');
      throw refusal('unavailable');
    }
  }

  async handleConnection(socket: LiveSocket): Promise<void> {
    seat(socket);
    // Rights may have changed between the handshake and the seat; resolve() is from memory when they have not.
    const actor = await this.sessions.resolve(socket.data.token);
    if (!actor || actor.factorDue) {
      socket.disconnect(true);
      return;
    }
    if (actor !== socket.data.actor) {
      unseat(socket, actor);
      socket.data.actor = actor;
      seat(socket);
    }
    socket.emit('welcome', { cursor: String(this.tail.position), version: VERSION });
  }

  handleDisconnect(socket: LiveSocket): void {
    for (const thread of socket.data.watching) this.presence.changed(this.server, thread);
  }

  @SubscribeMessage('watch')
  async watch(@ConnectedSocket() socket: LiveSocket, @MessageBody() body: unknown): Promise<WatchResult> {
    const thread = threadOf(body);
    if (!thread) return { ok: false, code: 'invalid-input' };
    if (socket.data.watching.size >= WATCHED_MAX) return { ok: false, code: 'rate-limited' };
    // Joined first, left again when refused: no fact between the check and the join can be missed or leak, because a
    // fact that takes the right away is enforced on the members of the room.
    try {
      const before = socket.data.actor;
      const found = await this.access.find(before, thread);
      if (!found) return { ok: false, code: 'not-found' };
      if (!found.namesShown) this.presence.withhold(thread);
      void socket.join(rooms.thread(thread));
      socket.data.watching.add(thread);
      if (!(await this.access.find(socket.data.actor, thread))) {
        leaveThread(socket, thread);
        return { ok: false, code: 'not-found' };
      }
    } catch (error) {
      if (!isDatabaseUnavailable(error)) throw error;
      leaveThread(socket, thread);
      return { ok: false, code: 'unavailable' };
    }
    this.presence.changed(this.server, thread);
    return { ok: true, cursor: String(this.tail.position) };
  }

  @SubscribeMessage('unwatch')
  unwatch(@ConnectedSocket() socket: LiveSocket, @MessageBody() body: unknown): WatchResult {
    const thread = threadOf(body);
    if (!thread) return { ok: false, code: 'invalid-input' };
    leaveThread(socket, thread);
    this.presence.changed(this.server, thread);
    return { ok: true, cursor: String(this.tail.position) };
  }

  @SubscribeMessage('typing')
  typing(@ConnectedSocket() socket: LiveSocket, @MessageBody() body: unknown): void {
    const thread = threadOf(body);
    if (thread && socket.data.watching.has(thread)) this.presence.typed(this.server, socket, thread);
  }
}

function threadOf(body: unknown): string | null {
  const parsed = Id.safeParse((body as { thread?: unknown } | null)?.thread);
  return parsed.success ? parsed.data : null;
}

/** Same host as the request, or the public address behind a proxy. */
export function isOwnOrigin(origin: string, host: string | undefined, publicUrl: string): boolean {
  return origin === publicUrl || (URL.canParse(origin) && new URL(origin).host === host);
}
