import type { ProjectContent, ProjectView } from '@passerelle/contract';
import { frenchTypography } from '@passerelle/text';
import type { ReactNode } from 'react';
import { useI18n } from '../../i18n';
import { Icon } from '../../ui';
import { useFormats } from './words';

/** The sheet as one reads it; what is empty stays away. */
export function Sections({ project }: { project: ProjectView }) {
  const { t, formatBytes } = useI18n();
  const { content } = project;
  return (
    <>
      <Section title={t('projects.problem')}>
        <p className="pre prose" lang={content.language}>
          {frenchTypography(content.problem)}
        </p>
      </Section>
      {content.objectives.length > 0 && (
        <Section title={t('projects.objectives')}>
          <ul className="dots">
            {content.objectives.map((objective) => (
              <li key={objective}>{frenchTypography(objective)}</li>
            ))}
          </ul>
        </Section>
      )}
      {content.calendar.milestones.length > 0 && <Milestones content={content} />}
      {(content.budget.length > 0 || content.plan.length > 0) && <Money project={project} />}
      <Points
        title={t('projects.partners')}
        rows={content.partners.map(({ name, kind, support }) => ({ head: name, text: [kind, ...support.map((one) => t(`projects.support.${one}`).toLocaleLowerCase())].filter(Boolean).join(', ') }))}
      />
      <Points title={t('projects.soughtTitle')} rows={content.sought.map(({ kind, text }) => ({ head: t(`projects.sought.${kind}`), text }))} />
      <Points title={t('projects.risks')} rows={content.risks.map(({ text, answer }) => ({ head: text, text: answer }))} />
      {project.files.length > 0 && (
        <Section title={t('projects.documents')}>
          <ul className="list">
            {project.files.map((file) => (
              <li key={file.id}>
                <Icon name="doc" />
                <a href={`/api/attachments/${file.id}`}>{content.documents.find((document) => document.attachment === file.id)?.title || file.name}</a>
                <span className="num meta">{formatBytes(file.bytes)}</span>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}

const Section = ({ title, children }: { title: string; children: ReactNode }) => (
  <section className="sec">
    <h2>{title}</h2>
    {children}
  </section>
);

/** A list of short points, each with what there is to say of it. */
function Points({ title, rows }: { title: string; rows: { head: string; text: string }[] }) {
  if (rows.length === 0) return null;
  return (
    <Section title={title}>
      <ul className="list">
        {rows.map(({ head, text }, index) => (
          <li key={index}>
            <div>
              <b>{frenchTypography(head)}</b>
              {text && <span className="meta">{frenchTypography(text)}</span>}
            </div>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Milestones({ content }: { content: ProjectContent }) {
  const { t } = useI18n();
  const { partial } = useFormats();
  return (
    <Section title={t('projects.calendar')}>
      <ol className="steps">
        {content.calendar.milestones.map((milestone) => (
          <li key={milestone.id}>
            <div>
              <h3>{frenchTypography(milestone.title)}</h3>
              <p className="row">
                <span className={milestone.done ? 'tag tag-ok' : 'tag'}>
                  {milestone.done && <Icon name="check" small />}
                  {t(milestone.done ? 'projects.milestoneDone' : 'projects.milestoneOpen')}
                </span>
                {milestone.due && <span className="tag">{partial(milestone.due)}</span>}
              </p>
            </div>
          </li>
        ))}
      </ol>
    </Section>
  );
}

function Money({ project }: { project: ProjectView }) {
  const { t } = useI18n();
  const { money } = useFormats();
  const { content } = project;
  const sum = (amount: number) => money(amount, content.currency);
  return (
    <Section title={t('projects.money')}>
      <Sums title={t('projects.budget')} column={t('projects.line')} rows={content.budget.map(({ label, amount }) => ({ label, amount: sum(amount) }))} total={sum(project.money.budget)} />
      <Sums
        title={t('projects.plan')}
        column={t('projects.source')}
        rows={content.plan.map(({ source, kind, secured, amount }) => ({
          label: source, note: `${t(`projects.funding.${kind}`)}, ${t(secured ? 'projects.secured' : 'projects.expected').toLocaleLowerCase()}`, amount: sum(amount),
        }))}
        total={sum(project.money.funded)}
      />
      <Balance money={project.money} currency={content.currency} />
    </Section>
  );
}

interface SumsProps {
  title: string;
  column: string;
  rows: { label: string; note?: string; amount: string }[];
  total: string;
}

function Sums({ title, column, rows, total }: SumsProps) {
  const { t } = useI18n();
  if (rows.length === 0) return null;
  return (
    <div className="sums mt-4">
      <h3>{title}</h3>
      <table className="res mt-2">
        <thead>
          <tr>
            <th scope="col">{column}</th>
            <th scope="col">{t('projects.amount')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ label, note, amount }, index) => (
            <tr key={index}>
              <th scope="row">
                {label}
                {note && <span className="meta fact-note">{note}</span>}
              </th>
              <td>{amount}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t('projects.total')}</th>
            <td>{total}</td>
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

/** Budget against plan in one sentence, and the cities' share. */
export function Balance({ money, currency }: { money: ProjectView['money']; currency: string | null }) {
  const { t } = useI18n();
  const formats = useFormats();
  const sum = (amount: number) => formats.money(amount, currency);
  const left = money.budget - money.funded;
  return (
    <p className="balance" role="status">
      {t('projects.budget')} : <b>{sum(money.budget)}</b>. {t('projects.plan')} : <b>{sum(money.funded)}</b>, {t('projects.securedSum', { sum: sum(money.secured) })}.{' '}
      {money.budget > 0 && money.funded > 0 && (money.balanced ? t('projects.balanced') : left > 0 ? t('projects.missing', { sum: sum(left) }) : t('projects.over', { sum: sum(-left) }))}{' '}
      {money.citiesShare !== null && `${t('projects.percent', { value: formats.percent(money.citiesShare) })}.`}
    </p>
  );
}
