import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { withQuery } from '../../app/api';
import { useMe } from '../../app/queries';
import { useI18n } from '../../i18n';
import { Empty } from '../../ui';
import { forgetSearches, recentSearches } from './recent';
import { SavedList } from './saved-list';
import { savedQuery } from '../../ui/fresh-searches';

const EXAMPLES = ['markets', 'sludge', 'lighting', 'budget'] as const;
const SAVED_SHOWN = 5;

/** Before anything was asked: what is followed, what was asked before, and examples. */
export function Start() {
  const { t } = useI18n();
  const me = useMe();
  const saved = useQuery(savedQuery).data?.items ?? [];
  return (
    <>
      <Empty title={t('search.start')} text={t('search.startText')} />
      {saved.length > 0 && (
        <section className="sec">
          <h2>{t('saved.title')}</h2>
          <SavedList items={saved.slice(0, SAVED_SHOWN)} />
          <p className="mt-2">
            <Link className="btn btn-q" href="/recherche/suivies">
              {t('saved.all')}
            </Link>
          </p>
        </section>
      )}
      <Recent account={me.account.id} />
      <section className="sec">
        <h2>{t('search.examplesTitle')}</h2>
        <p className="row">
          {EXAMPLES.map((example) => (
            <Link key={example} className="chip" href={withQuery('/recherche', { q: t(`search.examples.${example}`) })}>
              {t(`search.examples.${example}`)}
            </Link>
          ))}
        </p>
        {me.account.role === 'administrator' && (
          <p className="mt-4">
            <Link className="btn" href="/recherche/sans-reponse">
              {t('search.unanswered')}
            </Link>
          </p>
        )}
      </section>
    </>
  );
}

/** What was asked before on this device, until it is cleared. */
function Recent({ account }: { account: string }) {
  const { t } = useI18n();
  const [recent, setRecent] = useState(() => recentSearches(account));
  const forget = () => {
    forgetSearches(account);
    setRecent([]);
  };
  if (recent.length === 0) return null;
  return (
    <section className="sec">
      <h2>{t('search.recent')}</h2>
      <ul className="list">
        {recent.map((q) => (
          <li key={q}>
            <Link href={withQuery('/recherche', { q })}>{q}</Link>
          </li>
        ))}
      </ul>
      <p className="mt-2">
        <button type="button" className="btn btn-q" onClick={forget}>
          {t('search.forget')}
        </button>
      </p>
    </section>
  );
}
