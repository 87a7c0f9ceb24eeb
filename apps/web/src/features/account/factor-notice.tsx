import type { ReactNode } from 'react';
import { useMe } from '../../app/queries';
import { useI18n } from '../../i18n';
import { Note } from '../../ui';

/** The day from which the role demands a second factor, for those who have none yet. */
export function FactorNotice({ children }: { children?: ReactNode }) {
  const { t, formatDay } = useI18n();
  const demand = useMe().factorDemand;
  if (!demand) return null;
  return (
    <Note kind="attention" icon="lock">
      {/* Noon of that day is on that day in nearly every time zone. */}
      {t('security.demandedFrom', { day: formatDay(`${demand.from}T12:00:00Z`) })} {children}
    </Note>
  );
}
