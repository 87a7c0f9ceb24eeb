import { type ChallengeView, SSO_REASONS, type SsoReason } from '@passerelle/contract';
import { useEffect, useState } from 'react';

export type SsoOutcome =
  | { kind: 'refused'; reason: SsoReason }
  | { kind: 'entered'; shared: boolean }
  | { kind: 'challenge'; asked: ChallengeView; shared: boolean }
  | { kind: 'linked' };

const FACTORS = ['passkey', 'totp', 'recovery'] as const;

/** What the way over the provider has come to: the server says it in the fragment of the address, from which it is taken away. */
export function useSsoOutcome(): SsoOutcome | null {
  const [outcome] = useState(readOutcome);
  useEffect(() => {
    if (outcome) history.replaceState(history.state, '', location.pathname + location.search);
  }, [outcome]);
  return outcome;
}

function readOutcome(): SsoOutcome | null {
  const said = new URLSearchParams(location.hash.slice(1));
  const sso = said.get('sso');
  if (sso === null) return null;
  const shared = said.has('shared');
  if (sso === 'entered') return { kind: 'entered', shared };
  if (sso === 'challenge') return { kind: 'challenge', asked: { challenge: said.get('challenge') ?? '', secondFactor: FACTORS.filter((one) => said.getAll('factor').includes(one)) }, shared };
  if (sso === 'linked') return { kind: 'linked' };
  return { kind: 'refused', reason: SSO_REASONS.find((one) => one === sso) ?? 'invalid' };
}
