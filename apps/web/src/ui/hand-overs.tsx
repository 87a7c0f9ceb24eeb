import type { HandOverView } from '@passerelle/contract';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { api } from '../app/api';
import { useI18n } from '../i18n';
import { Note } from './graphics';

export const handOversQuery = queryOptions({
  queryKey: ['hand-overs'],
  queryFn: () => api.get<{ items: HandOverView[] }>('/api/hand-overs'),
});

/** Offices that the reader is to take over: how many, and the way there. */
export function WaitingHandOvers() {
  const { t } = useI18n();
  const count = useQuery(handOversQuery).data?.items.filter(({ side, takenAt }) => side === 'incoming' && !takenAt).length ?? 0;
  if (count === 0) return null;
  return (
    <div className="mt-3">
      <Note icon="people">
        <Link href="/passation">{t('handOver.waits', { count })}</Link>
      </Note>
    </div>
  );
}

/** The way to the hand-overs of which the reader is a side, for those who have any. */
export function HandOverLink() {
  const { t } = useI18n();
  const { data } = useQuery(handOversQuery);
  if (!data || data.items.length === 0) return null;
  return (
    <section>
      <h2>{t('handOver.title')}</h2>
      <p className="mt-2">
        <Link href="/passation">{t('handOver.open')}</Link>
      </p>
    </section>
  );
}
