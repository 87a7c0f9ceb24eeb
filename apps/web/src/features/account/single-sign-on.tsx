import type { AccountView, ChallengeView, MeView, SsoLabel, SsoReason } from '@passerelle/contract';
import { useEffect, useRef, useState } from 'react';
import { api, withQuery } from '../../app/api';
import { useI18n } from '../../i18n';
import { Note } from '../../ui';
import { useSsoOutcome } from './sso-outcome';

interface Props {
  label: SsoLabel | null;
  shared: boolean;
  to: string;
  onEntered: (account: AccountView, shared: boolean) => void;
  onChallenge: (asked: ChallengeView, shared: boolean) => void;
}

/** The way over the provider of single sign-on, and what came back from there. */
export default function SingleSignOn({ label, shared, to, onEntered, onChallenge }: Props) {
  const { t, lang } = useI18n();
  const outcome = useSsoOutcome();
  const [reason, setReason] = useState<SsoReason | null>(outcome?.kind === 'refused' ? outcome.reason : null);
  const told = useRef<HTMLDivElement>(null);
  // It stands below the form: on a phone it would be out of sight.
  useEffect(() => {
    if (reason) told.current?.focus();
  }, [reason]);
  useEffect(() => {
    if (outcome?.kind === 'challenge') onChallenge(outcome.asked, outcome.shared);
    if (outcome?.kind === 'entered')
      api.get<MeView>('/api/me').then(
        ({ account }) => onEntered(account, outcome.shared),
        // The session that was opened is not there: this address was opened a second time.
        () => setReason('expired'),
      );
    // What came back is taken once, whatever is on the screen since.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [outcome]);
  return (
    <div className="mt-4">
      {reason && (
        <div ref={told} tabIndex={-1}>
          <Note kind="refusal" icon="alert" role="alert">
            {t(`sso.reason.${reason}`)}
          </Note>
        </div>
      )}
      {outcome?.kind === 'entered' && !reason && <p role="status">{t('sso.working')}</p>}
      {label && (
        <>
          <p className="meta mt-2">{t('sso.or')}</p>
          <a className="btn wide mt-1" href={withQuery('/api/auth/oidc/start', { vers: to, partage: shared ? '1' : '' })}>
            {label[lang]}
          </a>
        </>
      )}
    </div>
  );
}
