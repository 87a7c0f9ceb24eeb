import { useMutation } from '@tanstack/react-query';
import { type SyntheticEvent, useState } from 'react';
import { ApiProblem, api } from '../app/api';
import { useI18n } from '../i18n';
import { ErrorNote, Sheet } from './parts';

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

function FreshSignIn({ onClose, onShown }: { onClose: () => void; onShown: () => void }) {
  const { t } = useI18n();
  const [proof, setProof] = useState('');
  const [byCode, setByCode] = useState(false);
  const show = useMutation({
    mutationFn: () => api.post('/api/auth/fresh', byCode ? { code: proof } : { password: proof }),
    onSuccess: onShown,
  });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (!show.isPending) show.mutate();
  };
  return (
    <Sheet title={t('security.fresh')} onClose={onClose}>
      <form className="mt-3" onSubmit={submit}>
        <p>{t('security.freshText')}</p>
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
          <button type="button" className="btn btn-q" onClick={() => (setByCode(!byCode), setProof(''))}>
            {t(byCode ? 'security.byPassword' : 'security.byCode')}
          </button>
        </p>
        {show.isError && <ErrorNote error={show.error} />}
      </form>
    </Sheet>
  );
}
