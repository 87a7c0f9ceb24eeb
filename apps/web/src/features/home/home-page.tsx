import type { HomeItem, HomeView } from '@passerelle/contract';
import { frenchTypography } from '@passerelle/text';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { Link } from 'wouter';
import { api } from '../../app/api';
import { usePage } from '../../app/page';
import { useMe } from '../../app/queries';
import { loadLanguage, useI18n } from '../../i18n';
import { Capacity, Flag, Icon, type IconName, Loaded, Via } from '../../ui';

// Its words come with those of the other pages.
const GuestSpaces = lazy(async () => (await Promise.all([import('./guest-spaces'), loadLanguage('all')]))[0]);

const HomeTasks = lazy(async () => (await Promise.all([import('./home-tasks'), loadLanguage('all')]))[0]);

const ICONS: Record<HomeItem['kind'], IconName> = {
  reply: 'reply',
  mention: 'people',
  followed: 'chat',
  project: 'flag',
  question: 'bulb',
  practice: 'book',
  announcement: 'bell',
};
const MINUTES_PER_ITEM = 0.8;

/** What changed since the last visit, at most seven points; it ends. */
export default function HomePage() {
  const { t } = useI18n();
  const home = useQuery({ queryKey: ['home'], queryFn: () => api.get<HomeView>('/api/home'), staleTime: 30_000 });
  usePage(t('home.title'));
  return (
    <>
      <div>
        {!home.data && <h1 className="vh">{t('home.title')}</h1>}
        <Loaded query={home}>{(view) => <Points view={view} />}</Loaded>
      </div>
      <aside className="side" aria-label={t('home.yourCity')}>
        {home.data && <Context view={home.data} />}
      </aside>
    </>
  );
}

function Points({ view }: { view: HomeView }) {
  const { t, formatDate, pastDay } = useI18n();
  const last = view.since ? pastDay(view.since) : null;
  const guest = useMe().account.role === 'guest';
  const toRead = view.items.filter((item) => !item.read).length;
  return (
    <>
      <p className="meta">{formatDate(new Date())}</p>
      <h1>{last ? t(`home.since.${last.kind}`, { day: last.day }) : t('home.welcome')}</h1>
      {view.items.length > 0 && (
        <p className="row soft mt-3">
          <Via built={view.items.length - toRead} total={view.items.length} large />
          <span>
            {t('home.count', { count: toRead })}, {t('home.minutes', { count: Math.max(1, Math.round(toRead * MINUTES_PER_ITEM)) })}
          </span>
        </p>
      )}
      {view.taskCount + view.savedCount > 0 && (
        <Suspense>
          <HomeTasks />
        </Suspense>
      )}
      {view.items.length > 0 && (
        <ol className="som mt-4">
          {view.items.map((item, index) => (
            <li key={item.key} className={item.read ? 'lu' : undefined}>
              <span className="no" aria-hidden="true">
                {index + 1}
              </span>
              <Point item={item} />
            </li>
          ))}
        </ol>
      )}
      {guest ? (
        <Suspense>
          <GuestSpaces />
        </Suspense>
      ) : (
        <UpToDate toRead={toRead} />
      )}
    </>
  );
}

function UpToDate({ toRead }: { toRead: number }) {
  const { t } = useI18n();
  return (
    <section className="fin">
      <h2>{toRead > 0 ? t('home.after', { count: toRead }) : t('home.done')}</h2>
      <p className="soft mt-2">{t('home.doneMore')}</p>
      <p className="row mt-4">
        <Link className="btn" href="/echanges">
          {t('home.goTalks')}
        </Link>
        <Link className="btn btn-q" href="/pratiques">
          {t('home.goPractices')}
        </Link>
      </p>
    </section>
  );
}

function Point({ item }: { item: HomeItem }) {
  const { t, formatDateTime } = useI18n();
  return (
    <article>
      <p className="kick">
        <Icon name={item.read ? 'check' : ICONS[item.kind]} small />
        {item.kind === 'followed' ? t('home.kind.followed', { count: item.count }) : t(`home.kind.${item.kind}`)}
      </p>
      <h2>
        <Link href={item.url}>{frenchTypography(item.title)}</Link>
      </h2>
      {!item.read && item.excerpt && <p className="soft">{frenchTypography(item.excerpt)}</p>}
      {!item.read && item.author && (
        <p className="place mt-2">
          <Flag country={item.author.country} />
          <Capacity title={item.author.function} city={item.author.organisation} />
          <span className="meta">{formatDateTime(item.at)}</span>
        </p>
      )}
      {!item.read && item.kind === 'question' && (
        <div className="row">
          <Link className="btn" href={item.url}>
            {t('home.answer')}
          </Link>
        </div>
      )}
    </article>
  );
}

function Context({ view }: { view: HomeView }) {
  const { t, formatDateTime } = useI18n();
  return (
    <>
      {view.city && (
        <section>
          <h2>{view.city.name}</h2>
          <ul className="list mt-2">
            {view.city.takenUp > 0 && (
              <li>
                <span>{t('home.takenUp', { count: view.city.takenUp })}</span>
                <span className="num">
                  <Via built={view.city.takenUp} />
                </span>
              </li>
            )}
            <li>
              <Link href={`/villes/${view.city.slug}`}>{t('home.people')}</Link>
              <span className="num">{view.city.people}</span>
            </li>
            <li>
              <Link href={`/villes/${view.city.slug}`}>{t('home.practices')}</Link>
              <span className="num">{view.city.practices}</span>
            </li>
            <li>
              <Link href="/echanges?filter=followed">{t('home.followed')}</Link>
              <span className="num">{view.followedCount}</span>
            </li>
          </ul>
        </section>
      )}
      {view.drafts.length > 0 && (
        <section>
          <h2>{t('home.drafts')}</h2>
          <ul className="list mt-2">
            {view.drafts.map((draft) => (
              <li key={draft.key}>
                <div>
                  <Link href={draft.key.startsWith('thread:') ? `/fils/${draft.key.slice(7)}` : '/echanges/nouveau'}>
                    {draft.title || t('home.untitled')}
                  </Link>
                  <span className="meta">{formatDateTime(draft.updatedAt)}</span>
                </div>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
