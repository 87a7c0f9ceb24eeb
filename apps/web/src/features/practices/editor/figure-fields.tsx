import { COST_RANGES, EVIDENCE_KINDS, type PracticeContent } from '@passerelle/contract';
import { useI18n } from '../../../i18n';
import { Check, Choice, Line, NumberLine, Rows } from '../../../ui/fields';
import { AddFile } from '../../../ui/add-file';
import type { PartProps } from './part-props';
import { PartialDate } from './partial-date';

/** Cost with funding, results with evidence: the parts that are made of figures. */
export function Cost({ content, write, problem }: PartProps) {
  const { t } = useI18n();
  const p = (key: 'amount' | 'currency' | 'rate' | 'rateDate' | 'range' | 'costPublic' | 'note' | 'funder' | 'kind' | 'percent') =>
    t(`editor.part.${key}`);
  const cost = content.cost;
  const change = (part: Partial<NonNullable<PracticeContent['cost']>>) =>
    write({
      cost: { amount: 0, currency: 'EUR', rate: 1, rateDate: new Date().toISOString().slice(0, 10), ...cost, ...part },
      costRange: null,
    });
  return (
    <>
      <Choice
        label={p('range')}
        problem={problem('costRange')}
        value={content.costRange}
        options={COST_RANGES.map((value) => ({ value, label: t(`practices.cost.${value}`) }))}
        onChange={(costRange) => write({ costRange })}
      />
      <NumberLine
        label={p('amount')}
        value={cost?.amount}
        onChange={(amount) => (amount === null ? write({ cost: null }) : change({ amount }))}
      />
      {cost && (
        <>
          <Line
            label={p('currency')}
            problem={problem('cost.currency')}
            value={cost.currency}
            onChange={(currency) =>
              change({ currency: currency.toUpperCase().slice(0, 3), ...(currency.toUpperCase() === 'EUR' && { rate: 1 }) })
            }
          />
          {cost.currency !== 'EUR' && (
            <NumberLine label={p('rate')} hint={t('editor.hint.rate')} value={cost.rate} onChange={(rate) => change({ rate: rate || 1 })} />
          )}
          {cost.currency !== 'EUR' && (
            <Line label={p('rateDate')} type="date" value={cost.rateDate} onChange={(rateDate) => change({ rateDate })} />
          )}
          <Check label={p('costPublic')} value={content.costPublic} onChange={(costPublic) => write({ costPublic })} />
        </>
      )}
      <Line label={p('note')} value={content.costNote} onChange={(costNote) => write({ costNote })} />
      <p className="hint mt-3">{problem('funding') ?? t('editor.hint.funding')}</p>
      <Rows
        name={p('funder')}
        rows={content.funding}
        max={20}
        empty={(): PracticeContent['funding'][number] => ({ funder: '', kind: '' })}
        onChange={(funding) => write({ funding })}
      >
        {(row, set) => (
          <>
            <Line label={p('funder')} value={row.funder} onChange={(funder) => set({ funder })} />
            <Line label={p('kind')} value={row.kind} onChange={(kind) => set({ kind })} />
            <NumberLine label={p('amount')} value={row.amount} onChange={(amount) => set({ amount: amount ?? undefined })} />
            <NumberLine label={p('percent')} value={row.percent} onChange={(percent) => set({ percent: percent ?? undefined })} />
          </>
        )}
      </Rows>
    </>
  );
}

export function Results({ content, write, problem }: PartProps) {
  const { t } = useI18n();
  return (
    <>
      <p className="hint">{problem('results') ?? t('editor.hint.beforeAfter')}</p>
      <Rows
        name={t('editor.part.indicator')}
        rows={content.results}
        max={20}
        empty={(): PracticeContent['results'][number] => ({ indicator: '', before: '', after: '', unit: '', source: '' })}
        onChange={(results) => write({ results })}
      >
        {(row, set) => (
          <>
            <Line label={t('editor.part.indicator')} value={row.indicator} onChange={(indicator) => set({ indicator })} />
            <div className="pair">
              <Line label={t('editor.part.before')} value={row.before} onChange={(before) => set({ before })} />
              <Line label={t('editor.part.after')} value={row.after} onChange={(after) => set({ after })} />
              <Line label={t('editor.part.unit')} value={row.unit} onChange={(unit) => set({ unit })} />
            </div>
            <PartialDate label={t('editor.part.date')} value={row.date ?? null} onChange={(date) => set({ date: date ?? undefined })} />
            <Line label={t('editor.part.source')} value={row.source} onChange={(source) => set({ source })} />
          </>
        )}
      </Rows>
      <Line label={t('editor.part.noNumber')} value={content.noNumberReason} onChange={(noNumberReason) => write({ noNumberReason })} />
      {problem('evidence') && <p className="hint mt-3">{problem('evidence')}</p>}
      <Rows
        name={t('editor.part.evidence')}
        rows={content.evidence}
        max={20}
        empty={(): PracticeContent['evidence'][number] => ({ kind: 'data', label: '' })}
        onChange={(evidence) => write({ evidence })}
      >
        {(row, set) => (
          <>
            <Choice
              label={t('editor.part.kind')}
              value={row.kind}
              options={EVIDENCE_KINDS.map((value) => ({ value, label: t(`entry.evidenceKind.${value}`) }))}
              onChange={(kind) => kind && set({ kind })}
            />
            <Line label={t('editor.part.label')} value={row.label} onChange={(label) => set({ label })} />
            <Line label={t('editor.part.url')} type="url" value={row.url ?? ''} onChange={(url) => set({ url: url || undefined })} />
            {row.attachment ? (
              <p className="row mt-2">
                <a href={`/api/attachments/${row.attachment}`}>{t('editor.part.file')}</a>
                <button type="button" className="btn btn-q" onClick={() => set({ attachment: undefined })}>
                  {t('editor.part.removeFile')}
                </button>
              </p>
            ) : (
              <AddFile label={t('editor.part.addFile')} max={1} onDone={({ id, name }) => set({ attachment: id, label: row.label || name })} />
            )}
          </>
        )}
      </Rows>
    </>
  );
}
