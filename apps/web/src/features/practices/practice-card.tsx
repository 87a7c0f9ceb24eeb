import type { PracticeRow } from '@passerelle/contract';
import { frenchTypography } from '@passerelle/text';
import { Link } from 'wouter';
import { type I18n, useI18n } from '../../i18n';
import { Flag, Icon, Via } from '../../ui';

/** "depuis 2017", "2010 à 2018". */
export function periodOf(practice: Pick<PracticeRow, 'yearStart' | 'yearEnd'>, t: I18n['t']): string {
  const { yearStart, yearEnd } = practice;
  if (!yearStart) return t('practices.unknownDate');
  return yearEnd
    ? t('practices.period', { from: String(yearStart), to: String(yearEnd) })
    : t('practices.since', { year: String(yearStart) });
}

export function PracticeCard({ practice }: { practice: PracticeRow }) {
  const { t, countryName } = useI18n();
  return (
    <article className="card">
      <p className="place">
        <Flag country={practice.city.country} />
        <b>{practice.city.name}</b>
        <span className="meta">
          {countryName(practice.city.country)}, {periodOf(practice, t)}
        </span>
      </p>
      <h3 lang={practice.language}>
        <Link href={`/pratiques/${practice.ref}`}>{frenchTypography(practice.title)}</Link>
      </h3>
      <p lang={practice.language}>{frenchTypography(practice.summary)}</p>
      <div className="foot">
        {practice.validated && (
          <span className="tag tag-ok">
            <Icon name="check" small /> {t('entry.badge.validated')}
          </span>
        )}
        {practice.toConfirm && (
          <span className="tag">
            <Icon name="clock" small /> {t('entry.badge.toConfirm')}
          </span>
        )}
        <span className="tag">
          {practice.takenUpCount > 0 && <Via built={practice.takenUpCount} />}
          {practice.takenUpCount > 0 ? t('practices.takenBy', { count: practice.takenUpCount }) : t('practices.notTaken')}
        </span>
        <span className="tag">{t(`practices.cost.${practice.costRange}`)}</span>
      </div>
    </article>
  );
}
