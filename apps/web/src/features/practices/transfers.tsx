import type { PracticeView } from '@passerelle/contract';
import { frenchTypography } from '@passerelle/text';
import { lazy, Suspense } from 'react';
import { Link } from 'wouter';
import { useI18n } from '../../i18n';
import { Flag, Icon, MapWait } from '../../ui';
import { TakeUp } from './take-up';

const ExchangeMap = lazy(() => import('../../ui/map/exchange-map'));

/** Where the practice went: map, cities and how far each has come. */
export function Transfers({ practice }: { practice: PracticeView }) {
  const { t } = useI18n();
  const there = practice.transfers.length > 0;
  const { name } = practice.city;
  const from = { name, latitude: practice.latitude, longitude: practice.longitude };
  return (
    <section className="sec">
      <hr className="filet" />
      <h2 id="transfers">{t('practices.transfers')}</h2>
      {!there && <p className="soft mt-2">{t('practices.nobody')}</p>}
      {there && (
        <Suspense fallback={<MapWait />}>
          <ExchangeMap
            crop
            label={t('practices.transferMap', { from: name, to: practice.transfers.map(({ to }) => to).join(', ') })}
            exchanges={practice.transfers.map(({ to, latitude, longitude, state }) => ({ from, to: { name: to, latitude, longitude }, state }))}
          />
        </Suspense>
      )}
      <ul className="list mt-3">
        {practice.transfers.map((transfer) => (
          <li key={transfer.id}>
            {transfer.country && <Flag country={transfer.country} />}
            <span>
              {transfer.slug ? <Link href={`/villes/${transfer.slug}`}>{transfer.to}</Link> : transfer.to}
              <span className="meta">{frenchTypography([transfer.year, transfer.note].filter(Boolean).join(', '))}</span>
              {transfer.recorded && (
                <Link className="meta" href={`/reprises/${transfer.id}`}>
                  {t('desk.open')}
                </Link>
              )}
            </span>
            <span className={transfer.state.startsWith('taken') ? 'num tag tag-ok' : 'num tag'}>
              <Icon name={transfer.state.startsWith('taken') ? 'check' : 'clock'} small />
              {t(`practices.state.${transfer.state}`)}
            </span>
          </li>
        ))}
      </ul>
      <TakeUp practice={practice} />
    </section>
  );
}
