import type { FactorsView, PasskeyAddedView, PasskeyView } from '@passerelle/contract';
import { useQueryClient } from '@tanstack/react-query';
import { type SyntheticEvent, useState } from 'react';
import { v7 as uuid } from 'uuid';
import { api } from '../../app/api';
import { useI18n } from '../../i18n';
import { Icon } from '../../ui';
import { factorsQuery } from '../../ui/factors';
import { useFreshAct } from '../../ui/fresh-sign-in';
import { knowsPasskeys, makePasskey } from '../../ui/passkey';
import { FactorProblem } from './factor-problem';

/** Passkeys: listed with their last use, added, removed. */
export function PasskeysSection({ view, onCodes }: { view: FactorsView; onCodes: (codes: string[]) => void }) {
  const { t } = useI18n();
  return (
    <section className="sec">
      <h2>{t('security.passkeys')}</h2>
      <p className="mt-2">{t('security.passkeysText')}</p>
      {view.passkeys.length > 0 && (
        <ul className="list mt-3">
          {view.passkeys.map((passkey) => (
            <Passkey key={passkey.id} passkey={passkey} />
          ))}
        </ul>
      )}
      <Where origin={view.passkeyOrigin} onCodes={onCodes} />
    </section>
  );
}

/** They are bound to one address: elsewhere it is named. */
function Where({ origin, onCodes }: { origin: string | null; onCodes: (codes: string[]) => void }) {
  const { t } = useI18n();
  if (origin === null) return <p className="soft mt-3">{t('security.passkeysNowhere')}</p>;
  if (origin !== location.origin)
    return (
      <p className="soft mt-3">
        {t('security.passkeysElsewhere')} <a href={`${origin}/moi/securite`}>{origin}</a>
      </p>
    );
  if (!knowsPasskeys()) return <p className="soft mt-3">{t('security.passkeysUnknown')}</p>;
  return <AddPasskey onCodes={onCodes} />;
}

function Passkey({ passkey }: { passkey: PasskeyView }) {
  const { t, formatDateTime } = useI18n();
  const cache = useQueryClient();
  const remove = useFreshAct(
    () => api.delete(`/api/me/passkeys/${passkey.id}`),
    () => void cache.invalidateQueries({ queryKey: factorsQuery.queryKey }),
  );
  return (
    <li>
      <span>
        {passkey.name}
        <span className="meta">{t('security.passkeySince', { when: formatDateTime(passkey.createdAt) })}</span>
        <span className="meta">
          {passkey.lastUsedAt ? t('security.passkeyUsed', { when: formatDateTime(passkey.lastUsedAt) }) : t('security.passkeyUnused')}
        </span>
        {remove.error && <FactorProblem error={remove.error} />}
      </span>
      <button type="button" className="btn btn-q btn-i right" onClick={() => remove.run()}>
        <span className="vh">{t('security.passkeyRemove', { name: passkey.name })}</span>
        <Icon name="close" />
      </button>
      {remove.asking}
    </li>
  );
}

function AddPasskey({ onCodes }: { onCodes: (codes: string[]) => void }) {
  const { t } = useI18n();
  const cache = useQueryClient();
  const [name, setName] = useState(() => t(matchMedia('(pointer: coarse)').matches ? 'security.onPhone' : 'security.onComputer'));
  const add = useFreshAct(
    async () => api.post<PasskeyAddedView>('/api/me/passkeys', { id: uuid(), name, passkey: await makePasskey() }),
    ({ codes }) => {
      void cache.invalidateQueries({ queryKey: factorsQuery.queryKey });
      if (codes.length > 0) onCodes(codes);
    },
  );
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    add.run();
  };
  return (
    <form className="mt-3" onSubmit={submit}>
      <div className="field">
        <label htmlFor="passkey-name">{t('security.passkeyName')}</label>
        <p className="hint" id="passkey-name-hint">
          {t('security.passkeyNameHint')}
        </p>
        <input
          className="in"
          id="passkey-name"
          required
          maxLength={60}
          value={name}
          aria-describedby="passkey-name-hint"
          onChange={(event) => setName(event.target.value)}
        />
      </div>
      <p className="mt-3">
        <button type="submit" className="btn btn-p" aria-disabled={add.pending}>
          {t('security.passkeyAdd')}
        </button>
      </p>
      {add.error && <FactorProblem error={add.error} />}
      {add.asking}
    </form>
  );
}
