import type { Write } from '../realtime/index.js';

/** Its thread has left the space that it was judged in. */
class ThreadMoved extends Error {}

/** Locks the thread of what was caught, before its case: what the rules of one space have found is told in that space and in no other. */
export async function lockPlace({ tx }: Pick<Write, 'tx'>, thread: string, space: string): Promise<void> {
  const here = await tx.row<{ space_id: string }>('SELECT space_id FROM thread WHERE id = $1 FOR UPDATE', [thread]);
  if (here?.space_id !== space) throw new ThreadMoved();
}

/** What has moved meanwhile is judged once more, by the rules of where it is now. */
export const againIfMoved =
  <T>(again: () => Promise<T>) =>
  (error: unknown): Promise<T> => {
    if (error instanceof ThreadMoved) return again();
    throw error;
  };
