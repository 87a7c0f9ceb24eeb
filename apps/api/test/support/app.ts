import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { ClientToServerEvents, EventView, ServerToClientEvents } from '@passerelle/contract';
import { io, type Socket } from 'socket.io-client';
import { createApp } from '../../src/create-app.js';
import { applicationUrl } from '../../src/platform/database/application-role.js';
import { Database } from '../../src/platform/index.js';
import { parseEnv } from '../../src/platform/env.js';
import { createTestDatabase } from './postgres.js';

export interface Answer {
  status: number;
  // Tests look into answers of every shape; what they expect is written beside.
  json: Record<string, never> & { code?: string; errors?: { path: string; message: string }[] };
  text: string;
  headers: Headers;
}

export type TestSocket = Socket<ServerToClientEvents, ClientToServerEvents>;

/** A running server over a database of its own. */
export class TestApp {
  private readonly sockets: TestSocket[] = [];

  private constructor(
    readonly app: NestFastifyApplication,
    readonly url: string,
    readonly databaseUrl: string,
    readonly dataDir: string,
    private readonly drop: () => Promise<void>,
  ) {}

  static async start(settings: Record<string, string> = {}, databaseUrl?: string): Promise<TestApp> {
    const database = databaseUrl ? { url: databaseUrl, drop: async () => undefined } : await createTestDatabase();
    const dataDir = mkdtempSync(join(tmpdir(), 'passerelle-app-'));
    const env = parseEnv({
      DATA_DIR: dataDir,
      PORT: '0',
      RATE_LIMITS: 'off',
      LOG_LEVEL: 'silent',
      DATABASE_URL: database.url,
      ...settings,
    });
    const app = await createApp(env, applicationUrl(database.url));
    await app.listen(0, '127.0.0.1');
    const address = app.getHttpServer().address();
    const port = typeof address === 'object' && address ? address.port : 0;
    return new TestApp(app, `http://127.0.0.1:${port}`, database.url, dataDir, database.drop);
  }

  get database(): Database {
    return this.app.get(Database);
  }

  async call(
    method: string,
    path: string,
    { cookie, body, headers }: { cookie?: string; body?: unknown; headers?: Record<string, string> } = {},
  ): Promise<Answer> {
    const raw = typeof body === 'string';
    const response = await fetch(this.url + path, {
      method,
      redirect: 'manual',
      headers: { ...(cookie && { cookie }), ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: raw ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    return { status: response.status, text, headers: response.headers, json: isJson ? JSON.parse(text) : {} };
  }

  /** A connected socket of the session, with all facts that it got. @throws the connect_error. */
  async socket(cookie?: string): Promise<{ socket: TestSocket; events: EventView[] }> {
    const socket: TestSocket = io(this.url, {
      ...(cookie && { extraHeaders: { cookie } }),
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
    });
    this.sockets.push(socket);
    const events: EventView[] = [];
    socket.on('event', (event) => events.push(event));
    await new Promise<void>((done, fail) => {
      socket.once('welcome', () => done());
      socket.once('connect_error', fail);
    });
    return { socket, events };
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.disconnect();
    await this.app.close();
    await this.drop();
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}

const POLL_MS = 20;

/** Waits for a fact, not for a time. @throws when it has not come after ten seconds. */
export async function until<T>(
  look: () => T | undefined | false | null | Promise<T | undefined | false | null>,
  what = 'the expected fact',
): Promise<T> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > deadline) throw new Error(`Waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
