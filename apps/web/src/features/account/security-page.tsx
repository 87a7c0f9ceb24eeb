import type { FactorsView, RecoveryCodesView, TotpOfferView } from '@passerelle/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type SyntheticEvent, useState } from 'react';
import { renderSVG } from 'uqr';
import { api } from '../../app/api';
import { usePage } from '../../app/page';
import { useI18n } from '../../i18n';
import { ErrorNote, Loaded, Note } from '../../ui';
import { useFreshAct } from '../../ui/fresh-sign-in';
import { PasswordForm } from './password-form';
import { Identities } from './identities';

const KEY = ['factors'];

/** The second factor of the account: put in place, recovery codes, taken away. */
export default function SecurityPage() {
  const { t } = useI18n();
  const cache = useQueryClient();
  const factors = useQuery({ queryKey: KEY, queryFn: () => api.get<FactorsView>('/api/me/second-factor') });
  const [codes, setCodes] = useState<string[] | null>(null);
  const showCodes = ({ codes: shown }: RecoveryCodesView) => {
    setCodes(shown);
    void cache.invalidateQueries({ queryKey: KEY });
  };
  usePage(t('security.title'), { back: { href: '/moi', label: t('shell.me') } });
  return (
    <div>
      <h1>{t('security.title')}</h1>
      <p className="soft mt-2">{t('security.lead')}</p>
      {codes && <RecoveryCodes codes={codes} onKept={() => setCodes(null)} />}
      <Loaded query={factors}>
        {(view) => (
          <>
            <section className="sec">
              <h2>{t('security.totp')}</h2>
              {view.totp ? <Enrolled view={view} onCodes={showCodes} /> : <Enrol onCodes={showCodes} />}
            </section>
            <section className="sec">
              <h2>{t('security.password')}</h2>
              <PasswordForm hasPassword={view.hasPassword} queryKey={KEY} />
            </section>
          </>
        )}
      </Loaded>
      <Identities />
    </div>
  );
}

function Enrol({ onCodes }: { onCodes: (codes: RecoveryCodesView) => void }) {
  const { t } = useI18n();
  const [offered, setOffered] = useState<TotpOfferView | null>(null);
  const offer = useFreshAct(() => api.post<TotpOfferView>('/api/me/second-factor/totp'), setOffered);
  return (
    <>
      <p className="mt-2">{t('security.none')}</p>
      {offered ? (
        <Confirm offered={offered} onCodes={onCodes} />
      ) : (
        <p className="mt-3">
          <button type="button" className="btn btn-p" aria-disabled={offer.pending} onClick={() => offer.run()}>
            {t('security.enrol')}
          </button>
        </p>
      )}
      {offer.error && <ErrorNote error={offer.error} />}
      {offer.asking}
    </>
  );
}

function Confirm({ offered, onCodes }: { offered: TotpOfferView; onCodes: (codes: RecoveryCodesView) => void }) {
  const { t } = useI18n();
  const [code, setCode] = useState('');
  const confirm = useFreshAct(
    (typed: string) => api.post<RecoveryCodesView>('/api/me/second-factor/totp/confirm', { code: typed }),
    onCodes,
  );
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    confirm.run(code);
  };
  return (
    <form className="mt-3" onSubmit={submit}>
      <p>{t('security.scan')}</p>
      <img
        className="mt-3"
        width={200}
        height={200}
        alt={t('security.qr')}
        src={`data:image/svg+xml,${encodeURIComponent(renderSVG(offered.uri))}`}
      />
      <p className="mt-3">{t('security.secret')}</p>
      <p>
        <code id="secret">{(offered.secret.match(/.{1,4}/g) ?? []).join(' ')}</code>
      </p>
      <div className="field mt-4">
        <label htmlFor="first-code">{t('security.firstCode')}</label>
        <input
          className="in"
          id="first-code"
          inputMode="numeric"
          autoComplete="one-time-code"
          required
          maxLength={12}
          value={code}
          onChange={(event) => setCode(event.target.value)}
        />
      </div>
      <p className="mt-3">
        <button type="submit" className="btn btn-p" aria-disabled={confirm.pending}>
          {t('security.confirm')}
        </button>
      </p>
      {confirm.error && <ErrorNote error={confirm.error} />}
      {confirm.asking}
    </form>
  );
}

function Enrolled({ view, onCodes }: { view: FactorsView; onCodes: (codes: RecoveryCodesView) => void }) {
  const { t, formatDateTime } = useI18n();
  const cache = useQueryClient();
  const renew = useFreshAct(() => api.post<RecoveryCodesView>('/api/me/second-factor/recovery-codes'), onCodes);
  const remove = useFreshAct(
    () => api.delete('/api/me/second-factor/totp'),
    () => void cache.invalidateQueries({ queryKey: KEY }),
  );
  return (
    <>
      <p className="mt-2">{t('security.since', { when: formatDateTime(view.totp?.since ?? '') })}</p>
      <p className="mt-2">{t('security.left', { count: view.recoveryCodes })}</p>
      <p className="row mt-3">
        <button type="button" className="btn" onClick={() => renew.run()}>
          {t('security.renew')}
        </button>
        <button type="button" className="btn btn-q btn-x" onClick={() => remove.run()}>
          {t('security.remove')}
        </button>
      </p>
      {renew.error && <ErrorNote error={renew.error} />}
      {remove.error && <ErrorNote error={remove.error} />}
      {renew.asking}
      {remove.asking}
    </>
  );
}

function RecoveryCodes({ codes, onKept }: { codes: string[]; onKept: () => void }) {
  const { t } = useI18n();
  return (
    <section className="sec">
      <h2>{t('security.codes')}</h2>
      <Note icon="lock" role="status">
        {t('security.codesText')}
      </Note>
      <ul className="list mt-3" id="recovery-codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <p className="row mt-3">
        <button type="button" className="btn" onClick={() => window.print()}>
          {t('security.print')}
        </button>
        <button type="button" className="btn btn-p" onClick={onKept}>
          {t('security.kept')}
        </button>
      </p>
    </section>
  );
}
