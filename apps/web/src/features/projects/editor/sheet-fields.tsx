import { moneyOf, type ProjectContent } from '@passerelle/contract';
import type { ReactNode } from 'react';
import { v7 as uuid } from 'uuid';
import { useI18n } from '../../../i18n';
import { Area, Check, Chips, Choice, Line, NumberLine, Rows } from '../../../ui/fields';
import { useThesaurus } from '../../../ui/thesaurus';
import { Balance } from '../project-sections';
import { FUNDING, SOUGHT, SUPPORT } from '../projects.api';
import { type ProblemAt } from '../words';

export interface FieldsProps {
  content: ProjectContent;
  write: (change: Partial<ProjectContent>) => void;
  problem: ProblemAt;
}

export const Fold = ({ title, children }: { title: string; children: ReactNode }) => (
  <fieldset className="fold">
    <legend>{title}</legend>
    <div>{children}</div>
  </fieldset>
);
/** A line of fields that one cannot point at says its problem itself. */
export const Problem = ({ text }: { text: string | undefined }) =>
  text ? (
    <p className="hint mt-2" role="alert">
      <b>{text}</b>
    </p>
  ) : null;

export function AboutFields({ content, write, problem }: FieldsProps) {
  const { t } = useI18n();
  const { themes, conceptsOf } = useThesaurus();
  return (
    <Fold title={t('projects.section.about')}>
      <Line label={t('projects.field.title')} hint={t('projects.hint.title')} problem={problem('title')} value={content.title} onChange={(title) => write({ title })} />
      <Choice label={t('projects.field.theme')} problem={problem('theme')} value={content.theme} options={themes} onChange={(theme) => write({ theme, concepts: [] })} />
      {content.theme && <Chips label={t('projects.field.concepts')} problem={problem('concepts')} values={content.concepts} max={5} options={conceptsOf(content.theme)} onChange={(concepts) => write({ concepts })} />}
      <Area label={t('projects.field.problem')} hint={t('projects.hint.problem')} problem={problem('problem')} value={content.problem} onChange={(text) => write({ problem: text })} />
      <Choice label={t('projects.field.language')} value={content.language} options={(['fr', 'en'] as const).map((value) => ({ value, label: t(`projects.language.${value}`) }))} onChange={(language) => language && write({ language })} />
    </Fold>
  );
}

export function CalendarFields({ content, write, problem }: FieldsProps) {
  const { t } = useI18n();
  const { calendar } = content;
  const change = (part: Partial<ProjectContent['calendar']>) => write({ calendar: { ...calendar, ...part } });
  return (
    <Fold title={t('projects.section.calendar')}>
      <div className="pair">
        {(['start', 'end'] as const).map((edge) => (
          <Line key={edge} label={t(`projects.field.${edge}`)} hint={t('projects.hint.date')} problem={problem(`calendar.${edge}`)} value={calendar[edge] ?? ''} onChange={(date) => change({ [edge]: date.trim() || null })} />
        ))}
      </div>
      <Problem text={problem('objectives')} />
      <Rows name={t('projects.field.objective')} rows={content.objectives.map((text) => ({ text }))} max={12} empty={() => ({ text: '' })} onChange={(rows) => write({ objectives: rows.map(({ text }) => text) })}>
        {(row, set, index) => <Line label={t('projects.field.objective')} hideLabel problem={problem(`objectives.${index}`)} value={row.text} onChange={(text) => set({ text })} />}
      </Rows>
      <Rows name={t('projects.field.milestone')} rows={calendar.milestones} max={30} empty={(): ProjectContent['calendar']['milestones'][number] => ({ id: uuid(), title: '', due: null, done: false })} onChange={(milestones) => change({ milestones })}>
        {(row, set, index) => (
          <>
            <div className="pair">
              <Line label={t('projects.field.milestone')} value={row.title} problem={problem(`calendar.milestones.${index}.title`)} onChange={(title) => set({ title })} />
              <Line label={t('projects.field.due')} value={row.due ?? ''} problem={problem(`calendar.milestones.${index}.due`)} onChange={(due) => set({ due: due.trim() || null })} />
            </div>
            <Check label={t('projects.field.done')} value={row.done} onChange={(done) => set({ done })} />
            <Problem text={problem(`calendar.milestones.${index}.done`)} />
          </>
        )}
      </Rows>
    </Fold>
  );
}

/** Lines, sums and shares move with every key. */
export function MoneyFields({ content, write, problem }: FieldsProps) {
  const { t } = useI18n();
  const money = moneyOf(content);
  return (
    <Fold title={t('projects.section.money')}>
      <Line label={t('projects.field.currency')} hint={t('projects.hint.currency')} problem={problem('currency')} value={content.currency ?? ''} onChange={(code) => write({ currency: code.trim().toUpperCase() || null })} />
      <Problem text={problem('budget')} />
      <Rows name={t('projects.field.budgetLine')} rows={content.budget} max={40} empty={() => ({ label: '', amount: 0 })} onChange={(budget) => write({ budget })}>
        {(row, set, index) => (
          <div className="pair">
            <Line label={t('projects.line')} value={row.label} problem={problem(`budget.${index}.label`)} onChange={(label) => set({ label })} />
            <NumberLine label={t('projects.amount')} value={row.amount} problem={problem(`budget.${index}.amount`)} onChange={(amount) => set({ amount: amount ?? 0 })} />
          </div>
        )}
      </Rows>
      <Problem text={problem('plan')} />
      <Rows name={t('projects.field.fundingLine')} rows={content.plan} max={20} empty={(): ProjectContent['plan'][number] => ({ source: '', kind: 'city', amount: 0, secured: false })} onChange={(plan) => write({ plan })}>
        {(row, set, index) => (
          <>
            <div className="pair">
              <Line label={t('projects.source')} value={row.source} problem={problem(`plan.${index}.source`)} onChange={(source) => set({ source })} />
              <Choice label={t('projects.kindOf')} value={row.kind} options={FUNDING.map((value) => ({ value, label: t(`projects.funding.${value}`) }))} onChange={(kind) => kind && set({ kind })} />
              <NumberLine label={t('projects.amount')} value={row.amount} problem={problem(`plan.${index}.amount`)} onChange={(amount) => set({ amount: amount ?? 0 })} />
            </div>
            <Check label={t('projects.field.secured')} value={row.secured} onChange={(secured) => set({ secured })} />
          </>
        )}
      </Rows>
      {money.budget + money.funded > 0 && <Balance money={money} currency={content.currency} />}
    </Fold>
  );
}

export function PeopleFields({ content, write, problem }: FieldsProps) {
  const { t } = useI18n();
  return (
    <Fold title={t('projects.section.people')}>
      <Rows name={t('projects.field.partner')} rows={content.partners} max={30} empty={(): ProjectContent['partners'][number] => ({ name: '', kind: '', support: [] })} onChange={(partners) => write({ partners })}>
        {(row, set, index) => (
          <>
            <div className="pair">
              <Line label={t('projects.field.partner')} value={row.name} problem={problem(`partners.${index}.name`)} onChange={(name) => set({ name })} />
              <Line label={t('projects.field.partnerKind')} value={row.kind} problem={problem(`partners.${index}.kind`)} onChange={(kind) => set({ kind })} />
            </div>
            <Chips label={t('projects.field.support')} values={row.support} max={4} options={SUPPORT.map((value) => ({ value, label: t(`projects.support.${value}`) }))} onChange={(support) => set({ support })} />
          </>
        )}
      </Rows>
      <Rows name={t('projects.field.sought')} rows={content.sought} max={12} empty={(): ProjectContent['sought'][number] => ({ kind: 'expertise', text: '' })} onChange={(sought) => write({ sought })}>
        {(row, set, index) => (
          <>
            <Choice label={t('projects.field.sought')} hideLabel value={row.kind} options={SOUGHT.map((value) => ({ value, label: t(`projects.sought.${value}`) }))} onChange={(kind) => kind && set({ kind })} />
            <Line label={t('projects.field.soughtText')} value={row.text} problem={problem(`sought.${index}.text`)} onChange={(text) => set({ text })} />
          </>
        )}
      </Rows>
      <Rows name={t('projects.field.risk')} rows={content.risks} max={20} empty={() => ({ text: '', answer: '' })} onChange={(risks) => write({ risks })}>
        {(row, set, index) => (
          <>
            <Line label={t('projects.field.risk')} value={row.text} problem={problem(`risks.${index}.text`)} onChange={(text) => set({ text })} />
            <Line label={t('projects.field.answer')} value={row.answer} problem={problem(`risks.${index}.answer`)} onChange={(answer) => set({ answer })} />
          </>
        )}
      </Rows>
    </Fold>
  );
}
