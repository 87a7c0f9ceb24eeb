import type { PracticeContent } from '@passerelle/contract';
import { v7 as uuid } from 'uuid';
import { EDITED, isShared } from '../app/forget';

/** What is being written, as this device keeps it until the server has it. */
export interface DeviceCopy {
  id: string;
  /** Null until the server has made the draft. */
  ref: string | null;
  /** Version of the server's entry that these words began from. */
  version: number;
  content: PracticeContent;
  at: string;
}

/** On a shared device it stays in the tab and goes when the account leaves. */
const place = (account: string, ref: string): [Storage, string] => {
  const name = `practice.${account}.${ref}`;
  return isShared() ? [sessionStorage, `${EDITED}${name}`] : [localStorage, `passerelle.${name}`];
};

/** One new entry at a time has no reference yet. */
export const NEW = 'nouvelle';

export function readCopy(account: string, ref: string): DeviceCopy | null {
  const [store, key] = place(account, ref);
  const stored = store.getItem(key);
  return stored ? (JSON.parse(stored) as DeviceCopy) : null;
}

export function keepCopy(account: string, copy: DeviceCopy): void {
  const [store, key] = place(account, copy.ref ?? NEW);
  store.setItem(key, JSON.stringify(copy));
}

export function dropCopy(account: string, ref: string): void {
  const [store, key] = place(account, ref);
  store.removeItem(key);
}

/** The editor of a new entry opens with this content. It takes the place of another new entry: ask first when there is one. */
export const startCopy = (account: string, content: PracticeContent) =>
  keepCopy(account, { id: uuid(), ref: null, version: 0, content, at: new Date().toISOString() });
