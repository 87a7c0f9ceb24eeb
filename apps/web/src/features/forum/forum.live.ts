import type { Activity, EventView, Page, PostsPage, PostView, ReadView, ThreadRow, ThreadView } from '@passerelle/contract';
import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import { api } from '../../app/api';
import { outbox } from '../../outbox';

type Posts = InfiniteData<PostsPage, number>;
type Threads = InfiniteData<Page<ThreadRow>, string | undefined>;

/** Applies one fact of the forum to what is on the screen. */
export function applyForumEvent(cache: QueryClient, event: EventView, source: 'live' | 'catch-up'): void {
  const thread = event.thread;
  switch (event.type) {
    case 'post.created':
      if (thread && isPost(event.data)) postCreated(cache, thread, event.data);
      return;
    case 'post.edited':
    case 'post.reacted':
      if (isPost(event.data)) replacePost(cache, source === 'catch-up' || event.data.mine ? event.data : mergeMarks(cache, event.data));
      return;
    case 'post.removed':
    case 'post.restored':
      // What one may do with it depends on the reader: ask for one's own view.
      if (event.post)
        void api.get<PostView>(`/api/posts/${event.post}`).then(
          (post) => replacePost(cache, post),
          () => undefined,
        );
      return;
    case 'read.moved':
      if (event.data) readMoved(cache, event.data as ReadView);
      return;
    case 'thread.left':
    case 'thread.created':
    case 'thread.edited':
    case 'thread.moved':
    case 'thread.split':
    case 'thread.merged':
    case 'thread.summarised':
      refreshThreads(cache);
      if (thread) void cache.invalidateQueries({ queryKey: ['thread', thread] });
      if (thread && (event.type === 'thread.split' || event.type === 'thread.merged'))
        void cache.invalidateQueries({ queryKey: ['posts'] });
      return;
    case 'draft.saved':
      void cache.invalidateQueries({ queryKey: ['drafts'] });
      return;
    case 'follow.changed':
      refreshThreads(cache);
      void cache.invalidateQueries({ queryKey: ['thread'] });
  }
}

/** Somebody wrote in a thread that is not open here: its row moves, its space counts. */
export function applyActivity(cache: QueryClient, activity: Activity): void {
  bumpRow(cache, activity.thread, (row) => ({
    ...row,
    lastActivityAt: new Date().toISOString(),
    postCount: row.postCount + 1,
    unread: row.unread + 1,
    lastPosition: activity.lastPosition ?? row.lastPosition + 1,
  }));
  // A thread opened before holds an older page; one that is opening right now may have been read a moment too early.
  void cache.invalidateQueries({ queryKey: ['posts', activity.thread] });
  void cache.invalidateQueries({ queryKey: ['thread', activity.thread] });
  void cache.invalidateQueries({ queryKey: ['spaces'] });
  void cache.invalidateQueries({ queryKey: ['home'], refetchType: 'none' });
}

const isPost = (data: unknown): data is PostView => typeof data === 'object' && data !== null && 'position' in data && 'html' in data;

function postCreated(cache: QueryClient, thread: string, post: PostView): void {
  addPost(cache, thread, post);
  // A live fact is made for everybody; what left through this device's outbox is mine.
  const mine = post.mine || post.state === 'event' || outbox.knows(post.id);
  bumpRow(cache, thread, (row) =>
    post.position <= row.lastPosition
      ? row
      : {
          ...row,
          lastActivityAt: post.createdAt,
          postCount: row.postCount + (post.state === 'event' ? 0 : 1),
          lastPosition: post.position,
          unread: row.unread + (mine ? 0 : 1),
        },
  );
  cache.setQueryData<ThreadView>(['thread', thread], (view) =>
    view && post.position > view.lastPosition
      ? {
          ...view,
          lastPosition: post.position,
          lastActivityAt: post.createdAt,
          postCount: view.postCount + (post.state === 'event' ? 0 : 1),
          unread: view.unread + (mine ? 0 : 1),
        }
      : view,
  );
  if (post.state === 'event') void cache.invalidateQueries({ queryKey: ['thread', thread] });
  void cache.invalidateQueries({ queryKey: ['spaces'] });
}

/** Puts a new message at its place when the end of the thread is loaded; known ones are replaced. */
export function addPost(cache: QueryClient, thread: string, post: PostView): void {
  cache.setQueryData<Posts>(['posts', thread], (data) => {
    const last = data?.pages.at(-1);
    if (!data || !last) return data;
    if (data.pages.some((page) => page.items.some((item) => item.id === post.id)))
      return mapPosts(data, (item) =>
        item.id === post.id && (post.mine || post.version > item.version) ? withOwnMarks(post, item) : item,
      );
    if (last.nextAfter !== null) return data;
    const items = [...last.items, post].sort((a, b) => a.position - b.position);
    return { ...data, pages: [...data.pages.slice(0, -1), { ...last, items }] };
  });
}

/** Replaces a message wherever it is shown. */
export function replacePost(cache: QueryClient, post: PostView): void {
  cache.setQueryData<Posts>(['posts', post.thread], (data) => data && mapPosts(data, (item) => (item.id === post.id ? post : item)));
}

const mapPosts = (data: Posts, change: (post: PostView) => PostView): Posts => ({
  ...data,
  pages: data.pages.map((page) => ({ ...page, items: page.items.map(change) })),
});

/** A live fact is made for everybody: own marks come from what is on the screen. */
function mergeMarks(cache: QueryClient, post: PostView): PostView {
  const known = cache
    .getQueryData<Posts>(['posts', post.thread])
    ?.pages.flatMap((page) => page.items)
    .find((item) => item.id === post.id);
  return known ? withOwnMarks(post, known) : post;
}

const withOwnMarks = (post: PostView, known: PostView): PostView =>
  post.mine
    ? post
    : {
        ...post,
        mine: known.mine,
        abilities: known.abilities,
        reactions: post.reactions.map((reaction) => ({
          ...reaction,
          mine: known.reactions.some((own) => own.kind === reaction.kind && own.mine),
        })),
      };

function bumpRow(cache: QueryClient, thread: string, change: (row: ThreadRow) => ThreadRow): void {
  for (const [key, data] of cache.getQueriesData<Threads>({ queryKey: ['threads'] })) {
    const rows = data?.pages.flatMap((page) => page.items) ?? [];
    const row = rows.find((item) => item.id === thread);
    if (!data || !row) {
      void cache.invalidateQueries({ queryKey: key, exact: true });
      continue;
    }
    const next = change(row);
    if ((key[1] as { sort?: string } | undefined)?.sort === 'newest') {
      cache.setQueryData<Threads>(key, {
        ...data,
        pages: data.pages.map((page) => ({ ...page, items: page.items.map((item) => (item.id === thread ? next : item)) })),
      });
      continue;
    }
    const [first, ...rest] = data.pages.map((page) => ({ ...page, items: page.items.filter((item) => item.id !== thread) }));
    if (!first) continue;
    // Pinned ones stay on top; the others by activity.
    const place = next.pinnedUntil ? 0 : first.items.filter((item) => item.pinnedUntil).length;
    cache.setQueryData<Threads>(key, { ...data, pages: [{ ...first, items: first.items.toSpliced(place, 0, next) }, ...rest] });
  }
}

/** My own position moved, here or on another device. */
export function readMoved(cache: QueryClient, read: ReadView): void {
  const change = <T extends ThreadRow>(row: T): T =>
    row.id === read.thread
      ? {
          ...row,
          readPosition: read.position,
          unread: read.position >= row.lastPosition ? 0 : Math.max(0, row.lastPosition - read.position),
        }
      : row;
  for (const [key, data] of cache.getQueriesData<Threads>({ queryKey: ['threads'] })) {
    if (data) cache.setQueryData<Threads>(key, { ...data, pages: data.pages.map((page) => ({ ...page, items: page.items.map(change) })) });
  }
  cache.setQueryData<ThreadView>(['thread', read.thread], (view) => view && { ...change(view), readGeneration: read.generation });
  void cache.invalidateQueries({ queryKey: ['spaces'] });
}

function refreshThreads(cache: QueryClient): void {
  void cache.invalidateQueries({ queryKey: ['threads'] });
  void cache.invalidateQueries({ queryKey: ['spaces'] });
}
