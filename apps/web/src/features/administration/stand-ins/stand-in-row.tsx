import type { DelegationView } from '@passerelle/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../../app/api';
import { useI18n } from '../../../i18n';
import { announce } from '../../../ui';
import { Sure } from '../../../ui/sure';

/** For whom the reader writes now, by what authority, and the way to stop. */
export function StandInRow({ standIn }: { standIn: DelegationView }) {
  const { t, formatDay } = useI18n();
  const cache = useQueryClient();
  const day = (date: string) => formatDay(`${date}T12:00:00Z`);
  const stop = useMutation({
    mutationFn: () => api.post(`/api/delegations/${standIn.id}/end`, { version: standIn.version }),
    onSuccess: () => announce(t('delegations.endedDone')),
    onSettled: () => cache.invalidateQueries({ queryKey: ['delegations'] }),
  });
  return (
    <li>
      <h3>{standIn.styled}</h3>
      {standIn.to && <p className="meta">{t('delegations.period', { from: day(standIn.from), to: day(standIn.to) })}</p>}
      <p className="soft pre">{standIn.authority}</p>
      <Sure label={t('standIns.stop')} question={t('delegations.giveBackSure')} yes={t('standIns.stop')} act={stop} />
    </li>
  );
}
