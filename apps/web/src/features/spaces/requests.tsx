import type { SpaceRequestView } from '@passerelle/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../app/api';
import { useI18n } from '../../i18n';
import { Capacity, Empty, ErrorNote, Flag, Loaded } from '../../ui';
import { requestsQuery, useAct } from './spaces.api';

const WORDS_MAX = 1_000;

/** Requests that wait for whoever manages the space; new ones come in live. */
export function Requests({ slug }: { slug: string }) {
  const { t } = useI18n();
  const requests = useQuery(requestsQuery(slug));
  return (
    <section className="sec">
      <h2>{t('spaces.requests.title')}</h2>
      <Loaded query={requests}>
        {({ items }) =>
          items.length === 0 ? <Empty heading="h2" title={t('spaces.requests.none')} text={t('spaces.requests.noneText')} /> : items.map((request) => <Request key={request.id} request={request} />)
        }
      </Loaded>
    </section>
  );
}

function Request({ request }: { request: SpaceRequestView }) {
  const { t, formatDateTime } = useI18n();
  const [words, setWords] = useState('');
  const [missing, setMissing] = useState(false);
  const answer = useAct((accept: boolean) => api.post(`/api/space-requests/${request.id}/answer`, { accept, words: words.trim() }));
  const id = `words-${request.id}`;
  const decline = () => {
    const empty = words.trim() === '';
    setMissing(empty);
    if (empty) document.getElementById(id)?.focus();
    else answer.mutate(false);
  };
  return (
    <article className="mine" aria-labelledby={request.id}>
      <header className="by">
        {request.country && <Flag country={request.country} />}
        <h3 id={request.id}>{request.organisation ? <Capacity title={request.function} city={request.organisation} /> : request.function}</h3>
        <p className="meta">{t('spaces.requests.asked', { when: formatDateTime(request.at) })}</p>
      </header>
      <p className="txt pre">{request.reason}</p>
      <div className="field mt-3">
        <label htmlFor={id}>{t('spaces.requests.words')}</label>
        <p className="hint" id={`${id}-hint`}>
          {missing ? <b className="err">{t('spaces.requests.needWords')}</b> : t('spaces.requests.hint')}
        </p>
        <textarea className="in" id={id} rows={2} maxLength={WORDS_MAX} value={words} aria-invalid={missing} aria-describedby={`${id}-hint`} onChange={(event) => setWords(event.target.value)} />
      </div>
      {answer.isError && <ErrorNote error={answer.error} />}
      <div className="row mt-2">
        <button type="button" className="btn btn-p" disabled={answer.isPending} onClick={() => answer.mutate(true)}>
          {t('spaces.requests.accept')}
        </button>
        <button type="button" className="btn" disabled={answer.isPending} onClick={decline}>
          {t('spaces.requests.decline')}
        </button>
      </div>
    </article>
  );
}
