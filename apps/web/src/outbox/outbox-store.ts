import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { DraftView } from '@passerelle/contract';
import type { OutboxItem } from './outbox-machine';

export interface LocalDraft extends Omit<DraftView, 'threadTitle'> {
  account: string;
  /** The page that wrote it: two tabs may write under one key. */
  writer: string;
  /** Whether the server has this very text. */
  saved: boolean;
}

interface Schema extends DBSchema {
  outbox: { key: string; value: OutboxItem };
  drafts: { key: [string, string]; value: LocalDraft };
  kept: { key: string; value: unknown };
}

let opening: Promise<IDBPDatabase<Schema>> | undefined;

/** The device's store: what waits to be sent, drafts, and small lists kept for use without a network. */
export function deviceStore(): Promise<IDBPDatabase<Schema>> {
  opening ??= openDB<Schema>('passerelle', 1, {
    upgrade(db) {
      db.createObjectStore('outbox', { keyPath: 'id' });
      db.createObjectStore('drafts', { keyPath: ['account', 'key'] });
      db.createObjectStore('kept');
    },
  });
  return opening;
}

/** A shared device keeps nothing after the sign-out. */
export async function clearDevice(): Promise<void> {
  const db = await deviceStore();
  await Promise.all([db.clear('drafts'), db.clear('kept'), db.clear('outbox')]);
}
