import type { Sql } from '../platform/index.js';
import { ACCOUNTS, type DemoAccount } from './demo-accounts.js';
import { insertRows } from './insert-rows.js';
import type { LoadedThread } from './load-forum.js';
import { type Speaker, speakerOf } from './load-people.js';

const DAY_MS = 86_400_000;
const UNREAD_DAYS = 30;
const PREVIOUS_VISIT_DAYS = 20;

/**
 * What each account has read and follows, so that a first sign-in shows something new: most lively threads are read up
 * to a few messages before the end, some were never opened, own messages are always read.
 */
export async function loadReading(tx: Sql, threads: LoadedThread[], speakers: Map<string, Speaker>, membersOf: Map<string, Set<string>>): Promise<void> {
  const readAt = new Date(Date.now() - PREVIOUS_VISIT_DAYS * DAY_MS);
  const positions: Record<string, unknown>[] = [];
  const follows: Record<string, unknown>[] = [];
  for (const [seat, account] of ACCOUNTS.entries()) {
    const own = speakerOf(account, speakers);
    for (const [place, thread] of threads.entries()) {
      if (!maySee(account, own, thread, membersOf)) continue;
      const position = readUpTo(thread, own, seat + place);
      if (position > 0) positions.push({ account_id: own.accountId, thread_id: thread.id, position, read_at: readAt, generation: 0 });
      const lively = (thread.ages.at(-1) ?? Infinity) < UNREAD_DAYS;
      if (thread.authors.includes(own.personId)) follows.push({ account_id: own.accountId, thread_id: thread.id, level: 'all' });
      else if (lively && (seat + place) % 4 === 0) follows.push({ account_id: own.accountId, thread_id: thread.id, level: 'needed' });
    }
  }
  await insertRows(tx, 'read_position', positions);
  await insertRows(tx, 'follow', follows);
}

function maySee(account: DemoAccount, own: Speaker, thread: LoadedThread, membersOf: Map<string, Set<string>>): boolean {
  if (membersOf.get(thread.spaceId)?.has(own.personId)) return true;
  return thread.open && account.role !== 'guest';
}

/** Last position read; 0 when the thread was not opened (old threads count as read anyway). */
function readUpTo(thread: LoadedThread, own: Speaker, seed: number): number {
  const ownLast = thread.authors.lastIndexOf(own.personId) + 1;
  const last = thread.ages.length;
  if ((thread.ages.at(-1) ?? Infinity) > UNREAD_DAYS) return ownLast > 0 ? last : 0;
  if (seed % 7 === 0) return ownLast;
  const seenAtVisit = thread.ages.filter((age) => age > PREVIOUS_VISIT_DAYS).length;
  const behind = seed % 3 === 0 ? 1 + (seed % 4) : 0;
  return Math.max(ownLast, seenAtVisit - behind, 0);
}
