import type { FactorsView, RecoveryCodesView, TotpOfferView } from '@passerelle/contract';
import { useQueryClient } from '@tanstack/react-query';
import { type SyntheticEvent, useState } from 'react';
import { renderSVG } from 'uqr';
import { api } from '../../app/api';
import { useI18n } from '../../i18n';
import { ErrorNote } from '../../ui';
import { factorsQuery } from '../../ui/factors';
import { useFreshAct } from '../../ui/fresh-sign-in';
import { FactorProblem } from './factor-problem';

/** The authenticator application: put in place, taken away. */
export function TotpSection({ view, onCodes }: { view: FactorsView; onCodes: (codes: string[]) => void }) {
  const { t } = useI18n();
  return (
    <section className="sec">
      <h2>{t('security.totp')}</h2>
      {view.totp ? <Enrolled since={view.totp.since} /> : <Enrol onCodes={({ codes }) => onCodes(codes)} />}
    </section>
  );
}

function Enrol({ onCodes }: { onCodes: (codes: RecoveryCodesView) => void }) {
  const { t } = useI18n();
  const [offered, setOffered] = useState<TotpOfferView | null>(null);
  const offer = useFreshAct(() => api.post<TotpOfferView>('/api/me/second-factor/totp'), setOffered);
  return (
    <>
      <p className="mt-2">{t('security.noTotp')}</p>
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

function Enrolled({ since }: { since: string }) {
  const { t, formatDateTime } = useI18n();
  const cache = useQueryClient();
  const remove = useFreshAct(
    () => api.delete('/api/me/second-factor/totp'),
    () => void cache.invalidateQueries({ queryKey: factorsQuery.queryKey }),
  );
  return (
    <>
      <p className="mt-2">{t('security.since', { when: formatDateTime(since) })}</p>
      <p className="mt-3">
        <button type="button" className="btn btn-q btn-x" onClick={() => remove.run()}>
          {t('security.remove')}
        </button>
      </p>
      {remove.error && <FactorProblem error={remove.error} />}
      {remove.asking}
    </>
  );
}
