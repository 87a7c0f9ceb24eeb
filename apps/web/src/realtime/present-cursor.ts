import type { EventsPage } from '@passerelle/contract';
import { api } from '../app/api';

let early: Promise<EventsPage> | null = null;
let connected = false;

const ask = () => api.get<EventsPage>('/api/events');

/** Whether a live client runs: it has its own cursor and needs no early one. */
export function setConnected(now: boolean): void {
  connected = now;
}

/**
 * Asks for the present cursor before anything else of the page is read: a fact that falls between the reading of a
 * list and the connection of the socket is then found by the first catch-up.
 */
export function askPresentCursor(): void {
  if (connected || early) return;
  early = ask();
  // Nobody waits for it yet; whoever takes it asks again after a failure.
  early.catch(() => undefined);
}

/** The cursor asked for early, once; without one, or after its failure (signed out then), a new one. */
export function takePresentCursor(): Promise<EventsPage> {
  const asked = early?.catch(ask) ?? ask();
  early = null;
  return asked;
}
