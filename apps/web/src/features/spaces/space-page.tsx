import type { SpaceDetail } from '@passerelle/contract';
import { useQuery } from '@tanstack/react-query';
import { Link, useLocation } from 'wouter';
import { api } from '../../app/api';
import { usePage } from '../../app/page';
import { themesQuery } from '../../app/queries';
import { useI18n } from '../../i18n';
import { announce, ErrorNote, Icon, Loaded, Note } from '../../ui';
import { Sure } from '../../ui/sure';
import { AskToJoin } from './ask-to-join';
import { Members } from './members';
import { Requests } from './requests';
import { SpaceSettings } from './space-settings';
import { spaceQuery, useAct } from './spaces.api';
import { descriptionIn, nameIn } from './words';

export type SpaceTab = 'about' | 'members' | 'requests' | 'settings';

/** A space as a group: what it is, who belongs, who asks, how it is set. */
export default function SpacePage({ slug, tab }: { slug: string; tab: SpaceTab }) {
  const { t, lang } = useI18n();
  const space = useQuery(spaceQuery(slug));
  usePage(space.data ? nameIn(lang, space.data) : t('spaces.title'), { back: { href: '/espaces', label: t('spaces.title') } });
  // Whoever was taken out meanwhile sees nothing of it any more, not even what this page holds.
  if (space.error && !space.isFetching) return <ErrorNote error={space.error} />;
  return <Loaded query={space}>{(view) => <Space space={view} tab={tab} />}</Loaded>;
}

function Space({ space, tab }: { space: SpaceDetail; tab: SpaceTab }) {
  const { t, lang } = useI18n();
  const { abilities } = space;
  const shown = tab === 'members' && !abilities.members ? 'about' : tab !== 'about' && tab !== 'members' && !abilities.manage ? 'about' : tab;
  return (
    <div>
      <p className="kick">
        <Icon name={space.access === 'open' ? 'people' : 'lock'} small />
        {t(`forum.access.${space.access}`)}
        {space.role && <span className="meta">{t(`spaces.role.${space.role}`)}</span>}
        <ThemeName theme={space.theme} />
      </p>
      <h1>{nameIn(lang, space)}</h1>
      {space.archived && (
        <Note kind="attention" icon="lock">
          {t('spaces.archivedNote')}
        </Note>
      )}
      {space.access === 'confidential' && space.role === 'animator' && (
        <p className="mt-2">
          <Link className="btn" href="/moderation">
            <Icon name="flag" small /> {t('spaces.reports')}
          </Link>
        </p>
      )}
      <Tabs space={space} shown={shown} />
      {shown === 'about' && <About space={space} />}
      {shown === 'members' && <Members space={space} />}
      {shown === 'requests' && <Requests slug={space.slug} />}
      {shown === 'settings' && (
        <>
          <SpaceSettings space={space} />
          {!space.archived && (
            <p className="sec">
              <Link href={`/moderation/regles-de-veille?espace=${space.id}`}>{t('spaces.watch')}</Link>
            </p>
          )}
        </>
      )}
    </div>
  );
}

function ThemeName({ theme }: { theme: string | null }) {
  const { lang } = useI18n();
  const themes = useQuery({ ...themesQuery, enabled: theme !== null });
  const found = themes.data?.items.find((one) => one.id === theme);
  return found ? <span className="meta">{found[lang]}</span> : null;
}

/** Where a phone shows only some of the tabs, the chosen one is among them. */
const showChosen = (row: HTMLElement | null) => row?.querySelector('[aria-current]')?.scrollIntoView({ inline: 'center', block: 'nearest' });

function Tabs({ space: { slug, abilities, waiting }, shown }: { space: SpaceDetail; shown: SpaceTab }) {
  const { t } = useI18n();
  const tabs: [SpaceTab, string, boolean][] = [
    ['about', '', true],
    ['members', '/membres', abilities.members],
    ['requests', '/demandes', abilities.manage],
    ['settings', '/reglages', abilities.manage],
  ];
  const open = tabs.filter(([, , may]) => may);
  if (open.length === 1) return null;
  return (
    <nav className="tabs" aria-label={t('spaces.parts')} ref={showChosen}>
      {open.map(([tab, path]) => (
        <Link key={tab} href={`/espaces/${slug}${path}`} {...(tab === shown && { 'aria-current': 'page' as const })}>
          {t(`spaces.tabs.${tab}`)}
          {tab === 'requests' && waiting > 0 && ` (${waiting})`}
        </Link>
      ))}
    </nav>
  );
}

function About({ space }: { space: SpaceDetail }) {
  const { t, lang } = useI18n();
  const { abilities, slug, memberCount, threadCount } = space;
  const join = useAct(() => api.put(`/api/spaces/${slug}/membership`));
  return (
    <>
      <p className="lead mt-4">{descriptionIn(lang, space)}</p>
      {memberCount !== null && threadCount !== null && (
        <p className="meta mt-2">
          {t('spaces.memberCount', { count: memberCount })}, {t('forum.threadCount', { count: threadCount })}
        </p>
      )}
      {!abilities.read && <p className="soft mt-2">{t('spaces.closedFor')}</p>}
      {join.isError && <ErrorNote error={join.error} />}
      <div className="tools">
        {abilities.read && (
          <Link className="btn btn-p" href={`/echanges/${slug}`}>
            <Icon name="chat" />
            {t('spaces.read')}
          </Link>
        )}
        {abilities.join && (
          <button type="button" className="btn" disabled={join.isPending} onClick={() => join.mutate(undefined)}>
            <Icon name="plus" />
            {t('spaces.join')}
          </button>
        )}
        {abilities.leave && <Leave space={space} />}
      </div>
      {(abilities.ask || space.request) && <AskToJoin space={space} />}
    </>
  );
}

function Leave({ space: { slug, access } }: { space: SpaceDetail }) {
  const { t } = useI18n();
  const [, navigate] = useLocation();
  const leave = useAct(
    () => api.delete(`/api/spaces/${slug}/membership`),
    () => {
      announce(t('spaces.left'));
      navigate('/espaces');
    },
  );
  const question = t('spaces.leaveSure', { consequence: t(access === 'open' ? 'spaces.leaveOpen' : 'spaces.leaveClosed') });
  return <Sure label={t('spaces.leave')} question={question} yes={t('spaces.leaveYes')} act={leave} />;
}
