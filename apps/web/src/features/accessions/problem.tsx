import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { ApiProblem } from '../../app/api';
import { useI18n } from '../../i18n';
import { ErrorNote, Note } from '../../ui';

const CHANGED = ['stale-version', 'not-possible-now'];
const OWN = ['seats-full', 'accession-incomplete', 'quota-exceeded'] as const;
const FAULTS = ['member', 'candidate', 'known', 'not_found', 'not_allowed', 'future', 'before_start'] as const;

/** Why an act on a candidature was refused. When somebody else acted meanwhile, it is read anew. */
export function Problem({ error }: { error: unknown }) {
  const { t } = useI18n();
  const cache = useQueryClient();
  const problem = error instanceof ApiProblem ? error : null;
  const hasChanged = problem !== null && CHANGED.includes(problem.code);
  useEffect(() => {
    if (hasChanged) for (const key of ['accession', 'accessions']) void cache.invalidateQueries({ queryKey: [key] });
  }, [hasChanged, error, cache]);
  const own = OWN.find((code) => code === problem?.code);
  const fault = problem?.errors[0]?.message;
  const text = hasChanged
    ? t('accessions.changed')
    : own
      ? t(`accessions.problems.${own}`)
      : fault && t(`accessions.faults.${FAULTS.find((one) => one === fault) ?? 'other'}`);
  if (!error) return null;
  if (!text) return <ErrorNote error={error} />;
  return (
    <Note kind="refusal" icon="alert" role="alert">
      {text}
    </Note>
  );
}
