import { CODE_DIGITS, type InvitationKey } from '@passerelle/contract';
import { type SyntheticEvent, useState } from 'react';
import { Link } from 'wouter';
import { useI18n } from '../../i18n';

/** For whoever was given a code on the telephone, because no mail arrives. */
export function CodeEntry({ onKey }: { onKey: (key: InvitationKey) => void }) {
  const { t } = useI18n();
  const [email, setEmail] = useState('');
  const [code, setCode] = useState('');
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    onKey({ email, code });
  };
  return (
    <>
      <h1 className="h-long">{t('invitations.welcome')}</h1>
      <p className="soft mt-3">{t('invitations.codeLead')}</p>
      <form className="mt-4" onSubmit={submit}>
        <div className="field">
          <label htmlFor="email">{t('invitations.email')}</label>
          <input
            className="in"
            id="email"
            type="email"
            required
            maxLength={320}
            autoComplete="email"
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
        </div>
        <div className="field">
          <label htmlFor="code">{t('invitations.code')}</label>
          <p className="hint" id="code-hint">
            {t('invitations.codeHint', { count: CODE_DIGITS })}
          </p>
          <input
            className="in"
            id="code"
            required
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={40}
            pattern="(\D*\d){12}\D*"
            aria-describedby="code-hint"
            value={code}
            onChange={(event) => setCode(event.target.value)}
          />
        </div>
        <p className="row mt-4">
          <button type="submit" className="btn btn-p">
            {t('invitations.codeOpen')}
          </button>
          <Link className="btn btn-q" href="/connexion">
            {t('account.backToSignIn')}
          </Link>
        </p>
      </form>
    </>
  );
}
