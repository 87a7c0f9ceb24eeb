import type { PracticeView } from '@passerelle/contract';
import { frenchTypography } from '@passerelle/text';
import { type ReactNode, useState } from 'react';
import { useI18n } from '../../i18n';
import { Icon } from '../../ui';
import './entry.css';

/** The entry as it is read: what is not filled in leaves no trace. */
export function EntrySections({ practice }: { practice: PracticeView }) {
  const { t } = useI18n();
  const { content } = practice;
  const [translated, setTranslated] = useState(false);
  const { translation } = content;
  const shown = translated && translation ? { ...content, ...pick(translation), language: translation.language } : content;
  return (
    <>
      {translation && (
        <div className="row mt-3">
          <div className="seg" role="group" aria-label={t('entry.translation')}>
            <button type="button" aria-pressed={!translated} onClick={() => setTranslated(false)}>
              {t('entry.original')}
            </button>
            <button type="button" aria-pressed={translated} onClick={() => setTranslated(true)}>
              {t(`common.inLanguage.${translation.language}`)}
            </button>
          </div>
          {translated && <span className="meta">{t('entry.binds')}</span>}
        </div>
      )}
      <Words title={t('practices.summary')} text={shown.summary} lang={shown.language} />
      <Words title={t('entry.problem')} text={shown.problem} lang={shown.language} />
      <Words title={t('entry.solution')} text={shown.solution} lang={shown.language} />
      <Steps steps={content.steps} lang={content.language} />
      <Results practice={practice} />
      <Words title={t('practices.difficulties')} text={shown.difficulties} lang={shown.language} marked />
      <Words title={t('entry.success')} text={content.successFactors} lang={content.language} />
      <Words title={t('entry.conditions')} text={content.conditions} lang={content.language} />
      <Words title={t('entry.resources')} text={[content.resources, content.skills].filter(Boolean).join('\n')} lang={content.language} />
      {content.transferability.level && (
        <Words
          title={t('entry.transferability')}
          text={[t(`entry.level.${content.transferability.level}`), content.transferability.text].filter(Boolean).join('. ')}
          lang={content.language}
        />
      )}
      <Words title={t('entry.gender')} text={content.gender.note} lang={content.language} />
      <Words title={t('entry.legal')} text={content.legalContext} lang={content.language} />
      <Photos practice={practice} />
      <Partners practice={practice} />
    </>
  );
}

const pick = ({ summary, problem, solution, difficulties }: Record<'summary' | 'problem' | 'solution' | 'difficulties', string>) => ({
  summary,
  problem,
  solution,
  difficulties,
});

function Section({ title, children, marked = false }: { title: string; children: ReactNode; marked?: boolean }) {
  return (
    <section className={marked ? 'sec bord-l' : 'sec'}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

function Words({ title, text, lang, marked = false }: { title: string; text: string; lang: 'fr' | 'en'; marked?: boolean }) {
  if (!text) return null;
  return (
    <Section title={title} marked={marked}>
      {text.split(/\n+/).map((paragraph, index) => (
        <p key={index} lang={lang} className={index > 0 ? 'mt-2' : undefined}>
          {frenchTypography(paragraph)}
        </p>
      ))}
    </Section>
  );
}

function Steps({ steps, lang }: { steps: PracticeView['content']['steps']; lang: 'fr' | 'en' }) {
  const { t } = useI18n();
  if (steps.length === 0) return null;
  return (
    <Section title={t('entry.steps')}>
      <ol className="steps" lang={lang}>
        {steps.map((step) => (
          <li key={step.id}>
            <div>
              {step.duration && <p className="meta">{step.duration}</p>}
              <h3>{frenchTypography(step.title)}</h3>
              {step.text && <p className="soft">{frenchTypography(step.text)}</p>}
            </div>
          </li>
        ))}
      </ol>
    </Section>
  );
}

/** Before and after side by side; lines without figures stay a list. */
function Results({ practice: { content } }: { practice: PracticeView }) {
  const { t } = useI18n();
  if (content.results.length === 0) return null;
  const measured = content.results.some((row) => row.before || row.after);
  const unit = (value: string, row: { unit: string }) => (value ? `${value}${row.unit ? `\u00a0${row.unit}` : ''}` : '—');
  return (
    <Section title={t('practices.resultsTitle')}>
      {measured ? (
        <table className="res" lang={content.language}>
          <thead>
            <tr>
              <th scope="col">{t('entry.indicator')}</th>
              <th scope="col">{t('entry.before')}</th>
              <th scope="col">{t('entry.after')}</th>
            </tr>
          </thead>
          <tbody>
            {content.results.map((row, index) => (
              <tr key={index}>
                <th scope="row">
                  {frenchTypography(row.indicator)}
                  {(row.source || row.date) && <span className="meta"> {[row.source, row.date].filter(Boolean).join(', ')}</span>}
                </th>
                <td>{unit(row.before, row)}</td>
                <td>{unit(row.after, row)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : (
        <ul className="dots" lang={content.language}>
          {content.results.map((row, index) => (
            <li key={index}>{frenchTypography(row.indicator)}</li>
          ))}
        </ul>
      )}
      {content.noNumberReason && <p className="meta mt-2">{frenchTypography(content.noNumberReason)}</p>}
    </Section>
  );
}

function Photos({ practice: { content } }: { practice: PracticeView }) {
  const { t } = useI18n();
  if (content.photos.length === 0) return null;
  return (
    <Section title={t('entry.photos')}>
      {content.photos.map((photo) => (
        <figure key={photo.attachment} className="photo">
          <img src={`/api/attachments/${photo.attachment}`} alt={photo.alt} loading="lazy" />
          {photo.credit && <figcaption className="meta">{photo.credit}</figcaption>}
        </figure>
      ))}
    </Section>
  );
}

/** Partners with their support, funding, evidence, documents, awards and who answers. */
function Partners({ practice: { content, files } }: { practice: PracticeView }) {
  const { t, formatNumber, formatBytes } = useI18n();
  const weight = (id: string) => files.filter((file) => file.id === id).map((file) => formatBytes(file.bytes));
  const lines = [
    ...content.partners.map((partner) => ({
      key: `p${partner.name}`,
      icon: 'people' as const,
      text: partner.name,
      meta: [partner.kind, ...partner.support.map((kind) => t(`entry.support.${kind}`))],
    })),
    ...content.funding.map((line, index) => ({
      key: `f${index}`,
      icon: 'people' as const,
      text: line.funder,
      meta: [
        t('entry.funding'),
        line.kind,
        line.amount === undefined ? '' : `${formatNumber(line.amount)} ${content.cost?.currency ?? ''}`,
        line.percent === undefined ? '' : `${formatNumber(line.percent)} %`,
      ],
    })),
    ...content.evidence.map((item, index) => ({
      key: `e${index}`,
      icon: 'doc' as const,
      text: item.label,
      href: item.url ?? (item.attachment && `/api/attachments/${item.attachment}`),
      meta: [t(`entry.evidenceKind.${item.kind}`)],
    })),
    ...content.documents.map((item) => ({
      key: item.attachment,
      icon: 'doc' as const,
      text: item.title,
      href: `/api/attachments/${item.attachment}`,
      meta: [item.pages && t('entry.pages', { count: item.pages }), ...weight(item.attachment)],
    })),
    ...content.awards.map((award) => ({ key: `a${award}`, icon: 'check' as const, text: award, meta: [t('entry.awards')] })),
    ...(content.contact
      ? [
          {
            key: 'contact',
            icon: 'mail' as const,
            text: content.contact,
            meta: [t('entry.contact'), ...content.availableFor.map((kind) => t(`entry.available.${kind}`).toLocaleLowerCase())],
          },
        ]
      : []),
  ];
  if (lines.length === 0) return null;
  return (
    <Section title={t('practices.partners')}>
      <ul className="list">
        {lines.map((line) => (
          <li key={line.key}>
            <Icon name={line.icon} small />
            <span>
              {'href' in line && line.href ? (
                <a href={line.href} rel="noopener noreferrer">
                  {frenchTypography(line.text)}
                </a>
              ) : (
                frenchTypography(line.text)
              )}
              <span className="meta">{line.meta.filter(Boolean).join(', ')}</span>
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
