import type { AddresseeView, LettersPage, LetterView, RelaysPage, RelayView } from '@passerelle/contract';
import { type InfiniteData, infiniteQueryOptions, type QueryClient, queryOptions } from '@tanstack/react-query';
import { api, withQuery } from '../../app/api';

/** What a first letter is about. */
export type Subject = { practice: string } | { organisation: string };

export const relaysQuery = infiniteQueryOptions({
  queryKey: ['relays', 'list'],
  queryFn: ({ pageParam }) => api.get<RelaysPage>(withQuery('/api/relay', { limit: 20, cursor: pageParam })),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page) => page.nextCursor ?? undefined,
});

export const relayQuery = (id: string) => queryOptions({ queryKey: ['relays', 'one', id], queryFn: () => api.get<RelayView>(`/api/relay/${id}`) });

/** The latest letters; each next page holds earlier ones. */
export const lettersQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['relays', 'letters', id],
    queryFn: ({ pageParam }) => api.get<LettersPage>(withQuery(`/api/relay/${id}/letters`, { limit: 50, before: pageParam })),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (page) => page.before ?? undefined,
  });

/** Puts a letter that has just arrived after the others; one that is there already stays. */
export function addLetter(cache: QueryClient, letter: LetterView): void {
  cache.setQueryData<InfiniteData<LettersPage, number | undefined>>(lettersQuery(letter.relay).queryKey, (data) => {
    const [latest, ...earlier] = data?.pages ?? [];
    if (!data || !latest || latest.items.some((known) => known.id === letter.id)) return data;
    return { ...data, pages: [{ ...latest, items: [...latest.items, letter].sort((a, b) => a.position - b.position) }, ...earlier] };
  });
}

export const addresseeQuery = (subject: Subject) =>
  queryOptions({ queryKey: ['relays', 'addressee', subject], queryFn: () => api.get<AddresseeView>(withQuery('/api/relay/addressee', { ...subject })) });

/** Where a first letter goes out; the items of the outbox that open a conversation have this path. */
export const OPENING = '/api/relay';
