import { load, signIn } from './client.js';
import { makeThread } from './http-scenarios.js';
import { percentile, report, reportBound } from './report.js';
import type { RunningServer } from './server.js';

const PER_SECOND = 20;
const DURATION_MS = 10_000;
const READERS = 2;
const P95_RATIO = 2;

/** Twenty people sign in each second while others read a page of a thread: hashing passwords must not hold anybody up. */
export async function signInScenario(server: RunningServer): Promise<void> {
  const { url } = server;
  const cookie = await signIn(url, 'maire@dakar.demo');
  const thread = await makeThread(url, cookie, 20);
  const read = () => load({ url, path: `/api/threads/${thread}/posts`, headers: { cookie }, concurrency: READERS, durationMs: DURATION_MS });
  await read();
  const alone = percentile((await read()).latenciesMs, 0.95);
  const latencies: number[] = [];
  const pending: Promise<void>[] = [];
  const timer = setInterval(() => {
    const started = performance.now();
    pending.push(signIn(url, 'technique@bangangte.demo').then(() => void latencies.push(performance.now() - started)));
  }, 1_000 / PER_SECOND);
  const meanwhile = percentile((await read()).latenciesMs, 0.95);
  clearInterval(timer);
  await Promise.all(pending);
  report('sign-in', 'sign-ins', latencies.length / (DURATION_MS / 1_000), 'per second', latencies.length);
  report('sign-in', 'sign-in p95', percentile(latencies, 0.95), 'ms', latencies.length);
  report('sign-in', 'posts page p95, alone', alone, 'ms', 1);
  report('sign-in', 'posts page p95, meanwhile', meanwhile, 'ms', 1);
  reportBound('sign-in', 'posts page p95, meanwhile to alone', meanwhile / alone, 'times', 1, { below: P95_RATIO });
}
