import type { AccountView, ChallengeView } from '@passerelle/contract';
import { useMutation } from '@tanstack/react-query';
import { type SyntheticEvent, useState } from 'react';
import { api } from '../../app/api';
import { useI18n } from '../../i18n';
import { knowsPasskeys } from '../../ui/passkey';
import { PasskeyButton } from '../../ui/passkey-button';

/** The second proof of a sign-in: a passkey, a code of the authenticator or a recovery code. */
export function SecondStep({
  asked,
  onEntered,
  onBack,
}: {
  asked: ChallengeView;
  onEntered: (account: AccountView) => unknown;
  onBack: () => void;
}) {
  const { t, problem } = useI18n();
  const [code, setCode] = useState('');
  const { challenge, secondFactor } = asked;
  const send = (proof: object) => api.post<{ account: AccountView }>('/api/auth/second-factor', { challenge, ...proof });
  const enter = ({ account }: { account: AccountView }) => onEntered(account);
  const prove = useMutation({ mutationFn: () => send({ code }), onSuccess: enter });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    // Each try counts, and each code works once.
    if (!prove.isPending) prove.mutate();
  };
  return (
    <form className="mt-4" onSubmit={submit}>
      {secondFactor.includes('passkey') && knowsPasskeys() && (
        <PasskeyButton
          primary
          label={t('security.usePasskey')}
          path="/api/auth/second-factor/passkey"
          body={{ challenge }}
          onShown={(passkey) => send({ passkey }).then(enter)}
        />
      )}
      <div className="field mt-3">
        <label htmlFor="code">{t('security.code')}</label>
        <p className="hint" id="code-hint">
          {t(secondFactor.includes('totp') ? 'security.codeHint' : 'security.recoveryHint')}
        </p>
        <input
          className="in"
          id="code"
          autoComplete="one-time-code"
          autoFocus
          required
          maxLength={40}
          value={code}
          aria-describedby="code-hint"
          aria-invalid={prove.isError}
          onChange={(event) => setCode(event.target.value)}
        />
        {prove.isError && (
          <p className="err" role="alert">
            {problem(prove.error)}
          </p>
        )}
      </div>
      <button className="btn btn-p wide mt-2" type="submit" aria-disabled={prove.isPending}>
        {t('account.signIn')}
      </button>
      <p className="row mt-1">
        <button type="button" className="btn btn-q" onClick={onBack}>
          {t('account.backToSignIn')}
        </button>
      </p>
    </form>
  );
}
