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

/** The writer of the server's text that contradicts one of this device. */
export const FROM_SERVER = 'server';

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
