import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { ApiProblem } from '../../../app/api';
import { useI18n } from '../../../i18n';
import { ErrorNote, Note } from '../../../ui';
import { personQuery } from './people.api';

const CHANGED = ['stale-version', 'not-possible-now'];
const FAULTS = ['before_start', 'not_found', 'own'] as const;

/** Why an act on a person was refused. When somebody else acted meanwhile, the person is read anew. */
export function ActProblem({ error, person }: { error: unknown; person: string }) {
  const { t } = useI18n();
  const cache = useQueryClient();
  const problem = error instanceof ApiProblem ? error : null;
  const hasChanged = problem !== null && CHANGED.includes(problem.code);
  useEffect(() => {
    if (hasChanged) void cache.invalidateQueries({ queryKey: personQuery(person).queryKey });
  }, [hasChanged, error, cache, person]);
  const fault = problem?.errors[0]?.message;
  const text = hasChanged ? t('people.changed') : fault && t(`people.faults.${FAULTS.find((one) => one === fault) ?? 'other'}`);
  if (!text) return <ErrorNote error={error} />;
  return (
    <Note kind="refusal" icon="alert" role="alert">
      {text}
    </Note>
  );
}
