import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { TEXT_LIMITS } from './limits.js';
import type { Page } from './page-text.js';
import { TEXT_FAILURES, TextFailure, type TextFailureCode } from './text-failure.js';
import type { TextFormat } from './text-types.js';

// As it was built, also where the sources run.
const PROGRAM = fileURLToPath(new URL('../../dist/attachment-text/text-process.main.js', import.meta.url));
const HEAP_MB = 256;
// The process reads what strangers have sent: what it says is checked as anything that comes from outside.
const Answer = z.union([z.object({ pages: z.array(z.object({ page: z.number().int().min(1), text: z.string().min(1) })) }), z.object({ failure: z.enum(TEXT_FAILURES) })]);
export type TextAnswer = z.infer<typeof Answer>;

/**
 * Reads a file in a process of its own, which gets no settings, little memory and little time: a file that is made to do harm ends that
 * process, and the memory that a library takes goes back with it. @throws TextFailure
 */
export function readInProcess(format: TextFormat, path: string, signal?: AbortSignal): Promise<Page[]> {
  return new Promise((resolve, reject) => {
    const child = fork(PROGRAM, [format, path], { env: {}, execArgv: [`--max-old-space-size=${HEAP_MB}`], stdio: ['ignore', 'ignore', 'ignore', 'ipc'], killSignal: 'SIGKILL', ...(signal && { signal }) });
    let answer: TextAnswer | undefined;
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      child.kill('SIGKILL');
    }, TEXT_LIMITS.seconds * 1_000);
    child.on('message', (message) => void (answer = Answer.safeParse(message).data));
    child.once('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.once('exit', (_code, killed) => {
      clearTimeout(timer);
      if (answer && 'pages' in answer) resolve(answer.pages);
      else reject(new TextFailure(answer?.failure ?? endOf(isLate, killed)));
    });
  });
}

/** The guard of memory kills its process; the heap ends it when it is full. */
function endOf(isLate: boolean, killed: NodeJS.Signals | null): TextFailureCode {
  if (isLate) return 'too-long';
  return killed === 'SIGKILL' || killed === 'SIGABRT' ? 'too-large' : 'crashed';
}
