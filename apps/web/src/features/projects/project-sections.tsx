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
      {content.partners.length > 0 && (
        <Section title={t('projects.partners')}>
          <ul className="list">
            {content.partners.map((partner) => (
              <li key={partner.name}>
                <div>
                  <b>{partner.name}</b>
                  <span className="meta">{[partner.kind, ...partner.support.map((kind) => t(`projects.support.${kind}`).toLocaleLowerCase())].filter(Boolean).join(', ')}</span>
                </div>
              </li>
            ))}
          </ul>
        </Section>
      )}
      {content.sought.length > 0 && (
        <Section title={t('projects.soughtTitle')}>
          <ul className="list">
            {content.sought.map((item, index) => (
              <li key={index}>
                <div>
                  <b>{t(`projects.sought.${item.kind}`)}</b>
                  {item.text && <span className="meta">{frenchTypography(item.text)}</span>}
                </div>
              </li>
            ))}
          </ul>
        </Section>
      )}
      {content.risks.length > 0 && (
        <Section title={t('projects.risks')}>
          <ul className="list">
            {content.risks.map((risk, index) => (
              <li key={index}>
                <div>
                  <b>{frenchTypography(risk.text)}</b>
                  {risk.answer && <span className="meta">{frenchTypography(risk.answer)}</span>}
                </div>
              </li>
            ))}
          </ul>
        </Section>
      )}
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
      {content.budget.length > 0 && (
        <div className="sums">
          <table className="res">
            <caption className="vh">{t('projects.budget')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('projects.line')}</th>
                <th scope="col">{t('projects.amount')}</th>
              </tr>
            </thead>
            <tbody>
              {content.budget.map((line, index) => (
                <tr key={index}>
                  <th scope="row">{line.label}</th>
                  <td>{sum(line.amount)}</td>
                </tr>
              ))}
            </tbody>
            <tfoot>
              <tr>
                <th scope="row">{t('projects.total')}</th>
                <td>{sum(project.money.budget)}</td>
              </tr>
            </tfoot>
          </table>
        </div>
      )}
      {content.plan.length > 0 && (
        <div className="sums mt-4">
          <h3>{t('projects.plan')}</h3>
          <table className="res mt-2">
            <thead>
              <tr>
                <th scope="col">{t('projects.source')}</th>
                <th scope="col">{t('projects.amount')}</th>
              </tr>
            </thead>
            <tbody>
              {content.plan.map((line, index) => (
                <tr key={index}>
                  <th scope="row">
                    {line.source}
                    <span className="meta fact-note">
                      {t(`projects.funding.${line.kind}`)}, {t(line.secured ? 'projects.secured' : 'projects.expected').toLocaleLowerCase()}
                    </span>
                  </th>
                  <td>{sum(line.amount)}</td>
                </tr>
              ))}
            </tbody>
            <tfoot>
              <tr>
                <th scope="row">{t('projects.total')}</th>
                <td>{sum(project.money.funded)}</td>
              </tr>
            </tfoot>
          </table>
        </div>
      )}
      <Balance money={project.money} currency={content.currency} />
    </Section>
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
