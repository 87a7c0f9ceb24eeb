import type { BulkAnswer, CaseRow } from '@passerelle/contract';
import { frenchTypography } from '@passerelle/text';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from 'wouter';
import { ApiProblem, api } from '../../app/api';
import { useI18n } from '../../i18n';
import { ErrorNote, Icon, Note } from '../../ui';
import { useModerationWords } from './words';

/** What became of each case: done, with an undo of its own, or refused, with the reason and the way to it. */
export function BulkResult({ answer, cases, onClose }: { answer: BulkAnswer; cases: CaseRow[]; onClose: () => void }) {
  const { t } = useI18n();
  const done = answer.items.filter((item) => item.done).length;
  return (
    <section aria-labelledby="result">
      <h2 id="result" tabIndex={-1} ref={(heading) => heading?.focus()}>
        {t('moderation.bulk.result', { count: done, all: answer.items.length })}
      </h2>
      {done < answer.items.length && (
        <div className="mt-3">
          <Note kind="attention" icon="alert" role="status">
            {t('moderation.bulk.partly')}
          </Note>
        </div>
      )}
      <ul className="list mt-3">
        {answer.items.map((item) => {
          const one = cases.find(({ id }) => id === item.case);
          return one && <Outcome key={item.id} item={item} one={one} onLeave={onClose} />;
        })}
      </ul>
      <p className="mt-4">
        <button type="button" className="btn" onClick={onClose}>
          {t('moderation.bulk.close')}
        </button>
      </p>
    </section>
  );
}

function Outcome({ item, one, onLeave }: { item: BulkAnswer['items'][number]; one: CaseRow; onLeave: () => void }) {
  const { t, problem } = useI18n();
  const { titleOf } = useModerationWords();
  const cache = useQueryClient();
  const undo = useMutation({
    mutationFn: () => api.post(`/api/moderation/decisions/${item.id}/undo`),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['cases'] }),
  });
  return (
    <li>
      <Icon name={item.done ? 'check' : 'alert'} />
      <span className="min0">
        {titleOf(one)}
        {one.excerpt && <span className="meta">{t('moderation.excerpt', { text: frenchTypography(one.excerpt) })}</span>}
        <span className="meta">{one.number}</span>
        {item.code && <span className="meta">{problem(new ApiProblem(409, { code: item.code }, undefined))}</span>}
        {undo.isError && <ErrorNote error={undo.error} />}
      </span>
      {item.done && undo.isSuccess && <span className="state right">{t('moderation.undone')}</span>}
      {item.done && !undo.isSuccess && (
        <button type="button" className="btn btn-q right" disabled={undo.isPending} onClick={() => undo.mutate()}>
          {t('moderation.bulk.undo')}
          <span className="vh">, {one.number}</span>
        </button>
      )}
      {!item.done && (
        <Link className="btn btn-q right" href={`/moderation/${one.id}`} onClick={onLeave}>
          {t('moderation.bulk.open')}
          <span className="vh">, {one.number}</span>
        </Link>
      )}
    </li>
  );
}
