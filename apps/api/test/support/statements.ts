import { EventTail } from '../../src/realtime/index.js';
import { LiveIndex } from '../../src/search/index.js';
import type { TestApp } from './app.js';

// What runs behind a request (tail, search index) is not the request's.
const isBackground = (text: string) => /search_|FROM event|pg_notify/.test(text);

/** How many statements `run` sends. */
export async function countStatements(app: TestApp, run: () => Promise<unknown>): Promise<number> {
  await app.app.get(EventTail).settled();
  await app.app.get(LiveIndex).settled();
  let count = 0;
  app.database.observer = (text) => void (isBackground(text) || count++);
  await run();
  app.database.observer = null;
  return count;
}
