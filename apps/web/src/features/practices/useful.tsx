import type { PracticeView } from '@passerelle/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useI18n } from '../../i18n';
import { api } from '../../app/api';
import { ErrorNote } from '../../ui';
import { useWriter } from '../../ui/gate';
import { practiceQuery } from './practices.api';

/** One press, taken back by another; who said so is named to members. A city does not praise itself. */
export function Useful({ practice }: { practice: PracticeView }) {
  const { t } = useI18n();
  const cache = useQueryClient();
  const capacity = useWriter();
  const { queryKey } = practiceQuery(practice.ref);
  const toggle = useMutation({
    mutationFn: () => {
      const path = `/api/practices/${practice.ref}/useful`;
      return practice.useful.mine ? api.delete<PracticeView>(path) : api.put<PracticeView>(path);
    },
    onSuccess: (view) => cache.setQueryData(queryKey, view),
  });
  const own = capacity !== undefined && capacity.organisation.slug === practice.city.slug;
  return (
    <>
      {capacity && !own && (
        <button
          type="button"
          className="btn"
          aria-pressed={practice.useful.mine}
          disabled={toggle.isPending}
          onClick={() => toggle.mutate()}
        >
          {t('entry.useful')}
        </button>
      )}
      {practice.useful.count > 0 && (
        <span className="meta" title={practice.useful.by.map((one) => `${one.function}, ${one.organisation}`).join(' · ')}>
          {t('entry.usefulCount', { count: practice.useful.count })}
        </span>
      )}
      {toggle.error && <ErrorNote error={toggle.error} />}
    </>
  );
}
