import type { SpaceView } from '@passerelle/contract';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { Link, useLocation, useSearchParams } from 'wouter';
import { usePage } from '../../app/page';
import { spacesQuery } from '../../app/queries';
import { type TextKey, useI18n } from '../../i18n';
import { useOutbox } from '../../outbox';
import { Empty, ErrorNote, Icon, Loaded, Skeleton } from '../../ui';
import { WaitingInvitations } from '../../ui/waiting-invitations';
import './forum.css';
import { threadsQuery } from './forum.api';
import { FILTERS, THREAD_KINDS } from './limits';
import { HeldItems } from './held-items';
import { OwnItem } from './own-item';
import { OutsideOf, SpaceHead, unlistedQuery } from './space-head';
import { ThreadItem } from './thread-row';
import { spaceName } from './words';

/** Spaces and their threads; what is chosen stands in the address. */
export default function TalksPage({ space: slug }: { space?: string }) {
  const { t, lang } = useI18n();
  const spaces = useQuery(spacesQuery);
  const listed = spaces.data?.items.find((item) => item.slug === slug);
  const unlisted = useQuery(unlistedQuery(slug, spaces.data !== undefined && !listed));
  const space = listed ?? (unlisted.data?.abilities.read ? unlisted.data : undefined);
  const title = space ? spaceName(space, lang) : t('forum.talks');
  usePage(title, slug === undefined ? {} : { back: { href: '/echanges', label: t('forum.talks') } });
  // Absent, out of bounds, or taken away while it was on the screen.
  if (slug !== undefined && unlisted.error && !unlisted.isFetching && !listed) return <ErrorNote error={unlisted.error} />;
  if (unlisted.data && !listed && !unlisted.data.abilities.read) return <OutsideOf space={unlisted.data} />;
  return (
    <>
      <div>
        <WaitingInvitations />
        <SpaceHead title={title} space={space} slug={slug} />
        <SpacePicker spaces={spaces.data?.items ?? []} slug={slug} />
        <PendingThreads />
        <HeldItems threads />
        <Threads slug={slug} />
      </div>
      <aside className="side" aria-label={t('forum.spacesTitle')}>
        <section>
          <h2>{t('forum.spacesTitle')}</h2>
          <Loaded query={spaces}>{({ items }) => <SpaceList spaces={items} current={slug} />}</Loaded>
          <p className="mt-3">
            <Link href="/espaces">{t('spaces.all')}</Link>
          </p>
        </section>
      </aside>
    </>
  );
}

/** Phones choose the space here; the list of spaces stands under the threads. */
function SpacePicker({ spaces, slug }: { spaces: SpaceView[]; slug: string | undefined }) {
  const { t, lang } = useI18n();
  const [, navigate] = useLocation();
  return (
    <div className="phone">
      <label htmlFor="space-pick">{t('forum.space')}</label>
      <select
        id="space-pick"
        className="in"
        value={slug ?? ''}
        onChange={(event) => navigate(event.target.value ? `/echanges/${event.target.value}` : '/echanges')}
      >
        <option value="">{t('forum.allSpaces')}</option>
        {spaces.map((space) => (
          <option key={space.id} value={space.slug}>
            {spaceName(space, lang)}
            {space.unread > 0 ? ` (${space.unread})` : ''}
          </option>
        ))}
      </select>
    </div>
  );
}

function SpaceList({ spaces, current }: { spaces: SpaceView[]; current: string | undefined }) {
  const { t, lang } = useI18n();
  return (
    <ul className="list mt-2">
      <li>
        <Link href="/echanges" {...(current === undefined && { 'aria-current': 'page' as const })}>
          {t('forum.allSpaces')}
        </Link>
      </li>
      {spaces.map((space) => (
        <li key={space.id}>
          {space.access !== 'open' && <Icon name="lock" small />}
          <div className="min0">
            <Link href={`/echanges/${space.slug}`} {...(current === space.slug && { 'aria-current': 'page' as const })}>
              {spaceName(space, lang)}
            </Link>
            <span className="meta">
              {space.access === 'open' ? '' : `${t(`forum.access.${space.access}`)}, `}
              {t('forum.threadCount', { count: space.threadCount })}
            </span>
          </div>
          {space.unread > 0 && (
            <span className="badge right">
              <span aria-hidden="true">{space.unread}</span>
              <span className="vh">{t('shell.unread', { count: space.unread })}</span>
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

/** Own new threads that have not arrived yet. */
function PendingThreads() {
  const { t } = useI18n();
  const items = useOutbox().filter((item) => item.kind === 'thread' || (item.state === 'refused' && item.kind !== 'letter'));
  if (items.length === 0) return null;
  return (
    <section className="mt-4" aria-label={t('forum.out.pending')}>
      {items.map((item) => (
        <OwnItem key={item.id} item={item} showPlace rank={1} total={1} />
      ))}
    </section>
  );
}

function Threads({ slug }: { slug: string | undefined }) {
  const { t } = useI18n();
  const [search, setSearch] = useSearchParams();
  // What an old or mistyped address asks for and nobody knows is left out.
  const filter = FILTERS.find((one) => one === search.get('filter')) ?? 'all';
  const choice = {
    filter: filter === 'all' ? undefined : filter,
    kind: THREAD_KINDS.find((one) => one === search.get('kind')),
    sort: search.get('sort') === 'newest' ? 'newest' : undefined,
  };
  const tabs = useSelectedInView(filter);
  const threads = useInfiniteQuery(threadsQuery({ space: slug, ...choice }));
  const set = (name: string, value: string) =>
    setSearch((old) => {
      const next = new URLSearchParams(old);
      if (value) next.set(name, value);
      else next.delete(name);
      return next;
    });
  const rows = threads.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section aria-label={t('forum.talks')}>
      <nav className="tabs" aria-label={t('forum.filter')} ref={tabs}>
        {FILTERS.map((one) => {
          const params = new URLSearchParams(search);
          if (one === 'all') params.delete('filter');
          else params.set('filter', one);
          return (
            <Link
              key={one}
              href={`${slug ? `/echanges/${slug}` : '/echanges'}${params.size > 0 ? `?${params}` : ''}`}
              {...(filter === one && { 'aria-current': 'true' as const })}
            >
              {t(`forum.filters.${one}`)}
            </Link>
          );
        })}
      </nav>
      <div className="picks">
        <Choice
          name="kind"
          label={t('forum.kind')}
          value={choice.kind ?? ''}
          onChange={set}
          options={[['', 'forum.allKinds'], ...THREAD_KINDS.map((kind): [string, TextKey] => [kind, `forum.kinds.${kind}`])]}
        />
        <Choice
          name="sort"
          label={t('forum.sort')}
          value={choice.sort ?? ''}
          onChange={set}
          options={[
            ['', 'forum.sorts.activity'],
            ['newest', 'forum.sorts.newest'],
          ]}
        />
      </div>
      <h2 className="vh">{t('forum.talks')}</h2>
      {threads.isPending && <Skeleton />}
      {threads.error && rows.length === 0 && <ErrorNote error={threads.error} onRetry={() => void threads.refetch()} />}
      {threads.data && rows.length === 0 && <NoThreads filter={choice.kind ? 'all' : filter} slug={slug} />}
      <ul className="threads">
        {rows.map((row) => (
          <ThreadItem key={row.id} row={row} showSpace={slug === undefined} />
        ))}
      </ul>
      {threads.hasNextPage && (
        <button type="button" className="btn mt-4" disabled={threads.isFetchingNextPage} onClick={() => void threads.fetchNextPage()}>
          {t('common.more')}
        </button>
      )}
      {rows.length > 0 && !threads.hasNextPage && <p className="meta mt-4">{t('forum.listEnd', { count: rows.length })}</p>}
    </section>
  );
}

interface ChoiceProps {
  name: string;
  label: string;
  value: string;
  options: [string, TextKey][];
  onChange: (name: string, value: string) => void;
}

function Choice({ name, label, value, options, onChange }: ChoiceProps) {
  const { t } = useI18n();
  return (
    <label className="min0">
      <span className="vh">{label}</span>
      <select className="in" value={value} onChange={(event) => onChange(name, event.target.value)}>
        {options.map(([option, key]) => (
          <option key={option} value={option}>
            {t(key)}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Where a phone shows only some of the tabs, the chosen one is among them. */
function useSelectedInView(selected: string) {
  const tabs = useRef<HTMLElement>(null);
  useEffect(() => {
    const row = tabs.current;
    const tab = row?.querySelector('[aria-current]');
    if (!row || !tab) return;
    const [outer, inner] = [row.getBoundingClientRect(), tab.getBoundingClientRect()];
    row.scrollLeft += inner.left + inner.width / 2 - (outer.left + outer.width / 2);
  }, [selected]);
  return tabs;
}

function NoThreads({ filter, slug }: { filter: (typeof FILTERS)[number]; slug: string | undefined }) {
  const { t } = useI18n();
  return (
    <Empty title={t(`forum.none.${filter}.title`)} text={t(`forum.none.${filter}.text`)}>
      <Link className="btn" href={slug ? `/echanges/${slug}` : '/echanges'}>
        {t('forum.showAll')}
      </Link>
    </Empty>
  );
}
