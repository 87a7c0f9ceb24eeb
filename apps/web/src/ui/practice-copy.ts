import type { PracticeContent } from '@passerelle/contract';
import { v7 as uuid } from 'uuid';

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

const key = (account: string, ref: string) => `passerelle.practice.${account}.${ref}`;

/** One new entry at a time has no reference yet. */
export const NEW = 'nouvelle';

export function readCopy(account: string, ref: string): DeviceCopy | null {
  const stored = localStorage.getItem(key(account, ref));
  return stored ? (JSON.parse(stored) as DeviceCopy) : null;
}
export const keepCopy = (account: string, copy: DeviceCopy) => localStorage.setItem(key(account, copy.ref ?? NEW), JSON.stringify(copy));
export const dropCopy = (account: string, ref: string) => localStorage.removeItem(key(account, ref));

/** The editor of a new entry opens with this content. It takes the place of another new entry: ask first when there is one. */
export const startCopy = (account: string, content: PracticeContent) => keepCopy(account, { id: uuid(), ref: null, version: 0, content, at: new Date().toISOString() });
