import type { OrganisationRow } from '@passerelle/contract';
import { type I18n, useI18n } from '../../i18n';

/** What the sources say about a city's place in the network; a demonstration row is never called a member. */
export function membershipText(row: OrganisationRow, t: I18n['t']): string {
  switch (row.membership) {
    case 'member':
      return t('cities.member');
    case 'associate':
      return t('cities.associate');
    case 'candidate':
      return t('cities.candidate');
    case 'suspended':
      return t('cities.suspended');
    case 'participant':
      return t('cities.participant');
    case 'host':
      return t('cities.host');
    case 'project':
      return t('cities.project');
    default:
      return row.demonstration ? t('cities.demonstration') : t('cities.other');
  }
}

/** A source or a decision says so; who only asks to join is not there yet. */
export const isAttested = ({ membership }: OrganisationRow) => membership !== null && membership !== 'candidate';

export function Membership({ row }: { row: OrganisationRow }) {
  const { t } = useI18n();
  return <>{membershipText(row, t)}</>;
}
