import { type FactorsView, PASSWORD_MIN } from '@passerelle/contract';
import { useQueryClient } from '@tanstack/react-query';
import { type SyntheticEvent, useState } from 'react';
import { api, ApiProblem } from '../../app/api';
import { useMe } from '../../app/queries';
import { useI18n } from '../../i18n';
import { ErrorNote, Note } from '../../ui';
import { factorsQuery } from '../../ui/factors';
import { useFreshAct } from '../../ui/fresh-sign-in';

const isGuessable = (error: unknown) => error instanceof ApiProblem && error.errors.some(({ message }) => message === 'too_guessable');

/** The password: changed, or set by whoever has none. */
export function PasswordSection({ view }: { view: FactorsView }) {
  const { t } = useI18n();
  const cache = useQueryClient();
  const { email } = useMe().account;
  const [password, setPassword] = useState('');
  const [done, setDone] = useState(false);
  const save = useFreshAct(
    (chosen: string) => api.put('/api/me/password', { password: chosen }),
    () => {
      setPassword('');
      setDone(true);
      for (const key of [factorsQuery.queryKey, ['sessions']]) void cache.invalidateQueries({ queryKey: key });
    },
  );
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    setDone(false);
    save.run(password);
  };
  return (
    <section className="sec">
      <h2>{t('account.password')}</h2>
      <p className="mt-2">{t(view.hasPassword ? 'security.passwordText' : 'security.noPassword')}</p>
      <form className="mt-3" onSubmit={submit}>
        {/* Keepers of passwords learn from it whose password this is. */}
        <input className="vh" type="text" autoComplete="username" tabIndex={-1} aria-hidden="true" readOnly value={email} />
        <div className="field">
          <label htmlFor="new-password">{t('security.newPassword')}</label>
          <p className="hint" id="new-password-hint">
            {t('security.newPasswordHint', { count: PASSWORD_MIN })}
          </p>
          <input
            className="in"
            id="new-password"
            type="password"
            autoComplete="new-password"
            required
            minLength={PASSWORD_MIN}
            maxLength={200}
            value={password}
            aria-describedby="new-password-hint"
            onChange={(event) => setPassword(event.target.value)}
          />
        </div>
        <p className="mt-3">
          <button type="submit" className="btn" aria-disabled={save.pending}>
            {t(view.hasPassword ? 'security.changePassword' : 'security.setPassword')}
          </button>
        </p>
      </form>
      {done && (
        <Note icon="check" role="status">
          {t('security.passwordDone')}
        </Note>
      )}
      {save.error &&
        (isGuessable(save.error) ? (
          <p className="err" role="alert">
            {t('security.passwordGuessable')}
          </p>
        ) : (
          <ErrorNote error={save.error} />
        ))}
      {save.asking}
    </section>
  );
}
