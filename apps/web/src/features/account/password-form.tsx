import { PASSWORD_MIN } from '@passerelle/contract';
import { useQueryClient } from '@tanstack/react-query';
import { type SyntheticEvent, useState } from 'react';
import { ApiProblem, api } from '../../app/api';
import { useI18n } from '../../i18n';
import { announce, ErrorNote } from '../../ui';
import { useFreshAct } from '../../ui/fresh-sign-in';

/** Chooses another password, or the first one for somebody who signs in by links. */
export function PasswordForm({ hasPassword, queryKey }: { hasPassword: boolean; queryKey: readonly string[] }) {
  const { t } = useI18n();
  const cache = useQueryClient();
  const [current, setCurrent] = useState('');
  const [password, setPassword] = useState('');
  const change = useFreshAct(
    () => api.put('/api/me/password', { current: hasPassword ? current : null, password }),
    () => {
      setCurrent('');
      setPassword('');
      void cache.invalidateQueries({ queryKey });
      announce(t('security.passwordDone'));
    },
  );
  const faults = change.error instanceof ApiProblem ? change.error.errors : [];
  const isWrong = faults.some(({ path, message }) => path === 'current' && message === 'wrong');
  const isGuessable = faults.some(({ path, message }) => path === 'password' && message === 'too_guessable');
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    change.run();
  };
  return (
    <form className="mt-3" onSubmit={submit}>
      {hasPassword && (
        <div className="field">
          <label htmlFor="current-password">{t('security.currentPassword')}</label>
          <input
            className="in"
            id="current-password"
            type="password"
            required
            maxLength={200}
            autoComplete="current-password"
            value={current}
            onChange={(event) => setCurrent(event.target.value)}
          />
        </div>
      )}
      <div className="field mt-3">
        <label htmlFor="new-password">{t('security.newPassword')}</label>
        <p className="hint" id="new-password-hint">
          {t('security.passwordHint')}
        </p>
        <input
          className="in"
          id="new-password"
          type="password"
          required
          minLength={PASSWORD_MIN}
          maxLength={200}
          autoComplete="new-password"
          aria-describedby="new-password-hint"
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
      </div>
      <p className="mt-3">
        <button type="submit" className="btn" aria-disabled={change.pending}>
          {t('security.passwordDo')}
        </button>
      </p>
      {isWrong && <p role="alert">{t('security.passwordWrong')}</p>}
      {isGuessable && <p role="alert">{t('security.passwordGuessable')}</p>}
      {change.error && !isWrong && !isGuessable && <ErrorNote error={change.error} />}
      {change.asking}
    </form>
  );
}
