import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { usePage } from '../../app/page';
import { useI18n } from '../../i18n';
import { Loaded } from '../../ui';
import { factorsQuery, hasFactor } from '../../ui/factors';
import { PasskeysSection } from './passkeys-section';
import { RecoveryCodes, RecoverySection } from './recovery-codes';
import { TotpSection } from './totp-section';
import { PasswordForm } from './password-form';
import { Identities } from './identities';

/** What proves who one is: passkeys, the authenticator application, recovery codes. */
export default function SecurityPage() {
  const { t } = useI18n();
  usePage(t('security.title'), { back: { href: '/moi', label: t('shell.me') } });
  return (
    <div>
      <h1>{t('security.title')}</h1>
      <p className="soft mt-2">{t('security.lead')}</p>
      <Factors />
      <Identities />
    </div>
  );
}

function Factors() {
  const cache = useQueryClient();
  const factors = useQuery(factorsQuery);
  const [codes, setCodes] = useState<string[] | null>(null);
  const showCodes = (shown: string[]) => {
    setCodes(shown);
    void cache.invalidateQueries({ queryKey: factorsQuery.queryKey });
  };
  return (
    <>
      {codes && <RecoveryCodes codes={codes} onKept={() => setCodes(null)} />}
      <Loaded query={factors}>
        {(view) => (
          <>
            <PasskeysSection view={view} onCodes={showCodes} />
            <TotpSection view={view} onCodes={showCodes} />
            {hasFactor(view) && <RecoverySection left={view.recoveryCodes} onCodes={showCodes} />}
          </>
        )}
      </Loaded>
    </>
  );
}
