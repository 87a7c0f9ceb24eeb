import { useEffect, useState, useSyncExternalStore } from 'react';

const BANNER_AFTER_MS = 5_000;
let lostAt: number | null = null;
const listeners = new Set<() => void>();

function tell(): void {
  for (const listener of listeners) listener();
}

/** The socket or the network is gone. */
export function connectionLost(): void {
  lostAt ??= Date.now();
  tell();
}

export function connectionBack(): void {
  lostAt = null;
  tell();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** `since` is set once the connection has been gone for five seconds: shorter gaps are nobody's business. */
export function useConnection(): { since: Date | null } {
  const lost = useSyncExternalStore(subscribe, () => lostAt);
  const [, refresh] = useState(0);
  useEffect(() => {
    if (lost === null) return;
    const timer = setTimeout(() => refresh((n) => n + 1), Math.max(0, lost + BANNER_AFTER_MS - Date.now()));
    return () => clearTimeout(timer);
  }, [lost]);
  return { since: lost !== null && Date.now() - lost >= BANNER_AFTER_MS ? new Date(lost) : null };
}
