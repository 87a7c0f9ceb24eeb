import type { Presence, PresenceReader, PostView, ThreadView } from '@passerelle/contract';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Fragment, lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import { usePage } from '../../app/page';
import { myCapacity, useMe } from '../../app/queries';
import { useI18n } from '../../i18n';
import { type OutboxItem, outbox, useOutbox } from '../../outbox';
import { useWatch } from '../../realtime';
import { announce, capacityText, Icon, Loaded } from '../../ui';
import { Composer, EditForm, type Writing } from './composer';
import './forum.css';
import { postsQuery, threadQuery } from './forum.api';
import { OwnItem } from './own-item';
import { type PostActions, PostArticle } from './post-article';
import { LivingSummary } from './living-summary';
import { ThreadSide } from './thread-side';
import { useReading } from './use-reading';
import { hangsOnPrevious, withPending } from './pending-view';
import { asQuote, kindAndStatus, spaceName } from './words';

const Dialogs = lazy(() => import('./post-dialogs'));
const ModerationSheet = lazy(() => import('./moderation-sheet'));
/** From this position on a thread opens near the first unread message instead of at its beginning. */
const LONG_THREAD = 30;

export default function ThreadPage({ id }: { id: string }) {
  const { t, lang } = useI18n();
  const thread = useQuery(threadQuery(id));
  const space = thread.data?.space;
  usePage(thread.data?.title ?? t('forum.talks'), { task: true, back: { href: space ? `/echanges/${space.slug}` : '/echanges', label: space ? spaceName(space, lang) : t('forum.talks') } });
  return <Loaded query={thread}>{(view) => <Thread thread={view} />}</Loaded>;
}

function Thread({ thread }: { thread: ThreadView }) {
  const i18n = useI18n();
  const { t, lang, formatDay } = i18n;
  // Where I stood when I opened the thread: the divider must not move while I read.
  const [opened] = useState(() => ({ position: thread.readPosition, unread: thread.unread, at: thread.lastReadAt }));
  const [managing, setManaging] = useState(false);
  const presence = useOthers(useWatch(thread.id));
  return (
    <>
      <div>
        <p className="kick">
          <Icon name={thread.kind === 'announcement' ? 'bell' : 'chat'} small />
          {kindAndStatus(thread, i18n)} <span className="meta">{spaceName(thread.space, lang)}</span>
        </p>
        <h1 className="h-long" lang={thread.language}>
          {thread.title}
        </h1>
        <p className="meta mt-2">
          {t(`forum.openedBy.${thread.kind}`, { who: capacityText(thread.author.function, thread.author.organisation), day: formatDay(thread.createdAt) })} {t('forum.cityCount', { count: thread.cityCount })}
        </p>
        {thread.abilities.moderate || thread.abilities.setStatus ? (
          <p className="row mt-2">
            <button type="button" className="btn" onClick={() => setManaging(true)}>
              <Icon name="scale" small />
              {t('forum.mod.open')}
            </button>
          </p>
        ) : null}
        <LivingSummary thread={thread} unread={opened.position > 0 ? opened.unread : 0} />
        <Messages thread={thread} opened={opened} typing={presence?.typing ?? []} />
      </div>
      <aside className="side" aria-label={t('forum.around')}>
        <ThreadSide thread={thread} presence={presence} />
      </aside>
      {managing && (
        <Suspense>
          <ModerationSheet thread={thread} onClose={() => setManaging(false)} />
        </Suspense>
      )}
    </>
  );
}

interface Opened {
  position: number;
  unread: number;
  at: string | null;
}

/** Where the address points to (`#m12`), or where a long thread goes on. */
function startOf(opened: Opened): number {
  const wanted = Number(/^#m(\d+)$/.exec(location.hash)?.[1] ?? 0);
  if (wanted > LONG_THREAD) return wanted - 5;
  return opened.position > LONG_THREAD && opened.unread > 0 ? opened.position - 5 : 0;
}

function Messages({ thread, opened, typing }: { thread: ThreadView; opened: Opened; typing: { function: string; organisation: string }[] }) {
  const { t, problem } = useI18n();
  const [start] = useState(() => startOf(opened));
  const query = useInfiniteQuery(postsQuery(thread.id, start));
  const items = useOutbox(thread.id);
  const loaded = useMemo(() => uniquePosts(query.data?.pages.flatMap((page) => page.items) ?? []), [query.data]);
  const posts = useMemo(() => withPending(loaded, items), [loaded, items]);
  const { position, markUnread } = useReading(thread, loaded);
  const [writing, setWriting] = useState<Writing | null>(null);
  const [editing, setEditing] = useState<PostView | OutboxItem | null>(null);
  const [dialog, setDialog] = useState<{ kind: 'history' | 'report'; post: PostView } | null>(null);
  useAnnounceNew(posts);
  useHashTarget(posts.length > 0);
  const write = (replyTo: PostView, insert: string) => setWriting((old) => ({ turn: (old?.turn ?? 0) + 1, replyTo, insert }));
  const actions: PostActions = {
    canReply: thread.abilities.reply,
    canModerate: thread.abilities.moderate,
    onReply: (post) => write(post, ''),
    onQuote: (post) => write(post, asQuote(post.body)),
    onEdit: setEditing,
    onHistory: (post) => setDialog({ kind: 'history', post }),
    onReport: (post) => setDialog({ kind: 'report', post }),
    onUnreadFrom: (post) => void markUnread(post.position).then(() => announce(t('forum.act.markedUnread')), (error: unknown) => announce(problem(error))),
  };
  // A thread never opened before is new as a whole and needs no divider.
  const firstNew = opened.unread > 0 && opened.position > 0 ? posts.find((post) => post.position > opened.position && isOthers(post))?.position : undefined;
  const unread = posts.filter((post) => post.position > position && isOthers(post));
  const pending = items.filter((item) => !posts.some((post) => post.id === item.id) && (item.state === 'refused' || (item.kind !== 'react' && item.kind !== 'remove')));
  return (
    <>
      <section aria-label={t('forum.messages')} className="mt-4">
        <h2 className="vh">{t('forum.messages')}</h2>
        {query.hasPreviousPage && (
          <button type="button" className="btn" onClick={() => void query.fetchPreviousPage()}>
            {t('forum.earlier')}
          </button>
        )}
        <Loaded query={query}>
          {() => (
            <PostList posts={posts} firstNew={firstNew} openedAt={opened.at} actions={actions} editing={editing && 'position' in editing ? editing : null} onEdited={() => setEditing(null)} />
          )}
        </Loaded>
        {query.hasNextPage && (
          <p className="mt-4">
            <button type="button" className="btn" onClick={() => void query.fetchNextPage()}>
              {t('forum.later')}
            </button>
          </p>
        )}
        {pending.map((item, index) =>
          editing && 'lane' in editing && editing.id === item.id ? (
            <EditForm key={item.id} waiting={item} onDone={() => setEditing(null)} />
          ) : (
            <OwnItem key={item.id} item={item} rank={index + 1} total={pending.length} onEdit={setEditing} />
          ),
        )}
      </section>
      <Typing people={typing} />
      <div className="dock">
        {unread[0] && (
          <a className="jump" href={unread[0].position === firstNew ? '#nouveau' : `#m${unread[0].position}`}>
            <Icon name="todown" small />
            {t('forum.unread', { count: unread.length })}
          </a>
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

/** Who else is here: one knows about oneself. */
function useOthers(presence: Presence | null): Presence | null {
  const own = myCapacity(useMe());
  if (!presence) return null;
  const others = (people: PresenceReader[]) => people.filter((one) => one.function !== own?.function || one.organisation !== own.organisation.name);
  return { ...presence, readers: others(presence.readers), typing: others(presence.typing) };
}

const isOthers = (post: PostView) => post.state === 'visible' && !post.mine && !outbox.knows(post.id);
const uniquePosts = (posts: PostView[]) => [...new Map(posts.map((post) => [post.id, post])).values()].sort((a, b) => a.position - b.position);

interface ListProps {
  posts: PostView[];
  /** The divider stands before this position. */
  firstNew: number | undefined;
  openedAt: string | null;
  actions: PostActions;
  editing: PostView | null;
  onEdited: () => void;
}

function PostList({ posts, firstNew, openedAt, actions, editing, onEdited }: ListProps) {
  const { t, formatDay } = useI18n();
  return (
    <>
      {posts.map((post, index) => {
        const article = editing?.id === post.id ? <EditForm post={editing} onDone={onEdited} /> : <PostArticle post={post} actions={actions} />;
        return (
          <Fragment key={post.id}>
            {post.position === firstNew && (
              <h2 className="since" id="nouveau" tabIndex={-1}>
                {openedAt ? t('forum.since', { day: formatDay(openedAt) }) : t('forum.sinceNew')}
              </h2>
            )}
            {post.state !== 'event' && post.position !== firstNew && hangsOnPrevious(post, posts[index - 1]) ? <div className="sub">{article}</div> : article}
          </Fragment>
        );
      })}
    </>
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
