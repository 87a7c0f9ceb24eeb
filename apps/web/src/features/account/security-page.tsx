import { useQuery } from '@tanstack/react-query';
import { usePage } from '../../app/page';
import { useI18n } from '../../i18n';
import { factorsQuery } from '../../ui/factors';
import { FactorNotice } from './factor-notice';
import { Factors } from './factors';
import { PasswordSection } from './password-section';
import { Identities } from './identities';

/** What proves who one is, and when a second factor will be demanded. */
export default function SecurityPage() {
  const { t } = useI18n();
  usePage(t('security.title'), { back: { href: '/moi', label: t('shell.me') } });
  return (
    <div>
      <h1>{t('security.title')}</h1>
      <p className="soft mt-2">{t('security.lead')}</p>
      <FactorNotice />
      <Factors />
      <Password />
      <Identities />
    </div>
  );
}

/** It waits for the same answer as the factors, which tell of a failure. */
function Password() {
  const { data } = useQuery(factorsQuery);
  return data ? <PasswordSection view={data} /> : null;
}
