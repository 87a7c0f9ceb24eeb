import type { EventView } from '@passerelle/contract';
import type { QueryClient } from '@tanstack/react-query';

/** A fact about a practice says which one, or that it stands for many: its page, the lists that show its counts and the tasks are read again. */
export function applyPracticeEvent(cache: QueryClient, event: EventView): void {
  const data = event.data as { ref?: string; many?: boolean } | null;
  if (data?.ref) void cache.invalidateQueries({ queryKey: data.many ? ['practice'] : ['practice', data.ref] });
  void cache.invalidateQueries({ queryKey: ['practice-tasks'] });
  if (event.type !== 'practice.advanced') for (const key of ['practices', 'city', 'cities']) void cache.invalidateQueries({ queryKey: [key] });
}
