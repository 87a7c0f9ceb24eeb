// Watch mode: the server is compiled and restarted when its sources change, the web client reloads by itself.
import { spawn } from 'node:child_process';
import { watch } from 'node:fs';
import { bootstrap, build, root } from './bootstrap.mjs';

// Editors write a file in several steps: wait until they are done.
const SETTLE_MS = 150;
const PACKAGES = ['libs/contract', 'libs/text', 'libs/search', 'apps/api'];

bootstrap();
build();
const bin = (name) => `${root}/node_modules/.bin/${name}`;
const start = (command, args, cwd = root) => spawn(command, args, { cwd, stdio: 'inherit', shell: process.platform === 'win32' });

/** Compiles one package after each change of its sources, one run at a time. */
function compileOnChange(folder) {
  let timer;
  let running = false;
  const compile = () => {
    if (running) return void (timer = setTimeout(compile, SETTLE_MS));
    running = true;
    const args = ['src', '-d', 'dist', '--strip-leading-paths', '--config-file', `${root}/.swcrc`];
    start(bin('swc'), args, `${root}/${folder}`).on('exit', () => (running = false));
  };
  return watch(`${root}/${folder}/src`, { recursive: true }, () => {
    clearTimeout(timer);
    timer = setTimeout(compile, SETTLE_MS);
  });
}

const watchers = PACKAGES.map(compileOnChange);
const watched = PACKAGES.map((folder) => `--watch-path=${folder}/dist`);
const children = [
  start(process.execPath, [...watched, '--watch-preserve-output', 'apps/api/dist/main.js']),
  start(bin('vite'), [], `${root}/apps/web`),
];
const stop = () => {
  for (const watcher of watchers) watcher.close();
  for (const child of children) child.kill('SIGINT');
};
process.on('SIGINT', stop);
process.on('SIGTERM', stop);
