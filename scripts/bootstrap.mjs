// Installs what is missing; depends on nothing that npm installs, so that it works on a fresh clone.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const stamp = (name) => join(root, 'node_modules', `.passerelle-${name}`);
const OLDEST = [20, 19];
const PARENT_CHECK_MS = 500;

/** Runs a program with the terminal of this one; ends the process with its status when it fails. */
export function run(command, args, options = {}) {
  const { status, signal } = spawnSync(command, args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32', ...options });
  if (status !== 0) process.exit(signal ? 1 : (status ?? 1));
}

/** npm install, only when the lock file changed since the last one. */
export function bootstrap() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
    console.error(`Passerelle needs Node.js ${OLDEST.join('.')} or newer; this is ${process.versions.node}.`);
    process.exit(1);
  }
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stamp('lock')) && readFileSync(stamp('lock'), 'utf8') === lock) return;
  console.log('Installing dependencies…');
  // One dependency reports each installation to its maker unless told not to.
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { env: { ...process.env, SCARF_ANALYTICS: 'false' } });
  writeFileSync(stamp('lock'), lock);
}

const SOURCES = [
  'libs/contract/src',
  'libs/search/src',
  'libs/text/src',
  'apps/api/src',
  'apps/api/bench',
  'apps/web/src',
  'apps/web/public',
  'apps/web/index.html',
  'apps/web/vite.config.ts',
  '.swcrc',
  'package-lock.json',
];
const PRODUCTS = ['libs/contract/dist/index.js', 'libs/text/dist/index.js', 'libs/search/dist/index.js', 'apps/api/dist/main.js', 'apps/web/dist/index.html'];

function filesUnder(path) {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) => filesUnder(join(path, entry.name)));
}

/** Name, size and date of every source: cheap, and different after any change. */
function sourceState() {
  const hash = createHash('sha256');
  for (const file of SOURCES.flatMap((source) => filesUnder(join(root, source)))) {
    const { size, mtimeMs } = statSync(file);
    hash.update(`${file} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

/** Builds libraries, server and web client when a source changed since the last build. */
export function build() {
  const state = sourceState();
  const built = PRODUCTS.every((product) => existsSync(join(root, product)));
  if (built && existsSync(stamp('build')) && readFileSync(stamp('build'), 'utf8') === state) return;
  console.log('Building…');
  nx('build');
  mkdirSync(dirname(stamp('build')), { recursive: true });
  writeFileSync(stamp('build'), state);
}

/** Runs one target of all projects. */
export function nx(target) {
  run(process.execPath, [join(root, 'node_modules/nx/dist/bin/nx.js'), 'run-many', '-t', target, '--output-style=static'], {
    env: { ...process.env, NX_DAEMON: 'false', NX_NO_CLOUD: 'true' },
  });
}

/** Runs a long program in the foreground: signals reach it, and this process ends with its status. */
export function supervise(args, env = {}) {
  const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } });
  // Ctrl-C reaches the child by the terminal; a signal sent to this process alone is passed on.
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
  // npm hands a signal to its shell, which dies without passing it on: an orphan of `npm start` stops in good order, too.
  if (process.env.npm_lifecycle_event) stopWithParent(child);
}

function stopWithParent(child) {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    child.kill('SIGTERM');
  }, PARENT_CHECK_MS);
}
