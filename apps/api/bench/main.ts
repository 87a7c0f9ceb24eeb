import 'reflect-metadata';
import { setTimeout as pause } from 'node:timers/promises';
import { authorisationScenario } from './authorisation-scenario.js';
import { httpScenarios } from './http-scenarios.js';
import { fanOut, socketMemory } from './live-scenarios.js';
import { practiceScenarios } from './practice-scenarios.js';
import { boundsAreKept, printTable, report } from './report.js';
import { searchLoad } from './search-load.js';
import { searchQuality } from './search-quality.js';
import { signInScenario } from './sign-in-scenario.js';
import { makeFolder, residentBytes, shareOfTree, startServer } from './server.js';

const SCENARIOS = ['start', 'posts-page', 'thread-list', 'reply', 'fan-out-200', 'fan-out-1000', 'socket-memory', 'practices', 'authorisation', 'sign-in', 'search-quality', 'search'];
const SETTLE_MS = 3_000;

/** Runs the scenarios named on the command line, or all of them. */
async function main(names: string[]): Promise<void> {
  const unknown = names.filter((name) => !SCENARIOS.includes(name));
  if (unknown.length > 0) throw new Error(`Unknown scenario ${unknown.join(', ')}; there are: ${SCENARIOS.join(', ')}`);
  const wanted = (name: string) => names.length === 0 || names.includes(name);
  const folder = makeFolder();
  let server = await startServer(folder.path);
  try {
    if (wanted('start')) {
      report('start', 'first start with demonstration data', server.startMs, 'ms', 1);
      await server.stop();
      server = await startServer(folder.path);
      report('start', 'second start', server.startMs, 'ms', 1);
      await pause(SETTLE_MS);
      report('start', 'resident, server', residentBytes(server.pid) / 1e6, 'MB', 1);
      report('start', 'proportional share, database', shareOfTree(server.postgresPid) / 1e6, 'MB', 1);
    }
    if (['posts-page', 'thread-list', 'reply'].some(wanted)) await httpScenarios(server, wanted);
    if (wanted('search-quality')) await searchQuality(server);
    if (wanted('authorisation')) await authorisationScenario(server);
    if (wanted('sign-in')) await signInScenario(server);
    if (wanted('practices')) await practiceScenarios(server);
    for (const count of [200, 1000]) if (wanted(`fan-out-${count}`)) await fanOut(server, count);
    if (wanted('socket-memory')) {
      // A fresh process: what the load before has left in the heap must not hide or fake growth.
      await server.stop();
      server = await startServer(folder.path);
      await socketMemory(server);
    }
  } finally {
    await server.stop();
    folder.remove();
  }
  if (wanted('search')) await searchLoad();
  printTable();
}

await main(process.argv.slice(2));
process.exit(boundsAreKept() ? 0 : 1);
