import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../api/dist/main.js', import.meta.url));
const START_TIMEOUT_MS = 60_000;

function freePort(): Promise<number> {
  return new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** The product as an operator runs it, with the demonstration data, on a port and in a folder of its own. */
export class Product {
  private child: ChildProcess | null = null;
  readonly folder = mkdtempSync(join(tmpdir(), 'passerelle-e2e-'));

  private constructor(
    readonly port: number,
    private readonly settings: Record<string, string>,
  ) {}

  static async start(settings: Record<string, string> = {}): Promise<Product> {
    const product = new Product(await freePort(), settings);
    await product.up();
    return product;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Starts the server (again) and waits until it is ready. */
  async up(): Promise<void> {
    const child = spawn(process.execPath, [MAIN], {
      env: {
        ...process.env,
        PORT: String(this.port),
        HOST: '127.0.0.1',
        DATA_DIR: join(this.folder, 'data'),
        DEMO: '1',
        RATE_LIMITS: 'off',
        LOG_LEVEL: 'error',
        ...this.settings,
      },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    this.child = child;
    const deadline = Date.now() + START_TIMEOUT_MS;
    while (Date.now() < deadline) {
      if (child.exitCode !== null) throw new Error('The server ended before it was ready');
      if (
        await fetch(`${this.url}/api/ready`).then(
          (answer) => answer.ok,
          () => false,
        )
      )
        return;
      await pause(100);
    }
    throw new Error('The server was not ready in time');
  }

  /** A crash: the process gets no chance to say goodbye. The database outlives it and is adopted by the next start. */
  kill(): Promise<void> {
    return this.end('SIGKILL');
  }

  async down(): Promise<void> {
    await this.end('SIGINT');
    rmSync(this.folder, { recursive: true, force: true });
  }

  private end(signal: NodeJS.Signals): Promise<void> {
    const { child } = this;
    return new Promise((done) => {
      if (!child || child.exitCode !== null || child.signalCode !== null) return done();
      child.once('exit', () => done());
      child.kill(signal);
    });
  }
}
