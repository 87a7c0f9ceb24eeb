import type { EventView } from '@passerelle/contract';
import type { QueryClient } from '@tanstack/react-query';

export const isProjectFact = (type: string) => /^(project|need|offer|introduction)\./.test(type);

/** A fact says which project, need, offer or introduction; what shows it is read again under the reader's own rule. */
export function applyProjectEvent(cache: QueryClient, event: EventView): void {
  const kind = event.type.split('.')[0] ?? '';
  const data = event.data as { id?: string; ref?: string } | null;
  const stale = (...queryKey: string[]) => void cache.invalidateQueries({ queryKey });
  stale(`${kind}s`);
  if (kind === 'project' && data?.ref) stale(kind, data.ref);
  else if (kind === 'offer' && data?.id) stale(kind, data.id);
  // News of a project and what waits for an answer show on the first page.
  if (kind === 'introduction' || event.type === 'project.updated') stale('home');
  // An introduction moves its need, and a need shows on its project.
  if (kind === 'need' || kind === 'introduction') for (const key of ['need', 'needs', 'project', 'introductions']) stale(key);
}
