import type { DraftView, HeldView, MentionTarget, Page, PostsPage, RevisionView, ThreadRow, ThreadView } from '@passerelle/contract';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, withQuery } from '../../app/api';
import { deviceStore } from '../../outbox';

export interface ThreadListParams {
  space?: string | undefined;
  filter?: string | undefined;
  kind?: string | undefined;
  sort?: string | undefined;
}

const POSTS_PER_PAGE = 40;

export const threadsQuery = (params: ThreadListParams) =>
  infiniteQueryOptions({
    queryKey: ['threads', params],
    queryFn: ({ pageParam }) => api.get<Page<ThreadRow>>(withQuery('/api/threads', { ...params, limit: 20, cursor: pageParam })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });

export const threadQuery = (id: string) =>
  queryOptions({ queryKey: ['thread', id], queryFn: () => api.get<ThreadView>(`/api/threads/${id}`) });

/** Messages from `after` on; earlier ones by the previous page. */
export const postsQuery = (id: string, after: number) =>
  infiniteQueryOptions({
    queryKey: ['posts', id],
    queryFn: ({ pageParam }) => {
      const before = pageParam < 0 ? -pageParam : null;
      const from = before === null ? pageParam : Math.max(0, before - 1 - POSTS_PER_PAGE);
      const limit = before === null ? POSTS_PER_PAGE : Math.min(POSTS_PER_PAGE, before - 1);
      return api.get<PostsPage>(withQuery(`/api/threads/${id}/posts`, { after: from, limit }));
    },
    initialPageParam: after,
    getNextPageParam: (page) => page.nextAfter ?? undefined,
    // A negative parameter asks for what comes before that position.
    getPreviousPageParam: (page) => ((page.items[0]?.position ?? 1) > 1 ? -(page.items[0]?.position ?? 0) : undefined),
  });

/** A fact tells when something of it has changed. */
export const heldQuery = queryOptions({ queryKey: ['held'], queryFn: () => api.get<{ items: HeldView[] }>('/api/me/held'), staleTime: 5 * 60_000 });
export const draftsQuery = queryOptions({ queryKey: ['drafts'], queryFn: () => api.get<{ items: DraftView[] }>('/api/drafts') });
export const revisionsQuery = (post: string) =>
  queryOptions({ queryKey: ['revisions', post], queryFn: () => api.get<{ items: RevisionView[] }>(`/api/posts/${post}/revisions`) });
export const similarQuery = (title: string) =>
  queryOptions({
    queryKey: ['similar', title],
    queryFn: () => api.get<{ items: ThreadRow[] }>(withQuery('/api/threads/similar', { title })),
    enabled: title.length >= 10,
    staleTime: Infinity,
  });

/** The list that answers `@`: asked once in a while, kept on the device, so that it works without a network. */
export const mentionTargetsQuery = queryOptions({
  queryKey: ['mention-targets'],
  staleTime: 60 * 60_000,
  queryFn: async () => {
    const db = await deviceStore();
    try {
      const { items } = await api.get<{ items: MentionTarget[] }>('/api/mention-targets');
      await db.put('kept', items, 'mention-targets');
      return items;
    } catch (error) {
      const kept = (await db.get('kept', 'mention-targets')) as MentionTarget[] | undefined;
      if (kept) return kept;
      throw error;
    }
  },
});
