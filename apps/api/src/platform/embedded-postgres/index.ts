import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { type Binaries, grantTraversal, loadBinaries, runsAsRoot, UNPRIVILEGED_ID } from './binaries.js';

export interface EmbeddedPostgres {
  url: string;
  pid: number;
  /** False when it ran already and was adopted. */
  started: boolean;
  stop(): Promise<void>;
}

interface State {
  port: number;
  password: string;
}

const USER = 'passerelle';
const DATABASE = 'passerelle';
const START_TIMEOUT_MS = 30_000;
const STOP_TIMEOUT_MS = 20_000;
const RETRY_MS = 100;
// Small: the whole product stays under 250 MB at rest. jit costs more than it gains on short statements.
const SETTINGS = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'jit=off',
  'shared_buffers=64MB',
  'max_connections=60',
  'work_mem=8MB',
  'max_wal_size=512MB',
  'log_min_messages=fatal',
  'log_timezone=UTC',
  'timezone=UTC',
];
const run = promisify(execFile);

/**
 * Starts the real PostgreSQL under `dataDir`, creating it the first time, or adopts one that still runs there after its
 * parent was killed. Works as root (under another identity) and as an ordinary user.
 * @returns the address of database "passerelle" on a loopback port of its own.
 */
export async function startEmbeddedPostgres({ dataDir }: { dataDir: string }): Promise<EmbeddedPostgres> {
  const home = resolve(dataDir);
  const folder = join(home, 'postgres');
  mkdirSync(home, { recursive: true });
  const binaries = await loadBinaries();
  if (runsAsRoot()) for (const path of [home, binaries.postgres]) grantTraversal(path);
  const statePath = join(home, 'postgres.json');
  let state = readState(statePath);
  if (!state || !existsSync(join(folder, 'PG_VERSION'))) {
    state = { port: await freePort(), password: randomBytes(24).toString('base64url') };
    await createCluster(binaries, home, folder, state.password);
    saveState(statePath, state);
  }
  const started = !(await answers(state));
  if (started) {
    if (!(await isFree(state.port)) && !isAlive(postmasterPid(folder))) {
      state = { ...state, port: await freePort() };
      saveState(statePath, state);
    }
    await launch(binaries, home, folder, state);
  }
  await ensureDatabase(state);
  const pid = postmasterPid(folder);
  return { url: urlOf(state, DATABASE), pid, started, stop: () => stop(pid) };
}

const identity = () => (runsAsRoot() ? { uid: UNPRIVILEGED_ID, gid: UNPRIVILEGED_ID } : {});
const urlOf = (state: State, database: string) => `postgres://${USER}:${state.password}@127.0.0.1:${state.port}/${database}`;

function readState(path: string): State | null {
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as State) : null;
}

function saveState(path: string, state: State): void {
  writeFileSync(`${path}.part`, JSON.stringify(state), { mode: 0o600 });
  renameSync(`${path}.part`, path);
}

async function createCluster(binaries: Binaries, home: string, folder: string, password: string): Promise<void> {
  // A creation that was cut off left half a cluster without the state file: nothing in it can be of value.
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { mode: 0o700 });
  const passwordFile = join(home, 'postgres.password');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (runsAsRoot()) for (const path of [folder, passwordFile]) chownSync(path, UNPRIVILEGED_ID, UNPRIVILEGED_ID);
  try {
    await run(
      binaries.initdb,
      [
        '-D',
        folder,
        '-U',
        USER,
        '-E',
        'UTF8',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--locale=C',
        '--auth=scram-sha-256',
        `--pwfile=${passwordFile}`,
      ],
      { ...identity(), cwd: folder, env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C' } },
    );
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

/** Starts the server and waits for a real connection; a lock file left by a kill is met by trying again for some seconds. */
async function launch(binaries: Binaries, home: string, folder: string, state: State): Promise<void> {
  const logPath = join(home, 'postgres.log');
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (Date.now() < deadline) {
    dropForeignLock(folder);
    const log = openSync(logPath, 'w');
    // A group of its own: Ctrl-C in the terminal must reach the server only after the application has finished.
    const child = spawn(binaries.postgres, ['-D', folder, '-p', String(state.port), ...SETTINGS.flatMap((setting) => ['-c', setting])], {
      ...identity(),
      cwd: folder,
      detached: true,
      stdio: ['ignore', log, log],
      env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C' },
    });
    closeSync(log);
    child.unref();
    let exited = false;
    child.once('exit', () => (exited = true));
    child.once('error', () => (exited = true));
    while (!exited && Date.now() < deadline) {
      if (await answers(state)) return;
      await pause(RETRY_MS);
    }
    await pause(RETRY_MS * 5);
  }
  throw new Error(`The embedded PostgreSQL did not start; see ${logPath}:\n${readFileSync(logPath, 'utf8').slice(-2_000)}`);
}

async function answers(state: State): Promise<boolean> {
  const client = new pg.Client({ connectionString: urlOf(state, 'postgres'), connectionTimeoutMillis: 2_000 });
  try {
    await client.connect();
    await client.query('SELECT 1');
    return true;
  } catch {
    // Not yet, not any more, or somebody else's: the caller decides.
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function ensureDatabase(state: State): Promise<void> {
  const client = new pg.Client({ connectionString: urlOf(state, 'postgres') });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`);
  } finally {
    await client.end();
  }
}

/** Process id in the lock file; 0 when there is none. */
function postmasterPid(folder: string): number {
  const path = join(folder, 'postmaster.pid');
  return existsSync(path) ? Number(readFileSync(path, 'utf8').split('\n', 1)[0]) : 0;
}

/**
 * After a restart of the machine or container the number in the lock file may belong to another program of the same user:
 * PostgreSQL would refuse to start for ever. Only where the system tells what that program is.
 */
function dropForeignLock(folder: string): void {
  const pid = postmasterPid(folder);
  const description = `/proc/${pid}/cmdline`;
  if (isAlive(pid) && existsSync(description) && !readFileSync(description, 'utf8').includes('postgres'))
    rmSync(join(folder, 'postmaster.pid'));
}

function isAlive(pid: number): boolean {
  if (pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Fast shutdown: sessions are ended, everything is written, the lock file goes. */
async function stop(pid: number): Promise<void> {
  if (!isAlive(pid)) return;
  process.kill(pid, 'SIGINT');
  const deadline = Date.now() + STOP_TIMEOUT_MS;
  while (isAlive(pid) && Date.now() < deadline) await pause(RETRY_MS);
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer()
      .once('error', fail)
      .listen(0, '127.0.0.1', () => {
        const address = server.address();
        server.close(() => done(typeof address === 'object' && address ? address.port : 0));
      });
  });
}

function isFree(port: number): Promise<boolean> {
  return new Promise((done) => {
    const server = createServer()
      .once('error', () => done(false))
      .listen(port, '127.0.0.1', () => server.close(() => done(true)));
  });
}
