import type { DataExportView, ErasureKind, ErasureView, MyDataView } from '@passerelle/contract';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { v7 as uuid } from 'uuid';
import { Link } from 'wouter';
import { api } from '../../app/api';
import { usePage } from '../../app/page';
import { useI18n } from '../../i18n';
import { ErrorNote, Icon, Loaded } from '../../ui';
import { useFreshAct } from '../../ui/fresh-sign-in';
import { Consents } from './consents';

const KINDS: readonly ErasureKind[] = ['account', 'content', 'both'];
const WAITING_MS = 15_000;
const dataQuery = queryOptions({
  queryKey: ['my-data'],
  queryFn: () => api.get<MyDataView>('/api/me/data'),
  // A copy in preparation is ready some minutes later.
  refetchInterval: ({ state }) => (state.data?.exports.some((one) => one.state === 'waiting') ? WAITING_MS : false),
});

/** What is stored about the reader, why, until when and who looked; copy, correction, erasure. */
export default function MyDataPage() {
  const { t } = useI18n();
  const data = useQuery(dataQuery);
  usePage(t('privacy.title'), { back: { href: '/moi', label: t('shell.me') } });
  return (
    <div>
      <h1>{t('privacy.title')}</h1>
      <p className="soft mt-2">{t('privacy.lead')}</p>
      <Loaded query={data}>
        {(view) => (
          <>
            <Stored view={view} />
            <Reads view={view} />
            <section className="sec">
              <h2>{t('privacy.correct')}</h2>
              <p className="mt-2">{t('privacy.correctText')}</p>
              <p className="mt-3">
                <Link className="btn" href="/moi">
                  {t('privacy.correctDo')}
                </Link>
              </p>
            </section>
            <Consents consents={view.consents} queryKey={dataQuery.queryKey} />
            <Copies exports={view.exports} />
            <Erasures erasures={view.erasures} />
          </>
        )}
      </Loaded>
    </div>
  );
}

function Stored({ view: { parts, retention } }: { view: MyDataView }) {
  const { t, formatNumber } = useI18n();
  const days = { account: formatNumber(retention.closedAccount), letters: formatNumber(retention.letters) };
  return (
    <section className="sec">
      <h2>{t('privacy.stored')}</h2>
      <ul className="list mt-3">
        {parts
          .filter(({ count }) => count > 0)
          .map(({ part, count }) => (
            <li key={part}>
              <span className="min0">
                {t(`privacy.part.${part}`)}
                <span className="meta">{t(`privacy.reason.${part}`, days)}</span>
              </span>
              <span className="num right">
                {formatNumber(count)}
                <span className="vh"> {t('privacy.count')}</span>
              </span>
            </li>
          ))}
      </ul>
      <p className="meta mt-3">{t('privacy.events', { events: formatNumber(retention.events) })}</p>
    </section>
  );
}

function Reads({ view: { reads } }: { view: MyDataView }) {
  const { t, formatDateTime } = useI18n();
  return (
    <section className="sec">
      <h2>{t('privacy.reads')}</h2>
      {reads.length === 0 && <p className="soft mt-2">{t('privacy.readsNone')}</p>}
      <ul className="list mt-3">
        {reads.map(({ at, act, by }) => (
          <li key={`${at} ${act}`}>
            <span>
              {t(`privacy.act.${act}`)}
              <span className="meta">{['role' in by ? t(`privacy.by.${by.role}`) : by.function, formatDateTime(at)].join(', ')}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function useAsking<T>(send: (value: T) => Promise<unknown>) {
  const cache = useQueryClient();
  return useMutation({ mutationFn: send, onSettled: () => cache.invalidateQueries({ queryKey: dataQuery.queryKey }) });
}

/** A copy of everything and an erasure want to know again who acts. */
function useFreshAsking(send: () => Promise<unknown>) {
  const cache = useQueryClient();
  return useFreshAct(send, () => void cache.invalidateQueries({ queryKey: dataQuery.queryKey }));
}

function Copies({ exports }: { exports: DataExportView[] }) {
  const { t, formatDateTime, formatBytes } = useI18n();
  const [id, setId] = useState(() => uuid());
  const ask = useFreshAsking(() => api.post('/api/me/exports', { id }).then(() => setId(uuid())));
  const textOf = ({ state, requestedAt, expiresAt, bytes }: DataExportView) => {
    const when = formatDateTime(requestedAt);
    if (state === 'waiting') return t('privacy.copyWaiting', { when });
    if (state === 'ready')
      return t('privacy.copyReady', { when, size: formatBytes(bytes ?? 0), until: formatDateTime(expiresAt ?? requestedAt) });
    return t(state === 'failed' ? 'privacy.copyFailed' : 'privacy.copyExpired', { when });
  };
  return (
    <section className="sec">
      <h2>{t('privacy.copy')}</h2>
      <p className="mt-2">{t('privacy.copyText')}</p>
      <ul className="list mt-3">
        {exports.map((one) => (
          <li key={one.id}>
            <span className="min0">{textOf(one)}</span>
            {one.state === 'ready' && (
              <a className="btn right" href={`/api/me/exports/${one.id}/file`} download>
                <Icon name="doc" small />
                {t('privacy.copyGet')}
              </a>
            )}
          </li>
        ))}
      </ul>
      {!exports.some(({ state }) => state === 'waiting') && (
        <p className="mt-3">
          <button type="button" className="btn" disabled={ask.pending} onClick={() => ask.run()}>
            {t('privacy.copyDo')}
          </button>
        </p>
      )}
      {ask.error && <ErrorNote error={ask.error} />}
      {ask.asking}
    </section>
  );
}

function Erasures({ erasures }: { erasures: ErasureView[] }) {
  const { t, formatDateTime } = useI18n();
  const [kind, setKind] = useState<ErasureKind>('account');
  const [id, setId] = useState(() => uuid());
  const ask = useFreshAsking(() => api.post('/api/me/erasures', { id, kind }).then(() => setId(uuid())));
  const cancel = useAsking((erasure: string) => api.delete(`/api/me/erasures/${erasure}`));
  const waiting = erasures.find(({ state }) => state === 'waiting');
  return (
    <section className="sec">
      <h2>{t('privacy.erase')}</h2>
      <p className="mt-2">{t('privacy.eraseText')}</p>
      <div role="status">
        <ul className="list mt-3">
          {erasures.map((one) => {
            const what = t(`privacy.kind.${one.kind}`);
            return (
              <li key={one.id}>
                <span className="min0">
                  {one.state === 'waiting'
                    ? t('privacy.eraseWaiting', { what, when: formatDateTime(one.dueAt) })
                    : t(one.state === 'done' ? 'privacy.eraseDone' : 'privacy.eraseCancelled', { what })}
                </span>
                {one.state === 'waiting' && (
                  <button type="button" className="btn right" onClick={() => cancel.mutate(one.id)}>
                    {t('privacy.eraseCancel')}
                  </button>
                )}
              </li>
            );
          })}
        </ul>
      </div>
      {!waiting && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            ask.run();
          }}
        >
          <fieldset className="field">
            <legend className="vh">{t('privacy.erase')}</legend>
            {KINDS.map((one) => (
              <label key={one} className="opt">
                <input type="radio" name="erasure" checked={kind === one} onChange={() => setKind(one)} />
                <span>
                  {t(`privacy.kind.${one}`)}
                  <small>{t(`privacy.kindText.${one}`)}</small>
                </span>
              </label>
            ))}
          </fieldset>
          <p className="mt-3">
            <button type="submit" className="btn" disabled={ask.pending}>
              {t('privacy.eraseDo')}
            </button>
          </p>
        </form>
      )}
      {(ask.error ?? cancel.error) && <ErrorNote error={ask.error ?? cancel.error} />}
      {ask.asking}
    </section>
  );
}
