import type { DecisionView } from '@passerelle/contract';
import { frenchTypography } from '@passerelle/text';
import { type ReactNode, useState } from 'react';
import { api } from '../../app/api';
import { useI18n } from '../../i18n';
import { ErrorNote } from '../../ui';
import { useCaseAct } from './case-act';
import { useModerationWords } from './words';

/** The statement of reasons as it stands, for moderation and for the author alike. `caseId`: at the desk, where its taker may undo it for ten minutes. */
export function DecisionLetter({ decision, caseId, children }: { decision: DecisionView; caseId?: string; children?: ReactNode }) {
  const { t, formatDateTime } = useI18n();
  const { ruleOf, durationOf, aboutOf, measureOf } = useModerationWords();
  const { measure, duration, endsAt, appeal } = decision;
  return (
    <section className="sec">
      <h3>{caseId ? t('moderation.decided') : t('moderation.letter', { what: aboutOf(decision.target), number: decision.number })}</h3>
      <dl className="facts mt-2">
        <dt>{t('moderation.measure')}</dt>
        <dd>
          {[measureOf(measure, decision.target.kind), durationOf(duration)].filter(Boolean).join(', ')}
          {endsAt && <span className="meta"> {t('moderation.until', { when: formatDateTime(endsAt) })}</span>}
        </dd>
        <dt>{t('moderation.rule')}</dt>
        <dd>{ruleOf(decision.rule)}</dd>
        <dt>{t('moderation.facts')}</dt>
        <dd className="pre">{frenchTypography(decision.facts)}</dd>
        {decision.replacement !== null && (
          <>
            <dt>{t('moderation.replacement')}</dt>
            <dd className="pre">{frenchTypography(decision.replacement)}</dd>
          </>
        )}
        <dt>{t('moderation.remedy')}</dt>
        <dd className="pre">{frenchTypography(decision.remedy)}</dd>
      </dl>
      <p className="meta mt-2">{decision.undone ? t('moderation.undone') : formatDateTime(decision.at)}</p>
      {caseId && !decision.undone && <Undo decision={decision} caseId={caseId} />}
      {appeal && (
        <>
          <h4 className="mt-3">{t('moderation.appeal')}</h4>
          <p className="pre">{frenchTypography(appeal.body)}</p>
          {appeal.outcome && (
            <>
              <p className="meta mt-2">
                {t('moderation.answered', {
                  when: formatDateTime(appeal.answeredAt ?? appeal.at),
                  outcome: t(`moderation.outcomeOf.${appeal.outcome}`),
                })}
              </p>
              <p className="pre">{frenchTypography(appeal.answer)}</p>
            </>
          )}
        </>
      )}
      {children}
    </section>
  );
}

function Undo({ decision, caseId }: { decision: DecisionView; caseId: string }) {
  const { t, formatDateTime } = useI18n();
  const [now] = useState(() => Date.now());
  const undo = useCaseAct(caseId, () => api.post<{ undone: true }>(`/api/moderation/decisions/${decision.id}/undo`));
  if (Date.parse(decision.undoUntil) < now || decision.appeal) return null;
  return (
    <>
      <p className="row mt-2">
        <button type="button" className="btn" disabled={undo.isPending} onClick={() => undo.mutate(undefined)}>
          {t('moderation.undo')}
        </button>
        <span className="meta">{t('moderation.undoHint', { time: formatDateTime(decision.undoUntil) })}</span>
      </p>
      {undo.isError && <ErrorNote error={undo.error} />}
    </>
  );
}
