import type { LoggerService } from '@nestjs/common';
import { type Fault, faultOf } from './fault.js';

const LEVELS = ['silent', 'fatal', 'error', 'warn', 'info', 'debug'] as const;
type Level = Exclude<(typeof LEVELS)[number], 'silent'>;

/** What one answered request leaves in the log. Nothing of its sender, its address beyond the pattern of the route, or its content. */
export interface RequestLine {
  requestId: string;
  method: string;
  route: string;
  status: number;
  durationMs: number;
}

/**
 * The log: one JSON object a line, with time and level. Errors are written as faults, without their messages. Sentences come from the source
 * code; whoever writes one puts ids, codes and counts into it, never what people wrote.
 */
export class JsonLogger implements LoggerService {
  private readonly loudness: number;

  constructor(
    level: string,
    private readonly write: (line: string) => void = (line) => void process.stdout.write(line),
  ) {
    this.loudness = LEVELS.indexOf(level as Level);
  }

  request(line: RequestLine, level: 'info' | 'debug' = 'info'): void {
    this.put(level, { message: 'request', ...line });
  }

  /** Something that security wants to know of; `fields` are ids and words of our own. */
  event(message: string, fields: Record<string, string>): void {
    this.put('info', { message, ...fields });
  }

  /** An unexpected error while a request was answered. */
  failure(error: unknown, requestId: string | undefined): void {
    this.put('error', { message: 'request failed', ...(requestId && { requestId }), ...faultOf(error) });
  }

  fatal = (message: unknown, ...rest: unknown[]) => this.say('fatal', message, rest);
  error = (message: unknown, ...rest: unknown[]) => this.say('error', message, rest);
  warn = (message: unknown, ...rest: unknown[]) => this.say('warn', message, rest);
  // What the framework wires together at each start.
  log = (message: unknown, ...rest: unknown[]) => this.say('debug', message, rest);
  debug = (message: unknown, ...rest: unknown[]) => this.say('debug', message, rest);
  verbose = (message: unknown, ...rest: unknown[]) => this.say('debug', message, rest);

  /** As the framework calls it: a sentence or an error, perhaps the text of a stack, which begins with a message, and last the name of who speaks. */
  private say(level: Level, message: unknown, rest: unknown[]): void {
    const context = typeof rest.at(-1) === 'string' ? { context: rest.at(-1) } : {};
    const said: { message: string } | Fault = typeof message === 'string' ? { message } : faultOf(message);
    this.put(level, { ...context, ...said });
  }

  private put(level: Level, fields: object): void {
    if (LEVELS.indexOf(level) > this.loudness) return;
    this.write(`${JSON.stringify({ time: new Date().toISOString(), level, ...fields })}\n`);
  }
}
