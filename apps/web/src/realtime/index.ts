import type { Presence } from '@passerelle/contract';
import { useEffect, useState } from 'react';
import { LiveClient, type LiveHandlers } from './live-client';

export { useConnection } from './connection';

let client: LiveClient | null = null;

/** Connects the signed-in page to the event log. @returns the way to stop. */
export function startLive(handlers: LiveHandlers): () => void {
  const started = new LiveClient(handlers);
  client = started;
  void started.start();
  return () => {
    started.stop();
    if (client === started) client = null;
  };
}

/** Watches a thread while the screen is open, and says who reads and who writes. */
export function useWatch(thread: string): Presence | null {
  const [presence, setPresence] = useState<Presence | null>(null);
  useEffect(() => {
    setPresence(null);
    const unwatch = client?.watch(thread);
    const unlisten = client?.onPresence((next) => next.thread === thread && setPresence(next));
    return () => {
      unwatch?.();
      unlisten?.();
    };
  }, [thread]);
  return presence;
}

const TYPING_EVERY_MS = 3_000;
let typedAt = 0;

/** Says that I am writing, at most every three seconds. */
export function saysTyping(thread: string): void {
  if (Date.now() - typedAt < TYPING_EVERY_MS) return;
  typedAt = Date.now();
  client?.typing(thread);
}
