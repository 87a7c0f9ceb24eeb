import type { MailboxView } from '@passerelle/contract';
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { type SyntheticEvent, useState } from 'react';
import { api, ApiProblem } from '../../app/api';
import { usePage } from '../../app/page';
import { myCapacity, useMe } from '../../app/queries';
import { useI18n } from '../../i18n';
import { announce, ErrorNote, Icon, Loaded, Note } from '../../ui';
import { Choice } from '../../ui/fields';
import { useFreshAct } from '../../ui/fresh-sign-in';
import { Sure } from '../../ui/sure';

const pathOf = (slug: string) => `/api/role-mailboxes/${encodeURIComponent(slug)}`;
const mailboxQuery = (slug: string) => queryOptions({ queryKey: ['mailbox', slug], queryFn: () => api.get<MailboxView>(pathOf(slug)) });

/** The mailbox by role of a city: the reader's own, or for the secretariat that of any. */
export default function MailboxPage() {
  const { t } = useI18n();
  const own = myCapacity(useMe())?.organisation.slug ?? '';
  const slug = decodeURIComponent(/^\/boite\/(.+)$/.exec(location.pathname)?.[1] ?? own);
  const mailbox = useQuery(mailboxQuery(slug));
  usePage(t('mailbox.title'), { back: slug === own ? { href: '/moi', label: t('shell.me') } : { href: `/villes/${slug}`, label: mailbox.data?.organisation.name ?? t('cities.title') } });
  return (
    <div>
      <h1>{t('mailbox.title')}</h1>
      <p className="soft mt-2">{t('mailbox.lead')}</p>
      <Loaded query={mailbox}>{(view) => <Mailbox key={view.mailbox?.version ?? 0} view={view} />}</Loaded>
    </div>
  );
}

function Mailbox({ view: { organisation, mailbox } }: { view: MailboxView }) {
  const { t, formatDay, formatDateTime } = useI18n();
  return (
    <section className="sec">
      <h2>{organisation.name}</h2>
      {!mailbox && <p className="soft mt-2">{t('mailbox.none')}</p>}
      {mailbox && (
        <>
          <p className="mt-2">
            <b>{mailbox.address}</b>
          </p>
          <Note kind={mailbox.confirmedAt ? 'info' : 'attention'} icon={mailbox.confirmedAt ? 'check' : 'clock'}>
            {mailbox.confirmedAt ? t('mailbox.confirmed', { day: formatDay(mailbox.confirmedAt) }) : t('mailbox.waiting', { when: mailbox.expiresAt ? formatDateTime(mailbox.expiresAt) : '' })}
          </Note>
          <Remove slug={organisation.slug} version={mailbox.version} />
        </>
      )}
      <SetForm slug={organisation.slug} mailbox={mailbox} />
    </section>
  );
}

/** What is shown after an act; when somebody else was quicker, that. */
function useMailboxAct(slug: string, send: () => Promise<unknown>, said: string) {
  const cache = useQueryClient();
  return useFreshAct(send, () => {
    announce(said);
    void cache.invalidateQueries({ queryKey: mailboxQuery(slug).queryKey });
  });
}

function Failure({ error }: { error: unknown }) {
  const { t } = useI18n();
  if (error === null) return null;
  return error instanceof ApiProblem && error.code === 'stale-version' ? (
    <Note kind="attention" icon="alert" role="alert">
      {t('mailbox.changed')}
    </Note>
  ) : (
    <ErrorNote error={error} />
  );
}

function SetForm({ slug, mailbox }: { slug: string; mailbox: MailboxView['mailbox'] }) {
  const { t, lang } = useI18n();
  const [address, setAddress] = useState(mailbox && !mailbox.confirmedAt ? mailbox.address : '');
  const [language, setLanguage] = useState(mailbox?.language ?? lang);
  const act = useMailboxAct(slug, () => api.put(pathOf(slug), { address: address.trim(), language, version: mailbox?.version ?? 0 }), t('mailbox.sent'));
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    act.run();
  };
  return (
    <form className="mt-4" onSubmit={submit}>
      <h3>{mailbox ? t('mailbox.change') : t('mailbox.set')}</h3>
      <div className="field">
        <label htmlFor="box">{t('mailbox.address')}</label>
        <p className="hint" id="box-hint">
          {t('mailbox.addressHint')}
        </p>
        <input className="in" id="box" type="email" required maxLength={254} aria-describedby="box-hint" value={address} onChange={(event) => setAddress(event.target.value)} />
      </div>
      <Choice label={t('mailbox.language')} value={language} options={[{ value: 'fr' as const, label: t('account.french') }, { value: 'en' as const, label: t('account.english') }]} onChange={(one) => setLanguage(one ?? 'fr')} />
      <p className="mt-3">
        <button type="submit" className="btn btn-p" disabled={address.trim() === '' || act.pending}>
          <Icon name="send" small /> {t('mailbox.send')}
        </button>
      </p>
      <Failure error={act.error} />
      {act.asking}
    </form>
  );
}

function Remove({ slug, version }: { slug: string; version: number }) {
  const { t } = useI18n();
  const act = useMailboxAct(slug, () => api.delete(`${pathOf(slug)}?version=${version}`), t('mailbox.removed'));
  return (
    <div className="mt-2">
      <Sure label={t('mailbox.remove')} question={t('mailbox.removeSure')} yes={t('mailbox.remove')} act={{ mutate: () => act.run(), isPending: act.pending, error: act.error }} />
      {act.asking}
    </div>
  );
}
