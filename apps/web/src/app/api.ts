import type { Problem, ProblemCode } from '@passerelle/contract';
import { isTaken } from './owner';

/** The server said no, and why. */
export class ApiProblem extends Error {
  readonly code: ProblemCode;
  readonly errors: { path: string; message: string }[];
  readonly params: Record<string, unknown>;

  constructor(
    readonly status: number,
    problem: Partial<Problem>,
    readonly retryAfterS: number | undefined,
  ) {
    super(problem.code ?? `status ${status}`);
    this.code = problem.code ?? 'internal';
    this.errors = problem.errors ?? [];
    this.params = problem.params ?? {};
  }
}

/** No answer came: the network is away or broke off. */
export class NetworkFailure extends Error {}

type VersionListener = (version: string) => void;
let firstVersion: string | undefined;
const versionListeners = new Set<VersionListener>();

/** Told when the server answers with another version than the one this page was loaded from. */
export function onNewVersion(listener: VersionListener): () => void {
  versionListeners.add(listener);
  return () => versionListeners.delete(listener);
}

export function noteVersion(version: string | null): void {
  if (!version) return;
  firstVersion ??= version;
  if (version !== firstVersion) for (const listener of versionListeners) listener(version);
}

const TIMEOUT_MS = 30_000;

/** A body is sent as JSON, a file as it is under its own type. What `signal` calls off ends without an answer. @throws ApiProblem for an answer that is no success, NetworkFailure when there was none. */
export async function request<T>(method: string, path: string, body?: unknown, signal = AbortSignal.timeout(TIMEOUT_MS)): Promise<T> {
  // The cookie is somebody else's now: what was written here must not leave under their name.
  if (method !== 'GET' && isTaken()) throw new ApiProblem(401, { code: 'unauthenticated' }, undefined);
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      credentials: 'same-origin',
      signal,
      ...(body instanceof Blob
        ? { headers: { 'content-type': body.type }, body }
        : body !== undefined && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
  } catch (cause) {
    throw new NetworkFailure('no answer', { cause });
  }
  noteVersion(response.headers.get('x-passerelle-version'));
  if (response.status === 204) return undefined as T;
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  // A proxy's own error page is no JSON; its status still says enough.
  const content: unknown = isJson ? await response.json().catch(() => ({})) : {};
  if (response.ok) return content as T;
  throw new ApiProblem(response.status, content as Partial<Problem>, Number(response.headers.get('retry-after')) || undefined);
}

export const api = {
  get: <T>(path: string, signal?: AbortSignal) => request<T>('GET', path, undefined, signal),
  post: <T>(path: string, body: unknown = {}) => request<T>('POST', path, body),
  put: <T>(path: string, body: unknown = {}) => request<T>('PUT', path, body),
  patch: <T>(path: string, body: unknown) => request<T>('PATCH', path, body),
  delete: <T>(path: string) => request<T>('DELETE', path),
};

/** `/api/x?…` without the empty parameters; several values repeat their name. */
export function withQuery(path: string, params: Record<string, string | number | string[] | undefined | null>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    for (const one of Array.isArray(value) ? value : [value])
      if (one !== undefined && one !== null && one !== '') query.append(name, String(one));
  }
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}
