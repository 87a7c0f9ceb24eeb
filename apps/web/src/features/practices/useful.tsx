import type { PracticeView } from '@passerelle/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from 'wouter';
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
      {toggle.error && <ErrorNote error={toggle.error} />}
    </>
  );
}

/** The count for everybody; to members also who said so. */
export function UsefulFor({ useful: { count, by } }: Pick<PracticeView, 'useful'>) {
  const { t } = useI18n();
  if (count === 0) return null;
  if (by.length === 0) return <p className="meta mt-2">{t('entry.usefulCount', { count })}</p>;
  return (
    <details className="meta mt-2">
      <summary>{t('entry.usefulCount', { count })}</summary>
      <ul>
        {by.map((one, index) => (
          <li key={index}>
            {one.function}, <Link href={`/villes/${one.slug}`}>{one.organisation}</Link>
          </li>
        ))}
      </ul>
    </details>
  );
}
