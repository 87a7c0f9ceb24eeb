import type { PracticeView } from '@passerelle/contract';
import { frenchTypography } from '@passerelle/text';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { Link } from 'wouter';
import { usePage } from '../../app/page';
import { themesQuery } from '../../app/queries';
import { useI18n } from '../../i18n';
import { Flag, Icon, Loaded, Note, MapWait, Via } from '../../ui';
import { periodOf } from './practice-card';
import { practiceQuery } from './practices.api';

const TransferMap = lazy(() => import('./transfer-map'));

export default function PracticePage({ reference }: { reference: string }) {
  const { t } = useI18n();
  const practice = useQuery(practiceQuery(reference));
  usePage(practice.data?.title ?? t('practices.title'), { back: { href: '/pratiques', label: t('practices.title') } });
  return (
    <>
      <article>
        {!practice.data && <h1 className="vh">{t('practices.title')}</h1>}
        <Loaded query={practice}>{(view) => <Sheet practice={view} />}</Loaded>
      </article>
      <aside className="side" aria-label={t('practices.about')}>
        {practice.data && <Around practice={practice.data} />}
      </aside>
    </>
  );
}

function Sheet({ practice }: { practice: PracticeView }) {
  const { t, lang } = useI18n();
  const themes = useQuery(themesQuery);
  return (
    <>
      <p className="kick">
        <Icon name="book" small />
        {themes.data?.items.find((theme) => theme.id === practice.theme)?.[lang] ?? ''}
      </p>
      <h1 className="h-long" lang={practice.language}>
        {frenchTypography(practice.title)}
      </h1>
      <Facts practice={practice} />
      {practice.label && (
        <Note icon="doc">
          {frenchTypography(practice.label)} {practice.sourceUrl && <Source url={practice.sourceUrl} />}
        </Note>
      )}
      <section className="sec">
        <h2>{t('practices.summary')}</h2>
        <p lang={practice.language}>{frenchTypography(practice.summary)}</p>
      </section>
      {practice.results.length > 0 && (
        <section className="sec">
          <h2>{t('practices.resultsTitle')}</h2>
          <ul className="dots" lang={practice.language}>
            {practice.results.map((result) => (
              <li key={result}>{frenchTypography(result)}</li>
            ))}
          </ul>
        </section>
      )}
      {practice.difficulties && (
        <section className="sec bord-l">
          <h2>{t('practices.difficulties')}</h2>
          <p lang={practice.language}>{frenchTypography(practice.difficulties)}</p>
        </section>
      )}
      {practice.partners.length > 0 && (
        <section className="sec">
          <h2>{t('practices.partners')}</h2>
          <ul className="list">
            {practice.partners.map((partner) => (
              <li key={partner}>
                <Icon name="people" small />
                <span>{frenchTypography(partner)}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {practice.transfers.length > 0 && <Transfers practice={practice} />}
    </>
  );
}

function Facts({ practice }: { practice: PracticeView }) {
  const { t, countryName } = useI18n();
  return (
    <dl className="facts">
      <div>
        <dt>{t('practices.facts.city')}</dt>
        <dd className="row row-t">
          <Flag country={practice.city.country} />
          <span>
            {practice.city.slug ? <Link href={`/villes/${practice.city.slug}`}>{practice.city.name}</Link> : practice.city.name},{' '}
            {countryName(practice.city.country)}
          </span>
        </dd>
      </div>
      <div>
        <dt>{t('practices.facts.since')}</dt>
        <dd>
          {practice.yearStart && !practice.yearEnd ? t('practices.ongoing', { year: String(practice.yearStart) }) : periodOf(practice, t)}
        </dd>
      </div>
      <div>
        <dt>{t('practices.facts.takenBy')}</dt>
        <dd>
          {practice.takenUpCount > 0 && <Via built={practice.takenUpCount} />}
          {practice.takenUpCount > 0 ? t('practices.cities', { count: practice.takenUpCount }) : t('practices.nobody')}
        </dd>
      </div>
      <div>
        <dt>{t('practices.facts.cost')}</dt>
        <dd>
          {t(`practices.cost.${practice.costRange}`)}
          {practice.costNote && <span className="meta fact-note">{frenchTypography(practice.costNote)}</span>}
        </dd>
      </div>
      {practice.sdgs.length > 0 && (
        <div>
          <dt>{t('practices.facts.goals')}</dt>
          <dd>{t('practices.goals', { count: practice.sdgs.length, list: [...practice.sdgs].sort((a, b) => a - b).join(', ') })}</dd>
        </div>
      )}
      <div>
        <dt>{t('practices.facts.language')}</dt>
        <dd>{t(`common.inLanguage.${practice.language}`)}</dd>
      </div>
    </dl>
  );
}

function Transfers({ practice }: { practice: PracticeView }) {
  const { t } = useI18n();
  return (
    <section className="sec">
      <hr className="filet" />
      <h2 id="transfers">{t('practices.transfers')}</h2>
      <Suspense fallback={<MapWait />}>
        <TransferMap practice={practice} />
      </Suspense>
      <ul className="list mt-3">
        {practice.transfers.map((transfer) => (
          <li key={transfer.to}>
            {transfer.country && <Flag country={transfer.country} />}
            <span>
              {transfer.slug ? <Link href={`/villes/${transfer.slug}`}>{transfer.to}</Link> : transfer.to}
              <span className="meta">{frenchTypography([transfer.year, transfer.note].filter(Boolean).join(', '))}</span>
            </span>
            <span className={transfer.state.startsWith('taken') ? 'num tag tag-ok' : 'num tag'}>
              <Icon name={transfer.state.startsWith('taken') ? 'check' : 'clock'} small />
              {t(`practices.state.${transfer.state}`)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Source({ url }: { url: string }) {
  const { t } = useI18n();
  return (
    <a href={url} rel="noopener noreferrer">
      {t('practices.source')}
    </a>
  );
}

function Around({ practice }: { practice: PracticeView }) {
  const { t, formatDay } = useI18n();
  return (
    <>
      <section>
        <h2>{t('practices.discussion')}</h2>
        {practice.threads.length === 0 && <p className="soft mt-2">{t('practices.noDiscussion')}</p>}
        <ul className="list mt-2">
          {practice.threads.map((thread) => (
            <li key={thread.id}>
              <div>
                <Link href={`/fils/${thread.id}`}>{frenchTypography(thread.title)}</Link>
                <span className="meta">{t('practices.messages', { count: thread.postCount })}</span>
              </div>
            </li>
          ))}
        </ul>
        <p className="row mt-3">
          <Link
            className="btn"
            href={`/echanges/nouveau?kind=question&space=${practice.theme}&titre=${encodeURIComponent(practice.title.slice(0, 140))}`}
          >
            {t('practices.ask')}
          </Link>
          <button type="button" className="btn btn-i desk" aria-label={t('practices.print')} onClick={() => window.print()}>
            <Icon name="print" />
          </button>
        </p>
      </section>
      {practice.related.length > 0 && (
        <section>
          <h2>{t('practices.related')}</h2>
          <ul className="list mt-2">
            {practice.related.map((other) => (
              <li key={other.id}>
                <div>
                  <Link href={`/pratiques/${other.ref}`}>{frenchTypography(other.title)}</Link>
                  <span className="meta">{other.city.name}</span>
                </div>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section>
        <h2>{t('practices.about')}</h2>
        <p className="meta mt-2">{t('practices.updated', { version: practice.version, day: formatDay(practice.updatedAt) })}</p>
        {practice.sourceUrl && (
          <p className="meta">
            <Source url={practice.sourceUrl} />
          </p>
        )}
        {practice.otherSources.length > 0 && (
          <details className="facet">
            <summary>
              {t('practices.otherSources')} <Icon name="down" small />
            </summary>
            <ul>
              {practice.otherSources.map((url) => (
                <li key={url} className="meta">
                  <a href={url} rel="noopener noreferrer">
                    {new URL(url).hostname}
                  </a>
                </li>
              ))}
            </ul>
          </details>
        )}
      </section>
    </>
  );
}
