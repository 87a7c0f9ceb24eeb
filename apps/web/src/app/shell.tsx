import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { useI18n } from '../i18n';
import { useOutbox } from '../outbox';
import { useConnection } from '../realtime';
import { capacityText, Flag, Icon, type IconName, Mark } from '../ui';
import { onNewVersion } from './api';
import { useFocusOnNavigation } from './focus-on-navigation';
import { usePageState } from './page';
import { SearchBox } from './pages';
import { myCapacity, spacesQuery, useMe } from './queries';

const SECTIONS: { icon: IconName; key: 'home' | 'talks' | 'practices' | 'cities' | 'me'; href: string; owns: RegExp }[] = [
  { icon: 'home', key: 'home', href: '/', owns: /^\/$/ },
  { icon: 'chat', key: 'talks', href: '/echanges', owns: /^\/(echanges|fils|espaces)/ },
  { icon: 'book', key: 'practices', href: '/pratiques', owns: /^\/(pratiques|reprises|projets|besoins|offres)/ },
  { icon: 'city', key: 'cities', href: '/villes', owns: /^\/villes/ },
  { icon: 'user', key: 'me', href: '/moi', owns: /^\/(moi|messages|invitations|moderation|registre)/ },
];

/** The spine of the review: bar and dock on phones, rail on desktops; then the page. */
export function Shell({ children }: { children: ReactNode }) {
  const { t } = useI18n();
  const me = useMe();
  const page = usePageState();
  const [location] = useLocation();
  const main = useRef<HTMLElement>(null);
  useFocusOnNavigation(location, main);
  const [finding, find, found] = useSearchBox();
  return (
    <>
      <a className="skip" href="#contenu">
        {t('common.skip')}
      </a>
      <header className="spine">
        <Link className="brand" href="/" aria-label={`Passerelle, ${t('shell.home')}`}>
          <Mark />
          <span>
            Passerelle
            <small>{t('shell.association')}</small>
          </span>
        </Link>
        {page.back && (
          <Link className="back" href={page.back.href}>
            <Icon name="back" />
            <span>{page.back.label}</span>
          </Link>
        )}
        <Link className="find" href="/recherche" aria-label={t('shell.search')} onClick={find}>
          <Icon name="search" />
          <span aria-hidden="true">{t('shell.search')}</span>
          <kbd aria-hidden="true">/</kbd>
        </Link>
        <Sections location={location} />
        <Spaces />
        <Who />
      </header>
      <main id="contenu" className={`page ${page.columns}`} ref={main} tabIndex={-1}>
        <OfflineBand />
        {me.demo && (
          <p className="demo-line full">
            <Icon name="doc" small />
            {t('common.demo')}
          </p>
        )}
        {children}
      </main>
      <NewVersion />
      {finding !== null && <SearchBox typed={finding} onClose={found} />}
    </>
  );
}

/** The search box comes with its first use, with what was typed meanwhile; without it, the way to the search page stays. */
function useSearchBox() {
  const [, navigate] = useLocation();
  const [open, setOpen] = useState<string | null>(null);
  const ahead = useRef<string | null>(null);
  const find = useCallback(
    (event: Pick<Event, 'preventDefault'>) => {
      event.preventDefault();
      // The search page has a box of its own.
      const own = document.getElementById('q');
      if (own) own.focus();
      else {
        ahead.current = '';
        SearchBox.preload()
          .then(
            () => setOpen(ahead.current),
            () => navigate('/recherche'),
          )
          .finally(() => (ahead.current = null));
      }
    },
    [navigate],
  );
  useEffect(() => {
    const slash = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      if (ahead.current !== null && event.key.length === 1 && !event.ctrlKey && !event.metaKey) {
        ahead.current += event.key;
        event.preventDefault();
      } else if (event.key === '/' && !event.ctrlKey && !event.metaKey && !/^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) find(event);
    };
    document.addEventListener('keydown', slash);
    return () => document.removeEventListener('keydown', slash);
  }, [find]);
  return [open, find, () => setOpen(null)] as const;
}

function Sections({ location }: { location: string }) {
  const { t } = useI18n();
  const spaces = useQuery(spacesQuery);
  const unread = spaces.data?.items.reduce((sum, space) => sum + space.unread, 0) ?? 0;
  return (
    <nav className="nav" aria-label={t('shell.sections')}>
      <ul>
        {SECTIONS.map(({ icon, key, href, owns }) => (
          <li key={key}>
            <Link href={href} {...(owns.test(location) && { 'aria-current': 'page' as const })}>
              <Icon name={icon} />
              {t(`shell.${key}`)}
              {key === 'talks' && unread > 0 && (
                <b>
                  <span aria-hidden="true">{unread > 99 ? '99+' : unread}</span>
                  <span className="vh">, {t('shell.unread', { count: unread })}</span>
                </b>
              )}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

const SPACES_SHOWN = 6;

function Spaces() {
  const { t, lang } = useI18n();
  const { data } = useQuery(spacesQuery);
  const mine = (data?.items ?? []).filter((space) => space.member || space.unread > 0).slice(0, SPACES_SHOWN);
  if (mine.length === 0) return null;
  return (
    <nav className="spaces" aria-label={t('shell.spaces')}>
      <h2>{t('shell.spaces')}</h2>
      <ul>
        {mine.map((space) => (
          <li key={space.id}>
            <Link href={`/echanges/${space.slug}`}>
              {lang === 'fr' ? space.nameFr : space.nameEn}
              {space.unread > 0 && (
                <b>
                  <span aria-hidden="true">{space.unread}</span>
                  <span className="vh"> {t('shell.unread', { count: space.unread })}</span>
                </b>
              )}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Who() {
  const { t } = useI18n();
  const me = useMe();
  const items = useOutbox();
  const refused = items.filter((item) => item.state === 'refused').length;
  const waiting = items.length - refused;
  const capacity = myCapacity(me);
  const state =
    refused > 0 ? t('shell.refused', { count: refused }) : waiting > 0 ? t('shell.waiting', { count: waiting }) : t('shell.saved');
  return (
    <div className="who">
      {capacity && <Flag country={capacity.organisation.country} />}
      <div>
        {capacity ? capacityText(capacity.function, capacity.organisation.name) : me.account.name}
        <div className="meta" role="status">
          {state}
        </div>
      </div>
    </div>
  );
}

function OfflineBand() {
  const { t, formatTime } = useI18n();
  const { since } = useConnection();
  if (!since) return null;
  return (
    <p className="note off band full" role="status">
      <Icon name="offline" />
      <span>
        <b>{t('shell.offline', { time: formatTime(since) })}</b> {t('shell.offlineMore')}
      </span>
    </p>
  );
}

function NewVersion() {
  const { t } = useI18n();
  const [available, setAvailable] = useState(false);
  useEffect(() => onNewVersion(() => setAvailable(true)), []);
  if (!available) return null;
  return (
    <div className="note toast" role="status">
      <Icon name="check" />
      <span>
        {t('shell.newVersion')}
        <button type="button" className="btn btn-q" onClick={() => location.reload()}>
          {t('shell.reload')}
        </button>
      </span>
      <button type="button" className="btn btn-q btn-i right" aria-label={t('common.close')} onClick={() => setAvailable(false)}>
        <Icon name="close" small />
      </button>
    </div>
  );
}
