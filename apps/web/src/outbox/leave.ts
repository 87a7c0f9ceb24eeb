import type { DraftView } from '@passerelle/contract';
import { api } from '../app/api';
import { ACCOUNT_KEY, isShared } from '../app/owner';
import { deviceStore, FROM_SERVER, type LocalDraft } from './outbox-store';

/** A text that is on this device only. */
export interface UnsentText {
  id: string;
  text: string;
}

const textOf = ({ title, body }: { title?: unknown; body?: unknown }) =>
  [title, body].filter((part) => typeof part === 'string' && part.trim() !== '').join('\n');

/** What the account would lose if this device forgot it; drafts that the server takes are no longer among it. */
export async function unsentTexts(account: string): Promise<UnsentText[]> {
  const db = await deviceStore();
  const [items, drafts] = await Promise.all([db.getAll('outbox'), db.getAll('drafts')]);
  const mine = drafts.filter((draft) => draft.account === account);
  const here = mine.filter((draft) => !draft.saved && draft.writer !== FROM_SERVER && textOf(draft) !== '');
  const kept = await Promise.all(here.map(async (draft) => !(isAlone(draft, mine) && (await give(draft)))));
  return [
    ...items.filter((item) => item.account === account).map((item) => ({ id: item.id, text: textOf(item.body ?? {}) })),
    ...here.filter((_, index) => kept[index]).map((draft) => ({ id: draft.key, text: textOf(draft) })),
  ];
}

/** Nothing contradicts it: the server may have it without losing another text. */
const isAlone = (draft: LocalDraft, all: LocalDraft[]) =>
  !draft.key.includes('#') && !all.some((other) => other.key.startsWith(`${draft.key}#`));

async function give({ key, sequence, body, title, space, kind, replyTo }: LocalDraft): Promise<boolean> {
  return api.put<DraftView>(`/api/drafts/${key}`, { sequence, body, title, space, kind, replyTo }).then(
    () => true,
    () => false,
  );
}

/** Lists kept for use without a network are of the account that could read them. */
export async function forgetLists(): Promise<void> {
  await (await deviceStore()).clear('kept');
}

/** A shared device keeps nothing of an account after it has left; what others wrote on it is theirs. */
export async function clearDevice(account: string): Promise<void> {
  const tx = (await deviceStore()).transaction(['outbox', 'drafts'], 'readwrite');
  const [items, drafts] = [tx.objectStore('outbox'), tx.objectStore('drafts')];
  for (const item of await items.getAll()) if (item.account === account) await items.delete(item.id);
  for (const draft of await drafts.getAll()) if (draft.account === account) await drafts.delete([draft.account, draft.key]);
  await tx.done;
  for (const name of Object.keys(localStorage)) if (name.startsWith(`passerelle.read.${account}.`) || name === `passerelle.searched.${account}`) localStorage.removeItem(name);
}

/** A cookie that ends with the browser, as that of the session does; the server gives it out on a shared device. */
const isOpen = () => /(^|; )passerelle_visit=/.test(document.cookie);

/**
 * The one who was here on a shared device has closed the browser without signing out, or somebody else signs in now:
 * nothing of theirs stays. While the browser is open, a text that could not be sent waits for its author to come back.
 * @param next who signs in now, if anybody does.
 */
export async function clearWhatWasLeft(next?: string): Promise<void> {
  const account = localStorage.getItem(ACCOUNT_KEY);
  if (!account || account === next || !isShared() || (next === undefined && isOpen())) return;
  await clearDevice(account);
  if (next === undefined) localStorage.setItem(ACCOUNT_KEY, '');
}
