import type { CandidateView, Page, SentInvitationView, SpaceCard, SpaceDetail, SpaceMemberView, SpaceRequestView } from '@passerelle/contract';
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, withQuery } from '../../app/api';

type Items<T> = { items: T[] };

// All begin with `groups`: a fact about any space asks what is shown of them anew.
export const directoryQuery = (archived: boolean) =>
  queryOptions({ queryKey: ['groups', 'directory', archived], queryFn: () => api.get<Items<SpaceCard>>(withQuery('/api/spaces/directory', { archived: String(archived) })) });
export const spaceQuery = (slug: string) => queryOptions({ queryKey: ['groups', 'one', slug], queryFn: () => api.get<SpaceDetail>(`/api/spaces/${slug}`) });
export const membersQuery = (slug: string) =>
  infiniteQueryOptions({
    queryKey: ['groups', 'members', slug],
    queryFn: ({ pageParam }) => api.get<Page<SpaceMemberView>>(withQuery(`/api/spaces/${slug}/members`, { limit: 50, cursor: pageParam })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
export const requestsQuery = (slug: string) => queryOptions({ queryKey: ['groups', 'requests', slug], queryFn: () => api.get<Items<SpaceRequestView>>(`/api/spaces/${slug}/requests`) });
export const sentQuery = (slug: string) => queryOptions({ queryKey: ['groups', 'invitations', slug], queryFn: () => api.get<Items<SentInvitationView>>(`/api/spaces/${slug}/invitations`) });
export const candidatesQuery = (slug: string, q: string) =>
  queryOptions({ queryKey: ['groups', 'candidates', slug, q], enabled: q.length >= 2, queryFn: () => api.get<Items<CandidateView>>(withQuery(`/api/spaces/${slug}/candidates`, { q })) });

/** An act on a space: what is shown of spaces is asked anew, and where one may read as well. */
export function useAct<T, R = unknown>(act: (body: T) => Promise<R>, done?: (answer: R, body: T) => void) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: (answer, body) => {
      for (const key of ['groups', 'spaces', 'threads']) void cache.invalidateQueries({ queryKey: [key] });
      done?.(answer, body);
    },
  });
}
