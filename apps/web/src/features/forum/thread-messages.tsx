import type { PostView, ThreadView } from '@passerelle/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import { useI18n } from '../../i18n';
import { type OutboxItem, outbox, useOutbox } from '../../outbox';
import { announce, capacityText, Icon, Loaded } from '../../ui';
import { Composer, type Writing } from './composer';
import { EditForm } from './edit-form';
import { postsQuery } from './forum.api';
import { HeldItems } from './held-items';
import { OwnItem } from './own-item';
import { withPending } from './pending-view';
import type { PostActions } from './post-article';
import { PostList } from './post-list';
import { useReading } from './use-reading';
import { asQuote } from './words';

const Dialogs = lazy(() => import('./post-dialogs'));
/** From this position on a thread opens near the first unread message instead of at its beginning. */
const LONG_THREAD = 30;

/** Where I stood when I opened the thread. */
export interface Opened {
  position: number;
  unread: number;
  at: string | null;
}

interface Props {
  thread: ThreadView;
  opened: Opened;
  typing: { function: string; organisation: string }[];
}

/** Where the address points to (`#m12`), or where a long thread goes on. */
function startOf(opened: Opened): number {
  const wanted = Number(/^#m(\d+)$/.exec(location.hash)?.[1] ?? 0);
  if (wanted > LONG_THREAD) return wanted - 5;
  return opened.position > LONG_THREAD && opened.unread > 0 ? opened.position - 5 : 0;
}

const isOthers = (post: PostView) => post.state === 'visible' && !post.mine && !outbox.knows(post.id);
const uniquePosts = (posts: PostView[]) =>
  [...new Map(posts.map((post) => [post.id, post])).values()].sort((a, b) => a.position - b.position);

/** The loaded messages, what waits in the outbox, and what is new in both. */
function useMessages({ thread, opened }: Props) {
  const [start] = useState(() => startOf(opened));
  const query = useInfiniteQuery(postsQuery(thread.id, start));
  const items = useOutbox(thread.id);
  const loaded = useMemo(() => uniquePosts(query.data?.pages.flatMap((page) => page.items) ?? []), [query.data]);
  const posts = useMemo(() => withPending(loaded, items), [loaded, items]);
  const { position, markUnread } = useReading(thread, loaded);
  // A thread never opened before is new as a whole and needs no divider.
  const firstNew =
    opened.unread > 0 && opened.position > 0
      ? posts.find((post) => post.position > opened.position && isOthers(post))?.position
      : undefined;
  const unread = posts.filter((post) => post.position > position && isOthers(post));
  const pending = items.filter(
    (item) => !posts.some((post) => post.id === item.id) && (item.state === 'refused' || (item.kind !== 'react' && item.kind !== 'remove')),
  );
  return { query, posts, pending, firstNew, unread, markUnread };
}

/** What may be done with a message, and the state of it: what is written, edited or looked at. */
function useActs(thread: ThreadView, markUnread: (from: number) => Promise<void>) {
  const { t, problem } = useI18n();
  const [writing, setWriting] = useState<Writing | null>(null);
  const [editing, setEditing] = useState<PostView | OutboxItem | null>(null);
  const [dialog, setDialog] = useState<{ kind: 'history' | 'report' | 'profile'; post: PostView } | null>(null);
  const write = (replyTo: PostView, insert: string) => setWriting((old) => ({ turn: (old?.turn ?? 0) + 1, replyTo, insert }));
  const actions: PostActions = {
    canReply: thread.abilities.reply,
    canModerate: thread.abilities.moderate,
    onReply: (post) => write(post, ''),
    onQuote: (post) => write(post, asQuote(post.body)),
    onEdit: setEditing,
    onHistory: (post) => setDialog({ kind: 'history', post }),
    onReport: (post) => setDialog({ kind: 'report', post }),
    onReportAuthor: (post) => setDialog({ kind: 'profile', post }),
    onUnreadFrom: (post) =>
      void markUnread(post.position).then(
        () => announce(t('forum.act.markedUnread')),
        (error: unknown) => announce(problem(error)),
      ),
  };
  return { actions, writing, editing, setEditing, dialog, setDialog };
}

/** The messages of a thread with what I write under them. */
export function Messages(props: Props) {
  const { t } = useI18n();
  const { thread, opened, typing } = props;
  const { query, posts, pending, firstNew, unread, markUnread } = useMessages(props);
  const { actions, writing, editing, setEditing, dialog, setDialog } = useActs(thread, markUnread);
  useAnnounceNew(posts);
  useHashTarget(posts.length > 0);
  return (
    <>
      <section aria-label={t('forum.messages')} className="mt-4">
        <h2 className="vh">{t('forum.messages')}</h2>
        {query.hasPreviousPage && <MoreButton label={t('forum.earlier')} onClick={() => void query.fetchPreviousPage()} />}
        <Loaded query={query}>
          {() => (
            <PostList
              posts={posts}
              firstNew={firstNew}
              openedAt={opened.at}
              actions={actions}
              editing={editing && 'position' in editing ? editing : null}
              onEdited={() => setEditing(null)}
            />
          )}
        </Loaded>
        {query.hasNextPage && <MoreButton label={t('forum.later')} onClick={() => void query.fetchNextPage()} />}
        {pending.map((item, index) =>
          editing && 'lane' in editing && editing.id === item.id ? (
            <EditForm key={item.id} waiting={item} onDone={() => setEditing(null)} />
          ) : (
            <OwnItem key={item.id} item={item} rank={index + 1} total={pending.length} onEdit={setEditing} />
          ),
        )}
        <HeldItems thread={thread.id} />
      </section>
      <Typing people={typing} />
      <div className="dock">
        {unread[0] && (
          <JumpStrip
            href={unread[0].position === firstNew ? '#nouveau' : `#m${unread[0].position}`}
            count={query.hasNextPage ? Math.max(unread.length, thread.unread) : unread.length}
          />
        )}
        {thread.abilities.reply ? (
          <Composer thread={thread} posts={posts} writing={writing} />
        ) : (
          <p className="meta">{thread.status === 'closed' ? t('forum.compose.closed') : t('forum.compose.guest')}</p>
        )}
      </div>
      {dialog && (
        <Suspense>
          <Dialogs kind={dialog.kind} post={dialog.post} onClose={() => setDialog(null)} />
        </Suspense>
      )}
    </>
  );
}

function MoreButton({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <p className="mt-4">
      <button type="button" className="btn" onClick={onClick}>
        {label}
      </button>
    </p>
  );
}

function JumpStrip({ href, count }: { href: string; count: number }) {
  const { t } = useI18n();
  return (
    <a className="jump" href={href}>
      <Icon name="todown" small />
      {t('forum.unread', { count })}
    </a>
  );
}

/** The message that the address points to comes into view once it is there; the browser looked before. */
function useHashTarget(ready: boolean): void {
  useEffect(() => {
    const target = ready && /^#m\d+$/.test(location.hash) ? document.getElementById(location.hash.slice(1)) : null;
    target?.scrollIntoView();
    target?.querySelector<HTMLElement>('h3')?.focus();
  }, [ready]);
}

/** A new message is announced as a count and never moves the scroll. */
function useAnnounceNew(posts: PostView[]): void {
  const { t } = useI18n();
  const last = useRef<number | null>(null);
  useEffect(() => {
    const position = posts.at(-1)?.position ?? 0;
    const known = last.current;
    last.current = position;
    if (known === null || known === 0) return;
    const fresh = posts.filter((post) => post.position > known && !post.mine && post.state === 'visible').length;
    if (fresh > 0) announce(t('forum.newMessages', { count: fresh }));
  }, [posts, t]);
}

function Typing({ people }: { people: { function: string; organisation: string }[] }) {
  const { t } = useI18n();
  const [first] = people;
  return (
    <p className="typing meta" role="status">
      {first && (
        <>
          <i aria-hidden="true" />
          {t('forum.typing', { count: people.length, who: capacityText(first.function, first.organisation) })}
        </>
      )}
    </p>
  );
}
