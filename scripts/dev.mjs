// Watch mode: the server restarts when its build changes, the web client reloads by itself.
import { spawn } from 'node:child_process';
import { bootstrap, build, root } from './bootstrap.mjs';

bootstrap();
build();
const bin = (name) => `${root}/node_modules/.bin/${name}`;
const start = (command, args, cwd = root) => spawn(command, args, { cwd, stdio: 'inherit' });
const children = [
  ...['libs/contract', 'libs/text', 'apps/api'].map((folder) =>
    start(bin('swc'), ['src', '-d', 'dist', '--strip-leading-paths', '--config-file', `${root}/.swcrc`, '--watch'], `${root}/${folder}`),
  ),
  start(process.execPath, ['--watch-path=apps/api/dist', '--watch-path=libs', '--watch-preserve-output', 'apps/api/dist/main.js']),
  start(bin('vite'), [], `${root}/apps/web`),
];
const stop = () => {
  for (const child of children) child.kill('SIGINT');
};
process.on('SIGINT', stop);
process.on('SIGTERM', stop);
