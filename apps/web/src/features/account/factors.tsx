import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Loaded } from '../../ui';
import { factorsQuery, hasFactor } from '../../ui/factors';
import { PasskeysSection } from './passkeys-section';
import { RecoveryCodes, RecoverySection } from './recovery-codes';
import { TotpSection } from './totp-section';

/** Passkeys, the authenticator application, recovery codes. @param onKept called when new codes were shown and kept. */
export function Factors({ onKept }: { onKept?: () => void }) {
  const cache = useQueryClient();
  const factors = useQuery(factorsQuery);
  const [codes, setCodes] = useState<string[] | null>(null);
  const showCodes = (shown: string[]) => {
    setCodes(shown);
    void cache.invalidateQueries({ queryKey: factorsQuery.queryKey });
  };
  return (
    <>
      {codes && <RecoveryCodes codes={codes} onKept={() => (setCodes(null), onKept?.())} />}
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
