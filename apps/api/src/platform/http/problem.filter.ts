import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Inject } from '@nestjs/common';
import type { Problem, ProblemCode } from '@passerelle/contract';
import { DomainError } from '../errors.js';
import { JsonLogger } from '../log/json-logger.js';

interface Reply {
  status(code: number): Reply;
  header(name: string, value: string): Reply;
  send(body: unknown): void;
  sent: boolean;
}

const titles: Partial<Record<ProblemCode, string>> = {
  'invalid-input': 'The request is not valid.',
  unauthenticated: 'Sign in first.',
  forbidden: 'This is not allowed.',
  'not-found': 'Nothing is here.',
  'id-reused': 'This identifier was used for other content.',
  'stale-version': 'This was changed by someone else in the meantime.',
  'thread-closed': 'This thread is closed.',
  'rate-limited': 'Too many requests.',
  unavailable: 'The service is briefly unavailable; nothing was lost.',
  internal: 'Something went wrong.',
};
const codeOfStatus: Record<number, ProblemCode> = {
  400: 'malformed-json',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not-found',
  405: 'method-not-allowed',
  413: 'too-large',
  415: 'unsupported-type',
  429: 'rate-limited',
  503: 'unavailable',
};
// Class 08: connection; 57P: the server shuts down; 53: out of resources. 57014 is our own statement timeout.
const UNAVAILABLE = /^(08|57P|53)|^57014$|^25P03$|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOENT/;
const RETRY_AFTER_S = 5;
/** Text that PostgreSQL can't hold (NUL, lone surrogates), plain or within JSON, and numbers beyond its types: wrong input wherever it came in. */
function isUnstorable(error: unknown): boolean {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  return code === '22021' || code === '22003' || code === '22008' || code === '22P05' || (code === '22P02' && message === 'invalid input syntax for type json');
}

/** Whether the database could not be reached or broke off, so that the same request may succeed later. */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof AggregateError) return error.errors.some(isDatabaseUnavailable);
  const code = (error as { code?: unknown }).code;
  return (
    (typeof code === 'string' && UNAVAILABLE.test(code)) ||
    /Connection terminated|timeout exceeded when trying to connect|connection error|not queryable|Client was closed|not currently accepting connections|the database system is/i.test(
      error.message,
    )
  );
}

/** Any error as RFC 9457 problem details, with the headers that go with it. */
export function toProblem(error: unknown): { problem: Problem; headers: Record<string, string> } {
  const make = (status: number, code: ProblemCode, rest: Partial<Problem> = {}, headers = {}) => ({
    problem: {
      type: `https://passerelle.aimf.asso.fr/problems/${code}`,
      title: titles[code] ?? code.replaceAll('-', ' '),
      status,
      code,
      ...rest,
    },
    headers,
  });
  if (error instanceof DomainError) {
    const retryAfter = error.params['retryAfterS'];
    return make(
      error.status,
      error.code,
      { params: error.params, ...(error.errors && { errors: error.errors }) },
      typeof retryAfter === 'number' ? { 'retry-after': String(retryAfter) } : {},
    );
  }
  if (isDatabaseUnavailable(error)) return make(503, 'unavailable', {}, { 'retry-after': String(RETRY_AFTER_S) });
  if (isUnstorable(error)) return make(400, 'invalid-input');
  const status = error instanceof HttpException ? error.getStatus() : (error as { statusCode?: unknown } | null)?.statusCode;
  if (typeof status === 'number' && status >= 400 && status < 500) return make(status, codeOfStatus[status] ?? 'invalid-input');
  if (status === 503) return make(503, 'unavailable', {}, { 'retry-after': String(RETRY_AFTER_S) });
  return make(500, 'internal');
}

@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(@Inject(JsonLogger) private readonly logger: JsonLogger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<Reply>();
    const { problem, headers } = toProblem(error);
    if (problem.status === 500) this.logger.failure(error, host.switchToHttp().getRequest<{ id?: string }>().id);
    if (reply.sent) return;
    reply.status(problem.status).header('content-type', 'application/problem+json; charset=utf-8');
    for (const [name, value] of Object.entries(headers)) reply.header(name, value);
    reply.send(JSON.stringify(problem));
  }
}
