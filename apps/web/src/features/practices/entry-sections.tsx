import type { PracticeView } from '@passerelle/contract';
import { frenchTypography } from '@passerelle/text';
import { type ReactNode, useState } from 'react';
import { Link } from 'wouter';
import { useI18n } from '../../i18n';
import { Icon } from '../../ui';
import './entry.css';

type Translated = 'summary' | 'problem' | 'solution' | 'difficulties';
type View = 'original' | 'translation' | 'both';

/** The entry as it is read: what is not filled in leaves no trace. */
export function EntrySections({ practice }: { practice: PracticeView }) {
  const { t } = useI18n();
  const { content } = practice;
  const [view, setView] = useState<View>('original');
  const { translation } = content;
  const texts = (field: Translated): Text[] => [
    ...(view === 'translation' && translation?.[field] ? [] : [{ text: content[field], lang: content.language }]),
    ...(view !== 'original' && translation?.[field] ? [{ text: translation[field], lang: translation.language }] : []),
  ];
  return (
    <>
      {translation && <Languages translation={translation} view={view} onView={setView} />}
      <Words title={t('practices.summary')} texts={texts('summary')} />
      <Words title={t('entry.problem')} texts={texts('problem')} />
      <Words title={t('entry.solution')} texts={texts('solution')} />
      <Steps steps={content.steps} lang={content.language} />
      <Results practice={practice} />
      <Words title={t('practices.difficulties')} texts={texts('difficulties')} marked />
      <Words title={t('entry.success')} texts={[{ text: content.successFactors, lang: content.language }]} />
      <Words title={t('entry.conditions')} texts={[{ text: content.conditions, lang: content.language }]} />
      <Words title={t('entry.resources')} texts={[{ text: [content.resources, content.skills].filter(Boolean).join('\n'), lang: content.language }]} />
      {content.transferability.level && (
        <Words
          title={t('entry.transferability')}
          texts={[{ text: [t(`entry.level.${content.transferability.level}`), content.transferability.text].filter(Boolean).join('. '), lang: content.language }]}
        />
      )}
      <Words title={t('entry.gender')} texts={[{ text: content.gender.note, lang: content.language }]} />
      <Words title={t('entry.legal')} texts={[{ text: content.legalContext, lang: content.language }]} />
      <Photos practice={practice} />
      <Partners practice={practice} />
    </>
  );
}

/** A human translation, beside the original or in its place; the original binds. */
function Languages({ translation, view, onView }: { translation: NonNullable<PracticeView['content']['translation']>; view: View; onView: (view: View) => void }) {
  const { t } = useI18n();
  const labels = { original: t('entry.original'), translation: t(`common.inLanguage.${translation.language}`), both: t('entry.both') };
  return (
    <>
      <div className="row mt-3">
        <div className="seg" role="group" aria-label={t('entry.translation')}>
          {(['original', 'translation', 'both'] as const).map((one) => (
            <button key={one} type="button" aria-pressed={view === one} onClick={() => onView(one)}>
              {labels[one]}
            </button>
          ))}
        </div>
      </div>
      {view !== 'original' && (
        <div className="mt-3">
          {translation.title && <h2 lang={translation.language}>{translation.title}</h2>}
          <p className="meta">
            {t('entry.binds')} {translation.translator && t('entry.translatedBy', { name: translation.translator })}
          </p>
        </div>
      )}
    </>
  );
}

function Section({ title, children, marked = false }: { title: string; children: ReactNode; marked?: boolean }) {
  return (
    <section className={marked ? 'sec bord-l' : 'sec'}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

interface Text {
  text: string;
  lang: 'fr' | 'en';
}

/** One text, or two side by side. */
function Words({ title, texts, marked = false }: { title: string; texts: Text[]; marked?: boolean }) {
  const there = texts.filter(({ text }) => text !== '');
  if (there.length === 0) return null;
  return (
    <Section title={title} marked={marked}>
      <div className={there.length > 1 ? 'both' : undefined}>
        {there.map(({ text, lang }) => (
          <div key={lang} lang={lang}>
            {text.split(/\n+/).map((paragraph, index) => (
              <p key={index} className={index > 0 ? 'mt-2' : undefined}>
                {lang === 'fr' ? frenchTypography(paragraph) : paragraph}
              </p>
            ))}
          </div>
        ))}
      </div>
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

/** Small at first; the whole picture when asked for, with its weight. */
function Photos({ practice: { content, files } }: { practice: PracticeView }) {
  const { t, formatBytes } = useI18n();
  if (content.photos.length === 0) return null;
  return (
    <Section title={t('entry.photos')}>
      {content.photos.map((photo) => {
        const file = files.find(({ id }) => id === photo.attachment);
        return (
          <figure key={photo.attachment} className="photo">
            <img src={`/api/attachments/${photo.attachment}?size=thumbnail`} alt={photo.alt} loading="lazy" />
            <figcaption className="meta">
              {photo.credit}{' '}
              <a href={`/api/attachments/${photo.attachment}`} target="_blank" rel="noopener">
                {file ? t('entry.wholePhoto', { weight: formatBytes(file.bytes) }) : t('entry.photo')}
              </a>
            </figcaption>
          </figure>
        );
      })}
    </Section>
  );
}

/** Partners with their support, funding, evidence, documents, awards and who answers. */
function Partners({ practice: { content, files, coHolders, linkedProject } }: { practice: PracticeView }) {
  const { t, formatNumber, formatBytes } = useI18n();
  const weight = (id: string) => files.filter((file) => file.id === id).map((file) => formatBytes(file.bytes));
  const lines = [
    ...coHolders.map(({ slug, name }) => ({ key: `h${slug}`, icon: 'city' as const, text: name, href: `/villes/${slug}`, meta: [t('entry.coHolder')] })),
    ...(linkedProject ? [{ key: 'project', icon: 'flag' as const, text: linkedProject.title, href: `/projets/${linkedProject.ref}`, meta: [t('entry.linkedProject')] }] : []),
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
      meta: [t(`entry.evidenceKind.${item.kind}`), ...(item.attachment && !item.url ? weight(item.attachment) : [])],
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
              {'href' in line && line.href && /^\/(villes|projets)\//.test(line.href) ? (
                <Link href={line.href}>{frenchTypography(line.text)}</Link>
              ) : 'href' in line && line.href ? (
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
