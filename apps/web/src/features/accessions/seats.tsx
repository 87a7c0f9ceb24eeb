import type { SeatsView } from '@passerelle/contract';
import { useI18n } from '../../i18n';
import { Note } from '../../ui';

/** The counter of a State, short: 7/10. */
export function Seats({ seats }: { seats: SeatsView | null }) {
  const { t } = useI18n();
  if (!seats) return null;
  return (
    <span className="num meta">
      <span aria-hidden="true">{t('accessions.seats', { taken: seats.taken, of: seats.of })}</span>
      <span className="vh">{t('accessions.seatsLong', { count: seats.taken, of: seats.of })}</span>
      {seats.taken >= seats.of && `, ${t('accessions.full')}`}
    </span>
  );
}

/** Says so when one seat is left, or none. */
export function SeatsNote({ seats }: { seats: SeatsView | null }) {
  const { t } = useI18n();
  const left = seats ? seats.of - seats.taken : Infinity;
  if (left > 1) return null;
  return (
    <Note kind="attention" icon="alert">
      {t(left === 1 ? 'accessions.oneLeft' : 'accessions.noneLeft')}
    </Note>
  );
}
