import { deviceStore, type LocalDraft } from './outbox-store';
import { isEmptyDraft, isSameDraft } from './draft-text';

const isSamePlace = (one: LocalDraft, other: LocalDraft | undefined) => one.writer === other?.writer && one.sequence === other?.sequence;
const besideKey = (key: string, writer: string) => `${key}#${writer}`;

/** The text under one key, and beside it the versions that contradict it and wait for the writer's choice, newest first. */
export async function readDrafts(account: string, key: string): Promise<{ main: LocalDraft | undefined; others: LocalDraft[] }> {
  const db = await deviceStore();
  const [main, others] = await Promise.all([
    db.get('drafts', [account, key]),
    db.getAll('drafts', IDBKeyRange.bound([account, besideKey(key, '')], [account, besideKey(key, '\uffff')])),
  ]);
  return { main, others: others.sort((one, other) => other.updatedAt.localeCompare(one.updatedAt)) };
}

/**
 * Stores the newest text. What another page wrote in its place since `seen` is not overwritten but put beside it.
 * @returns the text as stored, above that other one, and the other one.
 */
export async function keepDraft(
  draft: LocalDraft,
  seen: LocalDraft | undefined,
): Promise<{ main: LocalDraft; overtaken: LocalDraft | null }> {
  const tx = (await deviceStore()).transaction('drafts', 'readwrite');
  const stored = await tx.store.get([draft.account, draft.key]);
  const known =
    !stored || stored.writer === draft.writer || isSamePlace(stored, seen) || isEmptyDraft(stored) || isSameDraft(stored, draft);
  const main = { ...draft, sequence: Math.max(draft.sequence, (stored?.sequence ?? 0) + 1) };
  // What stood beside from this page lives on in the text that is stored now.
  await tx.store.delete([draft.account, besideKey(draft.key, draft.writer)]);
  if (stored && !known) await tx.store.put({ ...stored, key: besideKey(draft.key, stored.writer) });
  await tx.store.put(main);
  await tx.done;
  return { main, overtaken: known ? null : (stored ?? null) };
}

export async function putBeside(draft: LocalDraft, key: string): Promise<void> {
  await (await deviceStore()).put('drafts', { ...draft, key: besideKey(key, draft.writer) });
}

export async function putMain(draft: LocalDraft): Promise<void> {
  await (await deviceStore()).put('drafts', draft);
}

export async function removeBeside(drafts: LocalDraft[]): Promise<void> {
  const db = await deviceStore();
  await Promise.all(drafts.map((draft) => db.delete('drafts', [draft.account, draft.key])));
}

/** The server has this text: a newer one found there later follows from it. */
export async function markSaved(draft: LocalDraft): Promise<void> {
  const tx = (await deviceStore()).transaction('drafts', 'readwrite');
  const stored = await tx.store.get([draft.account, draft.key]);
  if (stored && isSamePlace(stored, draft)) await tx.store.put({ ...stored, saved: true });
  await tx.done;
}
