/** Where the browser keeps which account acts in it. */
export const ACCOUNT_KEY = 'passerelle.account';
let mine: string | undefined;

/** This page acts for this account from now on; the browser's other pages hear of it. */
export function actFor(account: string): void {
  mine = account;
  localStorage.setItem(ACCOUNT_KEY, account);
}

/** This page acts for nobody. */
export function actForNobody(): void {
  mine = undefined;
}

/** The account has signed out of this browser: its other pages leave too. */
export function leaveBrowser(): void {
  mine = undefined;
  localStorage.setItem(ACCOUNT_KEY, '');
}

/** The browser has one cookie: once another page signed somebody in or out, nothing may leave this one any more. */
export const isTaken = (): boolean => mine !== undefined && localStorage.getItem(ACCOUNT_KEY) !== mine;

/** Whether what was written by this account may still leave under its name. */
export const actsFor = (account: string): boolean => mine === undefined || (mine === account && !isTaken());

/** Called when another page signs somebody in or out, and when this one is seen again. */
export function onTaken(listener: () => void): () => void {
  window.addEventListener('storage', listener);
  window.addEventListener('pageshow', listener);
  document.addEventListener('visibilitychange', listener);
  return () => {
    window.removeEventListener('storage', listener);
    window.removeEventListener('pageshow', listener);
    document.removeEventListener('visibilitychange', listener);
  };
}

const SHARED = 'passerelle.shared';

/** Of the browser, not of one tab: a second tab signs out of a shared device as well. */
export const markShared = (shared: boolean): void => localStorage.setItem(SHARED, shared ? '1' : '');
export const isShared = (): boolean => localStorage.getItem(SHARED) === '1';

/** A shared device keeps no text of an account that has left it, not even one that another tab still had open. */
export const mayKeep = (account: string): boolean =>
  typeof localStorage === 'undefined' || !isShared() || localStorage.getItem(ACCOUNT_KEY) === account;
