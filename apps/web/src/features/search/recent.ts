import { isShared } from '../../app/forget';

const SHOWN = 6;
const nameOf = (account: string) => `passerelle.searched.${account}`;

/** What this account last looked for on this device, newest first; a shared device keeps nothing of the kind. */
export function recentSearches(account: string): string[] {
  if (isShared()) return [];
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(nameOf(account)) ?? '[]');
    return Array.isArray(kept) ? kept.filter((one) => typeof one === 'string') : [];
  } catch {
    // Something else stands under the name: it is overwritten with the next search.
    return [];
  }
}

export function noteSearch(account: string, q: string): void {
  if (isShared()) return;
  localStorage.setItem(nameOf(account), JSON.stringify([q, ...recentSearches(account).filter((other) => other !== q)].slice(0, SHOWN)));
}

export const forgetSearches = (account: string): void => localStorage.removeItem(nameOf(account));
