import { useMutation, useQuery } from '@tanstack/react-query';
import { type SyntheticEvent, useState } from 'react';
import { ApiProblem, api } from '../app/api';
import { useI18n } from '../i18n';
import { factorsQuery, hasFactor } from './factors';
import { ErrorNote, Sheet } from './parts';
import { knowsPasskeys } from './passkey';
import { PasskeyButton } from './passkey-button';

/** An act that may want to know again who acts: when the server asks for it, the dialog to show is in `asking`, and the act goes on after it. */
export function useFreshAct<T, V = void>(act: (value: V) => Promise<T>, onSuccess: (result: T) => void) {
  const [waiting, setWaiting] = useState<{ value: V } | null>(null);
  const mutation = useMutation({
    mutationFn: act,
    onSuccess,
    onError: (error, value) => {
      if (isStale(error)) setWaiting({ value });
    },
  });
  const asking = waiting && (
    <FreshSignIn
      onClose={() => setWaiting(null)}
      onShown={() => {
        setWaiting(null);
        mutation.mutate(waiting.value);
      }}
    />
  );
  const run = (value: V) => {
    // A second press while the first is on its way would offer or use up another secret.
    if (!mutation.isPending) mutation.mutate(value);
  };
  return { run, pending: mutation.isPending, error: isStale(mutation.error) ? null : mutation.error, asking };
}

const isStale = (error: unknown) => error instanceof ApiProblem && error.code === 'fresh-sign-in-required';

/** What this account can show: its second factor where there is one, otherwise its password. Until that is known, the password. */
function useWays() {
  const { data } = useQuery(factorsQuery);
  const code = data !== undefined && hasFactor(data);
  return { code, password: !code && data?.hasPassword !== false, passkey: knowsPasskeys() && (data?.passkeys.length ?? 0) > 0 };
}

function FreshSignIn({ onClose, onShown }: { onClose: () => void; onShown: () => void }) {
  const { t } = useI18n();
  const { code, password, passkey } = useWays();
  return (
    <Sheet title={t('security.fresh')} onClose={onClose}>
      <div className="mt-3">
        <p>{t('security.freshText')}</p>
        {passkey && (
          <p className="mt-3">
            <PasskeyButton
              primary
              label={t('security.byPasskey')}
              path="/api/auth/fresh/passkey"
              onShown={(shown) => api.post('/api/auth/fresh', { passkey: shown }).then(onShown)}
            />
          </p>
        )}
        {(code || password) && <Typed key={String(code)} byCode={code} onShown={onShown} />}
      </div>
    </Sheet>
  );
}

function Typed({ byCode, onShown }: { byCode: boolean; onShown: () => void }) {
  const { t } = useI18n();
  const [proof, setProof] = useState('');
  const show = useMutation({
    mutationFn: () => api.post('/api/auth/fresh', byCode ? { code: proof } : { password: proof }),
    onSuccess: onShown,
  });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    // The dialog may stand within the form of the act, which goes on by itself.
    event.stopPropagation();
    if (!show.isPending) show.mutate();
  };
  return (
    <form onSubmit={submit}>
      <div className="field mt-3">
        <label htmlFor="proof">{t(byCode ? 'security.code' : 'account.password')}</label>
        <input
          className="in"
          id="proof"
          type={byCode ? 'text' : 'password'}
          autoComplete={byCode ? 'one-time-code' : 'current-password'}
          required
          value={proof}
          onChange={(event) => setProof(event.target.value)}
        />
      </div>
      <p className="row mt-4">
        <button type="submit" className="btn btn-p">
          {t('security.freshDo')}
        </button>
      </p>
      {show.isError && <ErrorNote error={show.error} />}
    </form>
  );
}
