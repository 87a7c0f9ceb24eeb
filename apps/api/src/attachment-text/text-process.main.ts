import { open } from 'node:fs/promises';
import { setPriority } from 'node:os';
import { Worker } from 'node:worker_threads';
import { TEXT_LIMITS } from './limits.js';
import { readText } from './read-text.js';
import type { TextAnswer } from './text-process.js';
import { TextFailure } from './text-failure.js';
import type { TextFormat } from './text-types.js';

const LOW_PRIORITY = 10;
const BYTES_A_SIGN = 4;

/** The process that reads one file (text-process.ts starts it): format and path are its arguments, its answer is one message. */
async function main(format: TextFormat, path: string): Promise<void> {
  setPriority(LOW_PRIORITY);
  new Worker(new URL('./memory-guard.main.js', import.meta.url)).unref();
  const answer = await answerOf(format, path);
  process.send?.(answer, () => process.exit(0));
}

async function answerOf(format: TextFormat, path: string): Promise<TextAnswer> {
  try {
    return { pages: await readText(format, await contentOf(format, path)) };
  } catch (error) {
    return { failure: error instanceof TextFailure ? error.code : 'crashed' };
  }
}

/** Of a plain text only as much as is kept. */
async function contentOf(format: TextFormat, path: string): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const content = new Uint8Array(format === 'plain' ? Math.min(size, TEXT_LIMITS.characters * BYTES_A_SIGN) : size);
    const { bytesRead } = await file.read(content);
    return content.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

await main(process.argv[2] as TextFormat, process.argv[3] ?? '');
