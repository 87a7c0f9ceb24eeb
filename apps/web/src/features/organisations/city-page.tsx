import type { NeedsPage, OffersPage, OrganisationView, ProjectsPage } from '@passerelle/contract';
import { frenchTypography } from '@passerelle/text';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { Link } from 'wouter';
import { api, withQuery } from '../../app/api';
import { usePage } from '../../app/page';
import { useMe } from '../../app/queries';
import { useI18n } from '../../i18n';
import { Flag, Icon, type IconName, Loaded, MapWait, Via } from '../../ui';
import { noonOf } from '../../ui/days';
import { useWriter } from '../../ui/gate';
import { Covers } from '../../ui/themes-field';
import { ReportButton } from '../../ui/report-button';
import { WriteToCity } from '../../ui/write-to-city';
import { Membership } from './membership';

const ExchangeMap = lazy(() => import('../../ui/map/exchange-map'));

export default function CityPage({ slug }: { slug: string }) {
  const { t } = useI18n();
  const city = useQuery({
    queryKey: ['organisation', slug],
    queryFn: () => api.get<OrganisationView>(`/api/organisations/${encodeURIComponent(slug)}`),
  });
  usePage(city.data?.name ?? t('cities.title'), { back: { href: '/villes', label: t('cities.title') } });
  return (
    <>
      <div>
        {!city.data && <h1 className="vh">{t('cities.title')}</h1>}
        <Loaded query={city}>{(view) => <City city={view} />}</Loaded>
      </div>
      <aside className="side" aria-label={t('cities.people')}>
        {city.data && <People city={city.data} />}
      </aside>
    </>
  );
}

function City({ city }: { city: OrganisationView }) {
  const { t, countryName, formatNumber } = useI18n();
  const takenUp = new Set(city.given.filter(({ state }) => state.startsWith('taken')).map(({ to }) => to)).size;
  return (
    <>
      <p className="kick">
        <Icon name="city" small />
        <Membership row={city} />
      </p>
      <h1 className="row">
        {city.name} <Flag country={city.country} />
      </h1>
      <p className="soft mt-2">
        {countryName(city.country)}
        {city.population !== null &&
          `. ${t('cities.inhabitants', { count: city.population }).replace(String(city.population), formatNumber(city.population))}`}
      </p>
      {takenUp > 0 && (
        <p className="row mt-2">
          <Via built={takenUp} /> {t('home.takenUp', { count: takenUp })}
        </p>
      )}
      <Accession city={city} />
      {city.sourceUrl && (
        <p className="meta mt-1">
          <a href={city.sourceUrl} rel="noopener noreferrer">
            {t('cities.source')}
          </a>
        </p>
      )}
      {city.given.length > 0 && <Given city={city} />}
      <section className="sec">
        <h2>{t('cities.practices')}</h2>
        {city.practices.length === 0 && <p className="soft">{t('cities.noPractices')}</p>}
        <ul>
          {city.practices.map((practice) => (
            <li key={practice.id} className="hit">
              <h3 lang={practice.language}>
                <Link href={`/pratiques/${practice.ref}`}>{frenchTypography(practice.title)}</Link>
              </h3>
              <p className="row meta mt-2">
                {practice.takenUpCount > 0 && <Via built={practice.takenUpCount} />}
                <span>
                  {practice.takenUpCount > 0 ? t('practices.takenBy', { count: practice.takenUpCount }) : t('practices.notTaken')}
                </span>
              </p>
            </li>
          ))}
        </ul>
      </section>
      <Undertakings city={city} />
    </>
  );
}

/** That it asks to join, or what was decided of it. */
function Accession({ city: { accession } }: { city: OrganisationView }) {
  const { t, formatDay } = useI18n();
  if (!accession) return null;
  return (
    <p className="mt-2">
      <Link href={`/adhesions/${accession.id}`}>{t(`accessions.city.${accession.state}`, { day: accession.decidedOn ? formatDay(noonOf(accession.decidedOn)) : '' })}</Link>
    </p>
  );
}

/** What the city undertakes, where it looks for help and what it offers; guests see nothing of it. */
function Undertakings({ city }: { city: OrganisationView }) {
  const { t } = useI18n();
  const enabled = useMe().account.role !== 'guest';
  const of = <Page,>(kind: 'projects' | 'needs' | 'offers') => ({
    queryKey: [kind, 'of', city.slug],
    queryFn: () => api.get<Page>(withQuery(`/api/${kind}`, { organisation: city.slug, limit: 20 })),
    enabled,
  });
  const projects = useQuery(of<ProjectsPage>('projects')).data?.items;
  const needs = useQuery(of<NeedsPage>('needs')).data?.items;
  const offers = useQuery(of<OffersPage>('offers')).data?.items;
  if (!enabled || !projects || !needs || !offers) return null;
  return (
    <section className="sec">
      <h2>{t('projects.cityTitle')}</h2>
      {projects.length + needs.length + offers.length === 0 && <p className="soft">{t('projects.noCity')}</p>}
      <ul className="list">
        {projects.map((project) => (
          <Line key={project.id} icon="flag" href={`/projets/${project.ref}`} title={project.title} state={t(`projects.stage.${project.stage}`)} />
        ))}
        {needs.map((need) => (
          <Line key={need.id} icon="people" href={`/besoins/${need.id}`} title={need.title} kind={t('projects.cityNeeds')} state={t(`needs.state.${need.state}`)} />
        ))}
        {offers.map((offer) => (
          <Line key={offer.id} icon="bulb" href={`/offres/${offer.id}`} title={offer.title} kind={t('projects.cityOffers')} state={t(`needs.state.${offer.state}`)} />
        ))}
      </ul>
    </section>
  );
}

function Line({ icon, href, title, kind, state }: { icon: IconName; href: string; title: string; kind?: string; state: string }) {
  const { t } = useI18n();
  return (
    <li>
      <Icon name={icon} />
      <div>
        <Link href={href}>{frenchTypography(title || t('projects.untitled'))}</Link>
        {kind && <span className="meta">{kind}</span>}
      </div>
      <span className="num tag">{state}</span>
    </li>
  );
}

function Given({ city }: { city: OrganisationView }) {
  const { t } = useI18n();
  const several = new Set(city.given.map((transfer) => transfer.ref)).size > 1;
  const here = { name: city.name, latitude: city.latitude, longitude: city.longitude };
  return (
    <section className="sec">
      <h2>{t('cities.given', { city: city.name })}</h2>
      <Suspense fallback={<MapWait />}>
        <ExchangeMap
          crop
          label={t('cities.mapOf', { city: city.name })}
          exchanges={city.given.map(({ to, latitude, longitude, state }) => ({ from: here, to: { name: to, latitude, longitude }, state }))}
        />
      </Suspense>
      <ul className="list mt-3">
        {city.given.map((transfer) => (
          <li key={transfer.ref + transfer.to}>
            {transfer.country && <Flag country={transfer.country} />}
            <span>
              {transfer.slug ? <Link href={`/villes/${transfer.slug}`}>{transfer.to}</Link> : transfer.to}
              <span className="meta">
                {frenchTypography([several ? transfer.title : null, transfer.year, transfer.note].filter(Boolean).join(', '))}
              </span>
            </span>
            <span className={transfer.state.startsWith('taken') ? 'num tag tag-ok' : 'num tag'}>
              {t(`practices.state.${transfer.state}`)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Threads of the city that the reader may read, and the way to ask it. */
function Threads({ city }: { city: OrganisationView }) {
  const { t, formatDay } = useI18n();
  const writer = useWriter();
  if (!writer && city.threads.length === 0) return null;
  return (
    <section>
      <h2>{t('cities.threads')}</h2>
      {city.threads.length === 0 && <p className="soft mt-2">{t('cities.noThreads')}</p>}
      <ul className="list mt-2">
        {city.threads.map((thread) => (
          <li key={thread.id}>
            <div>
              <Link href={`/fils/${thread.id}`}>{frenchTypography(thread.title)}</Link>
              <span className="meta">{formatDay(thread.lastActivityAt)}</span>
            </div>
          </li>
        ))}
      </ul>
      {writer && (
        <p className="mt-3">
          <Link className="btn" href="/echanges/nouveau?kind=question">
            {t('cities.ask')}
          </Link>
        </p>
      )}
    </section>
  );
}

function InOffice({ city }: { city: OrganisationView }) {
  const { t, formatDay } = useI18n();
  return (
    <section>
      <h2>{t('cities.people')}</h2>
      {city.people.length === 0 && <p className="soft mt-2">{t('cities.noPeople')}</p>}
      <ul className="list mt-2">
        {city.people.map((person) => (
          <li key={person.function}>
            <div>
              {person.function}
              {person.from && <span className="meta">{t('cities.since', { date: formatDay(person.from) })}</span>}
              <Covers themes={person.themes} />
            </div>
            <ReportButton kind="profile" targetId={person.profile} about={person.function} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function People({ city }: { city: OrganisationView }) {
  const { t } = useI18n();
  const { role } = useMe().account;
  const guest = role === 'guest';
  return (
    <>
      {!guest && <InOffice city={city} />}
      <WriteToCity city={city.slug} />
      {role === 'administrator' && city.kind === 'city' && (
        <p className="mt-3">
          <Link href={`/boite/${city.slug}`}>{t('mailbox.title')}</Link>
        </p>
      )}
      <Threads city={city} />
      <section>
        <h2>{t('cities.received')}</h2>
        {city.received.length === 0 && <p className="soft mt-2">{t('cities.noReceived')}</p>}
        <ul className="list mt-2">
          {city.received.map((transfer) => (
            <li key={transfer.ref}>
              <div>
                <Link href={`/pratiques/${transfer.ref}`}>{frenchTypography(transfer.title)}</Link>
                <span className="meta">
                  {transfer.from}. {t(`practices.state.${transfer.state}`)}
                </span>
              </div>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}
