import type { IdentitiesView, IdentityView, SsoLabel, SsoWayView } from '@passerelle/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../../app/api';
import { useI18n } from '../../i18n';
import { announce, ErrorNote, Note } from '../../ui';
import { useFreshAct } from '../../ui/fresh-sign-in';
import { useSsoOutcome } from './sso-outcome';

const KEY = ['identities'];

/** Identities at the provider of single sign-on that open this account; nothing where there is no provider and never was. */
export function Identities() {
  const { t } = useI18n();
  const outcome = useSsoOutcome();
  const { data } = useQuery({ queryKey: KEY, queryFn: () => api.get<IdentitiesView>('/api/me/identities') });
  if (!data || (!data.provider && data.items.length === 0)) return null;
  return (
    <section className="sec">
      <h2>{t('sso.title')}</h2>
      {outcome?.kind === 'linked' && (
        <Note icon="check" role="status">
          {t('sso.done')}
        </Note>
      )}
      {outcome?.kind === 'refused' && (
        <Note kind="refusal" icon="alert" role="alert">
          {t(`sso.reason.${outcome.reason}`)}
        </Note>
      )}
      {data.items.length > 0 && (
        <ul className="list mt-2">
          {data.items.map((one) => (
            <Linked key={one.id} identity={one} />
          ))}
        </ul>
      )}
      <Offer provider={data.provider} isLinked={data.items.length > 0} />
    </section>
  );
}

function Offer({ provider, isLinked }: { provider: SsoLabel | null; isLinked: boolean }) {
  const { t, lang } = useI18n();
  const link = useFreshAct(
    () => api.post<SsoWayView>('/api/me/identities/link'),
    ({ url }) => location.assign(url),
  );
  if (!provider) return <p className="soft mt-2">{t('sso.gone')}</p>;
  if (isLinked) return null;
  return (
    <>
      <p className="mt-2">{t('sso.lead', { label: provider[lang] })}</p>
      <p className="soft mt-1">{t('sso.none')}</p>
      <p className="mt-3">
        <button type="button" className="btn btn-p" aria-disabled={link.pending} onClick={() => link.run()}>
          {t('sso.link')}
        </button>
      </p>
      {link.error && <ErrorNote error={link.error} />}
      {link.asking}
    </>
  );
}

function Linked({ identity }: { identity: IdentityView }) {
  const { t, formatDay } = useI18n();
  const cache = useQueryClient();
  const unlink = useFreshAct(
    () => api.delete(`/api/me/identities/${identity.id}`),
    () => {
      announce(t('sso.unlinked'));
      void cache.invalidateQueries({ queryKey: KEY });
    },
  );
  return (
    <li>
      <div className="min0 grow">
        {identity.email}, {new URL(identity.issuer).host}
        <span className="meta">
          {t('sso.linked', { day: formatDay(identity.linkedAt) })}{' '}
          {identity.lastUsedAt ? t('sso.used', { day: formatDay(identity.lastUsedAt) }) : t('sso.never')}
        </span>
        {unlink.error && <ErrorNote error={unlink.error} />}
      </div>
      <button type="button" className="btn btn-q btn-x" aria-disabled={unlink.pending} onClick={() => unlink.run()}>
        {t('sso.unlink')}
      </button>
      {unlink.asking}
    </li>
  );
}
