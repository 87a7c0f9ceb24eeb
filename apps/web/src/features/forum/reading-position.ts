/** A read position that the server may not have yet, with the generation in which it was reached. */
export interface HeldPosition {
  position: number;
  generation: number;
}

const keyOf = (account: string, thread: string) => `passerelle.read.${account}.${thread}`;

/** What this device still owes the server for one thread; null when nothing, or nothing of this generation. */
export function heldPosition(account: string, thread: string, generation: number): number | null {
  const [position, of] = (localStorage.getItem(keyOf(account, thread)) ?? '').split(':').map(Number);
  return position && of === generation ? position : null;
}

export function holdPosition(account: string, thread: string, { position, generation }: HeldPosition): void {
  localStorage.setItem(keyOf(account, thread), `${position}:${generation}`);
}

export function dropPosition(account: string, thread: string): void {
  localStorage.removeItem(keyOf(account, thread));
}
