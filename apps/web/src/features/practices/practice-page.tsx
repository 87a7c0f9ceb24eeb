import type { PracticeView } from '@passerelle/contract';
import { frenchTypography } from '@passerelle/text';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { usePage } from '../../app/page';
import { themesQuery, useMe } from '../../app/queries';
import { useI18n } from '../../i18n';
import { Icon, Loaded, Note } from '../../ui';
import { useWriter } from '../../ui/gate';
import { WriteToCity } from '../../ui/write-to-city';
import { EntrySections } from './entry-sections';
import { KeepInFolder } from './keep-in-folder';
import { PracticeFacts } from './practice-facts';
import { Standing } from './practice-standing';
import { practiceQuery } from './practices.api';
import { Transfers } from './transfers';
import { ReportButton } from '../../ui/report-button';
import { Useful, UsefulFor } from './useful';

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
  const { lang } = useI18n();
  const themes = useQuery(themesQuery);
  const theme = themes.data?.items.find((item) => item.id === practice.theme);
  return (
    <>
      <p className="kick">
        <Icon name="book" small />
        {theme?.[lang] ?? ''}{' '}
        <span className="meta">
          {theme?.concepts
            .filter((concept) => practice.concepts.includes(concept.id))
            .map((concept) => concept[lang])
            .join(', ')}
        </span>
      </p>
      <h1 className="h-long" lang={practice.language}>
        {frenchTypography(practice.title)}
      </h1>
      <Badges practice={practice} />
      <PracticeFacts practice={practice} />
      <div className="phone mt-3">
        <Actions practice={practice} />
      </div>
      {practice.label && (
        <Note icon="doc">
          {frenchTypography(practice.label)} {practice.sourceUrl && <Source url={practice.sourceUrl} />}
        </Note>
      )}
      {practice.standing && <Standing practice={practice} standing={practice.standing} />}
      <EntrySections practice={practice} />
      <Transfers practice={practice} />
    </>
  );
}

/** Useful for my city, paper, side by side, pass on. */
function Actions({ practice }: { practice: PracticeView }) {
  const { t } = useI18n();
  const guest = useMe().account.role === 'guest';
  return (
    <>
    <div className="row">
      <Useful practice={practice} />
      <a className="btn btn-i" href={`/api/practices/${practice.ref}/pdf`} target="_blank" rel="noopener" aria-label={t('practices.print')}>
        <Icon name="print" />
      </a>
      <Link className="btn btn-i" href={`/pratiques/comparer?p=${practice.ref}`} aria-label={t('entry.compare')}>
        <Icon name="compare" />
      </Link>
      <KeepInFolder practice={practice} />
      <Share practice={practice} />
      {!guest && <ReportButton kind="practice" targetId={practice.id} />}
    </div>
    <UsefulFor useful={practice.useful} />
    </>
  );
}

/** A short text with the link, for the phone's own share sheet or the clipboard. */
function Share({ practice }: { practice: PracticeView }) {
  const { t } = useI18n();
  const [copied, setCopied] = useState(false);
  const url = `${location.origin}${practice.open ? '/public' : ''}/pratiques/${practice.ref}`;
  const text = `${practice.title} (${practice.city.name})`;
  const share = async () => {
    // Closing the phone's sheet is no failure; a browser without one copies.
    const sheet = navigator as Partial<Navigator>;
    if (sheet.share) return void sheet.share({ title: practice.title, text, url }).catch(() => undefined);
    await navigator.clipboard.writeText(`${text}\n${url}`);
    setCopied(true);
  };
  return (
    <>
      <button type="button" className="btn btn-q" onClick={() => void share()}>
        {t('entry.share')}
      </button>
      <span className="meta" role="status">
        {copied && t('entry.copied')}
      </span>
    </>
  );
}

/** Few and in words: no stars. */
function Badges({ practice }: { practice: PracticeView }) {
  const { t } = useI18n();
  return (
    <p className="row mt-2">
      {practice.validated && (
        <span className="tag tag-ok">
          <Icon name="check" small /> {t('entry.badge.validated')}
        </span>
      )}
      {practice.toConfirm && (
        <span className="tag">
          <Icon name="clock" small /> {t('entry.badge.toConfirm')}
        </span>
      )}
      {practice.content.awards.length > 0 && <span className="tag">{t('entry.badge.awarded')}</span>}
      {!practice.open && <span className="tag">{t('entry.badge.members')}</span>}
    </p>
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

/** Threads that the reader may read, and the way to ask; guests read none and ask in their own space. */
function Discussion({ practice }: { practice: PracticeView }) {
  const { t } = useI18n();
  const writer = useWriter();
  if (!writer && practice.threads.length === 0) return null;
  return (
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
      {writer && (
        <>
          <p className="soft mt-3">{t('relay.publicText')}</p>
          <p className="row mt-2">
            <Link
              className="btn"
              href={`/echanges/nouveau?kind=question&space=${practice.theme}&pratique=${practice.ref}&titre=${encodeURIComponent(practice.title.slice(0, 140))}`}
            >
              {t('practices.ask')}
            </Link>
          </p>
        </>
      )}
    </section>
  );
}

function Around({ practice }: { practice: PracticeView }) {
  const { t, formatDay, lang } = useI18n();
  const themes = useQuery(themesQuery);
  const concepts = new Map(themes.data?.items.flatMap((theme) => theme.concepts.map((concept) => [concept.id, concept[lang]] as const)));
  const names = (ids: string[]) => ids.map((id) => concepts.get(id) ?? id).join(', ');
  return (
    <>
      <section className="desk">
        <Actions practice={practice} />
      </section>
      <Discussion practice={practice} />
      {practice.city.slug && <WriteToCity city={practice.city.slug} about={practice.ref} />}
      {practice.related.length > 0 && (
        <section>
          <h2>{t('practices.related')}</h2>
          <ul className="list mt-2">
            {practice.related.map((other) => (
              <li key={other.id}>
                <div>
                  <Link href={`/pratiques/${other.ref}`}>{frenchTypography(other.title)}</Link>
                  <span className="meta">
                    {other.city.name}.{' '}
                    {other.sharedConcepts.length > 0
                      ? t('entry.whyRelated.concepts', { list: names(other.sharedConcepts) })
                      : t('entry.whyRelated.theme')}
                  </span>
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
