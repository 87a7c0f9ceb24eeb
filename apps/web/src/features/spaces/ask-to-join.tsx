import type { SpaceDetail } from '@passerelle/contract';
import { useState } from 'react';
import { v7 as uuid } from 'uuid';
import { api } from '../../app/api';
import { useI18n } from '../../i18n';
import { ErrorNote, Icon, Note } from '../../ui';
import { useAct } from './spaces.api';

const REASON_MIN = 10;
const REASON_MAX = 1_000;

/** The request to join a closed space and what became of it. */
export function AskToJoin({ space }: { space: SpaceDetail }) {
  const { t, formatDateTime } = useI18n();
  const { request, abilities } = space;
  const withdraw = useAct((id: string) => api.delete(`/api/space-requests/${id}`));
  if (request?.state === 'sent')
    return (
      <Note icon="clock" role="status">
        <p>{t('spaces.ask.waiting', { when: formatDateTime(request.at) })}</p>
        <p className="soft">{t('spaces.ask.yours', { reason: request.reason })}</p>
        {withdraw.isError && <ErrorNote error={withdraw.error} />}
        <button type="button" className="btn btn-q mt-2" disabled={withdraw.isPending} onClick={() => withdraw.mutate(request.id)}>
          {t('spaces.ask.withdraw')}
        </button>
      </Note>
    );
  return (
    <>
      {request?.state === 'declined' && (
        <Note kind="attention" icon="alert" role="status">
          <p>{t('spaces.ask.declined', { when: formatDateTime(request.answeredAt ?? request.at) })}</p>
          <p>{t('spaces.ask.words', { words: request.words })}</p>
          {abilities.ask && <p className="soft">{t('spaces.ask.again')}</p>}
        </Note>
      )}
      {abilities.ask && <Form slug={space.slug} />}
    </>
  );
}

function Form({ slug }: { slug: string }) {
  const { t } = useI18n();
  const [id] = useState(() => uuid());
  const [reason, setReason] = useState('');
  const [short, setShort] = useState(false);
  const ask = useAct((words: string) => api.post(`/api/spaces/${slug}/requests`, { id, reason: words }));
  const submit = () => {
    const bad = reason.trim().length < REASON_MIN;
    setShort(bad);
    if (!bad) ask.mutate(reason.trim());
    else document.getElementById('reason')?.focus();
  };
  return (
    <form className="sec" onSubmit={(event) => (event.preventDefault(), submit())} noValidate>
      <h2>{t('spaces.ask.title')}</h2>
      <div className="field">
        <label htmlFor="reason">{t('spaces.ask.label')}</label>
        <p className="hint" id="reason-hint">
          {t('spaces.ask.hint')}
        </p>
        <textarea className="in" id="reason" rows={4} maxLength={REASON_MAX} value={reason} aria-invalid={short} aria-describedby={short ? 'reason-hint reason-error' : 'reason-hint'} onChange={(event) => setReason(event.target.value)} />
        {short && (
          <p className="err" id="reason-error">
            {t('spaces.ask.short')}
          </p>
        )}
      </div>
      {ask.isError && <ErrorNote error={ask.error} />}
      <button type="submit" className="btn btn-p" disabled={ask.isPending}>
        <Icon name="send" small />
        {t('spaces.ask.send')}
      </button>
    </form>
  );
}
