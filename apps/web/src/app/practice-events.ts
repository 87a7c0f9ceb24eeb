import type { EventView } from '@passerelle/contract';
import type { QueryClient } from '@tanstack/react-query';

/** A fact about a practice says which one, or that it stands for many: its page, the lists that show its counts and the tasks are read again. */
export function applyPracticeEvent(cache: QueryClient, event: EventView): void {
  const data = event.data as { ref?: string; many?: boolean } | null;
  if (data?.ref) void cache.invalidateQueries({ queryKey: data.many ? ['practice'] : ['practice', data.ref] });
  // What waits for a review stands in the queue of moderation too.
  for (const key of ['practice-tasks', 'cases']) void cache.invalidateQueries({ queryKey: [key] });
  if (event.type !== 'practice.advanced') for (const key of ['practices', 'city', 'cities']) void cache.invalidateQueries({ queryKey: [key] });
}
