import { Agent, request as httpRequest } from 'node:http';
import { v7 as uuid } from 'uuid';
/** Of every demonstration account (contract.md). */
const DEMO_PASSWORD = 'demo-passerelle';

export { uuid };

/** Signs a demonstration account in. @returns the cookie header. */
export async function signIn(url: string, email: string): Promise<string> {
  const response = await fetch(`${url}/api/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password: DEMO_PASSWORD }),
  });
  const [cookie] = response.headers.getSetCookie();
  if (!response.ok || !cookie) throw new Error(`Sign-in failed: ${response.status}`);
  return cookie.split(';')[0] ?? '';
}

export async function call<T>(url: string, path: string, cookie: string, method = 'GET', body?: unknown): Promise<T> {
  const response = await fetch(url + path, {
    method,
    headers: { cookie, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}

export interface LoadResult {
  perSecond: number;
  latenciesMs: number[];
  failures: number;
}

interface LoadOptions {
  url: string;
  path: string;
  headers: Record<string, string>;
  method?: string;
  /** A new body for each request. */
  body?: () => string;
  concurrency: number;
  durationMs: number;
}

/** Sends requests over kept-alive connections, each as soon as its predecessor is answered, for a bounded time. */
export async function load({ url, path, headers, method = 'GET', body, concurrency, durationMs }: LoadOptions): Promise<LoadResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: concurrency });
  const { hostname, port } = new URL(url);
  const latenciesMs: number[] = [];
  let failures = 0;
  const once = (): Promise<void> =>
    new Promise((done) => {
      const content = body?.();
      const started = performance.now();
      const request = httpRequest(
        {
          hostname,
          port,
          path,
          method,
          agent,
          headers: {
            ...headers,
            ...(content !== undefined && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(content) }),
          },
        },
        (response) => {
          response.resume();
          response.once('end', () => {
            latenciesMs.push(performance.now() - started);
            if ((response.statusCode ?? 500) >= 400) failures++;
            done();
          });
        },
      );
      request.once('error', () => (failures++, done()));
      request.end(content);
    });
  const until = performance.now() + durationMs;
  const started = performance.now();
  await Promise.all(
    Array.from({ length: concurrency }, async () => {
      while (performance.now() < until) await once();
    }),
  );
  const seconds = (performance.now() - started) / 1_000;
  agent.destroy();
  return { perSecond: latenciesMs.length / seconds, latenciesMs, failures };
}
