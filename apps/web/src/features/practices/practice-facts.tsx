import type { PracticeView } from '@passerelle/contract';
import { frenchTypography } from '@passerelle/text';
import { Link } from 'wouter';
import { useI18n } from '../../i18n';
import { Flag, Via } from '../../ui';
import { periodOf } from './practice-card';

/** City, period, cities that took it up, cost, beneficiaries, freshness: what one reads first. */
export function PracticeFacts({ practice }: { practice: PracticeView }) {
  const { t, countryName, lang } = useI18n();
  const { content } = practice;
  const month = (at: string) =>
    new Intl.DateTimeFormat(lang === 'fr' ? 'fr-FR' : 'en-GB', { month: 'long', year: 'numeric' }).format(new Date(at));
  return (
    <dl className="facts">
      <div>
        <dt>{t('practices.facts.city')}</dt>
        <dd className="row row-t">
          <Flag country={practice.city.country} />
          <span>
            {practice.city.slug ? <Link href={`/villes/${practice.city.slug}`}>{practice.city.name}</Link> : practice.city.name},{' '}
            {countryName(practice.city.country)}
          </span>
        </dd>
      </div>
      <div>
        <dt>{t('practices.facts.since')}</dt>
        <dd>
          {practice.yearStart && !practice.yearEnd ? t('practices.ongoing', { year: String(practice.yearStart) }) : periodOf(practice, t)}
        </dd>
      </div>
      <div>
        <dt>{t('practices.facts.takenBy')}</dt>
        <dd>
          {practice.takenUpCount > 0 && <Via built={practice.takenUpCount} />}
          {practice.takenUpCount > 0 ? t('practices.cities', { count: practice.takenUpCount }) : t('practices.nobody')}
        </dd>
      </div>
      <div>
        <dt>{t('practices.facts.cost')}</dt>
        <dd>
          {t(`practices.cost.${practice.costRange}`)}
          {content.cost && <ExactCost cost={content.cost} />}
          {content.costNote && <span className="meta fact-note">{frenchTypography(content.costNote)}</span>}
        </dd>
      </div>
      {(content.beneficiaries.count !== null || content.beneficiaries.text) && (
        <div>
          <dt>{t('entry.beneficiaries')}</dt>
          <dd>
            {content.beneficiaries.count !== null && t('entry.people', { count: content.beneficiaries.count })}
            {content.beneficiaries.estimated && `, ${t('entry.estimated')}`}
            <span className="meta fact-note">
              {[
                content.beneficiaries.text,
                content.beneficiaries.women !== null && t('entry.women', { count: content.beneficiaries.women }),
                content.beneficiaries.youth !== null && t('entry.youth', { count: content.beneficiaries.youth }),
              ]
                .filter(Boolean)
                .join(', ')}
            </span>
          </dd>
        </div>
      )}
      {practice.confirmedOn && (
        <div>
          <dt>{t('entry.information')}</dt>
          <dd className="tag-ok">{t('entry.confirmed', { month: month(practice.confirmedOn) })}</dd>
        </div>
      )}
      {content.sdgs.length > 0 && (
        <div>
          <dt>{t('practices.facts.goals')}</dt>
          <dd>{t('practices.goals', { count: content.sdgs.length, list: [...content.sdgs].sort((a, b) => a - b).join(', ') })}</dd>
        </div>
      )}
      <div>
        <dt>{t('practices.facts.language')}</dt>
        <dd>{t(`common.inLanguage.${practice.language}`)}</dd>
      </div>
    </dl>
  );
}

/** The exact figure in the currency of the place and in euros, with the rate it was reckoned at. */
function ExactCost({ cost }: { cost: NonNullable<PracticeView['content']['cost']> }) {
  const { t, lang, formatDay } = useI18n();
  const money = (amount: number, currency: string) =>
    new Intl.NumberFormat(lang === 'fr' ? 'fr-FR' : 'en-GB', { style: 'currency', currency, maximumFractionDigits: 0 }).format(amount);
  return (
    <span className="meta fact-note">
      {cost.currency === 'EUR'
        ? money(cost.amount, 'EUR')
        : `${t('entry.exactCost', { amount: money(cost.amount, cost.currency), euros: money(cost.amount / cost.rate, 'EUR') })}, ${t('entry.exactRate', { day: formatDay(cost.rateDate) })}`}
    </span>
  );
}
