import type { RecoveryCodesView } from '@passerelle/contract';
import { api } from '../../app/api';
import { useI18n } from '../../i18n';
import { ErrorNote, Note } from '../../ui';
import { useFreshAct } from '../../ui/fresh-sign-in';

/** How many are left, and new ones. */
export function RecoverySection({ left, onCodes }: { left: number; onCodes: (codes: string[]) => void }) {
  const { t } = useI18n();
  const renew = useFreshAct(
    () => api.post<RecoveryCodesView>('/api/me/second-factor/recovery-codes'),
    ({ codes }) => onCodes(codes),
  );
  return (
    <section className="sec">
      <h2>{t('security.codes')}</h2>
      <p className="mt-2">{t('security.left', { count: left })}</p>
      <p className="mt-3">
        <button type="button" className="btn" onClick={() => renew.run()}>
          {t('security.renew')}
        </button>
      </p>
      {renew.error && <ErrorNote error={renew.error} />}
      {renew.asking}
    </section>
  );
}

/** Codes that are shown this once. */
export function RecoveryCodes({ codes, onKept }: { codes: string[]; onKept: () => void }) {
  const { t } = useI18n();
  return (
    <section className="sec">
      <h2>{t('security.newCodes')}</h2>
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
