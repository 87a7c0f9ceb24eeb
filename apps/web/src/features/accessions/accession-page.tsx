import type { AccessionView } from '@passerelle/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { usePage } from '../../app/page';
import { useI18n } from '../../i18n';
import { Flag, Icon, Loaded } from '../../ui';
import { accessionQuery } from './accessions.api';
import { Decision } from './decision';
import { Documents } from './documents';
import { Opinion } from './opinion';
import { Seats, SeatsNote } from './seats';

/** One candidature: where it stands, its documents, the opinion of the capital, what was decided; each reader sees their part. */
export default function AccessionPage({ id }: { id: string }) {
  const { t } = useI18n();
  const accession = useQuery(accessionQuery(id));
  usePage(accession.data?.organisation.name ?? t('accessions.title'), { back: { href: '/adhesions', label: t('accessions.title') } });
  return (
    <div>
      {!accession.data && <h1 className="vh">{t('accessions.title')}</h1>}
      <Loaded query={accession}>{(view) => <Accession accession={view} />}</Loaded>
    </div>
  );
}

function Accession({ accession }: { accession: AccessionView }) {
  const { t, countryName, formatDay } = useI18n();
  const { organisation, seats, state } = accession;
  const isWaiting = state === 'open' || state === 'deferred';
  return (
    <>
      <p className="kick">
        <Icon name="city" small />
        {t('accessions.facts.state')}
      </p>
      <h1 className="row">
        {organisation.name} <Flag country={organisation.country} />
      </h1>
      <p className="soft mt-2">
        {countryName(organisation.country)}. <Link href={`/villes/${organisation.slug}`}>{t('accessions.see')}</Link>
      </p>
      <dl className="facts">
        <div>
          <dt>{t('accessions.facts.state')}</dt>
          <dd>{t(`accessions.state.${state}`)}</dd>
        </div>
        <div>
          <dt>{t('accessions.facts.sought')}</dt>
          <dd>{t(`accessions.sought.${accession.sought}`)}</dd>
        </div>
        <div>
          <dt>{t('accessions.facts.opened')}</dt>
          <dd>{formatDay(accession.openedAt)}</dd>
        </div>
        <div>
          <dt>{t('accessions.facts.seats', { country: countryName(seats?.country ?? organisation.country) })}</dt>
          <dd>{seats ? <Seats seats={seats} /> : t('accessions.noSeats')}</dd>
        </div>
      </dl>
      {isWaiting && <SeatsNote seats={seats} />}
      <Documents accession={accession} />
      <Opinion accession={accession} />
      <Decision accession={accession} />
    </>
  );
}
