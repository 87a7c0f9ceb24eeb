import type { ConsentView } from '@passerelle/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../app/api';
import { useState } from 'react';
import { useI18n } from '../../i18n';
import { ErrorNote } from '../../ui';

/** What the reader agreed to, and a switch for mail of the network; earlier answers stay. */
export function Consents({ consents, queryKey }: { consents: ConsentView[]; queryKey: readonly string[] }) {
  const { t, formatDateTime } = useI18n();
  const cache = useQueryClient();
  // Shown as chosen until the stored answer is there.
  const [chosen, setChosen] = useState<boolean | null>(null);
  const change = useMutation({
    mutationFn: (given: boolean) => api.put('/api/me/consents/mail', { given }),
    onSettled: async () => {
      await cache.invalidateQueries({ queryKey });
      setChosen(null);
    },
  });
  const [data, mail] = (['data', 'mail'] as const).map((purpose) => consents.find((one) => one.purpose === purpose));
  const earlier = consents.filter((one) => one !== data && one !== mail);
  const when = (one: ConsentView | undefined) =>
    one
      ? t(one.given ? 'privacy.consentGiven' : 'privacy.consentRefused', { when: formatDateTime(one.at), version: one.textVersion })
      : t('privacy.consentNone');
  return (
    <section className="sec">
      <h2>{t('privacy.consents')}</h2>
      <ul className="list mt-3">
        <li>
          <span className="min0">
            {t('privacy.consentData')}
            <span className="meta">{t('privacy.consentDataHint')}</span>
            <span className="meta">{when(data)}</span>
          </span>
        </li>
      </ul>
      <label className="opt mt-3">
        <input
          type="checkbox"
          checked={chosen ?? mail?.given ?? false}
          onChange={(event) => {
            setChosen(event.target.checked);
            change.mutate(event.target.checked);
          }}
        />
        <span>
          {t('privacy.consentMail')}
          <small>{t('privacy.consentMailHint')}</small>
        </span>
      </label>
      <p className="meta mt-1" role="status">
        {when(mail)}
      </p>
      <p className="soft mt-3">{t('privacy.consentAlways')}</p>
      {change.isError && <ErrorNote error={change.error} />}
      {earlier.length > 0 && (
        <details className="mt-3">
          <summary>{t('privacy.consentHistory')}</summary>
          <ul className="list mt-1">
            {earlier.map((one) => (
              <li key={`${one.purpose} ${one.at}`}>
                <span className="min0">
                  {t(one.purpose === 'data' ? 'privacy.consentData' : 'privacy.consentMail')}
                  <span className="meta">{when(one)}</span>
                </span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
