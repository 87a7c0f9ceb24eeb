import type { InvitationView, SpaceCard } from '@passerelle/contract';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type SyntheticEvent, useState } from 'react';
import { v7 as uuid } from 'uuid';
import { api, ApiProblem } from '../../app/api';
import { organisationsQuery } from '../../app/organisations';
import { usePage } from '../../app/page';
import { myCapacity, useMe } from '../../app/queries';
import { type TextKey, useI18n } from '../../i18n';
import { announce, ErrorNote, Loaded } from '../../ui';
import { ForWriters } from '../../ui/gate';

const KEY = ['invitations'];
const directoryQuery = queryOptions({ queryKey: ['groups', 'directory', false], queryFn: () => api.get<{ items: SpaceCard[] }>('/api/spaces/directory?archived=false') });
const KNOWN = ['member', 'invited', 'not_found', 'not_managed', 'required', 'invalid_format'];

/** Invites into one's city; the secretariat, into any. */
export default function InvitationsPage() {
  const { t } = useI18n();
  usePage(t('invitations.title'), { back: { href: '/moi', label: t('shell.me') } });
  return (
    <ForWriters>
      <div>
        <h1>{t('invitations.title')}</h1>
        <p className="soft mt-2">{t('invitations.lead')}</p>
        <Form />
        <Sent />
      </div>
    </ForWriters>
  );
}

function Form() {
  const { t, lang } = useI18n();
  const me = useMe();
  const cache = useQueryClient();
  const isSecretariat = me.account.role === 'administrator';
  const own = myCapacity(me)?.organisation.slug ?? '';
  const start = () => ({ id: uuid(), email: '', language: lang as string, role: 'member', organisation: own, function: '', mandateUntil: '', space: '', note: '' });
  const [form, setForm] = useState(start);
  const change = (part: Partial<typeof form>) => setForm({ ...form, ...part });
  const moderates = isSecretariat || me.account.role === 'moderator';
  // Open ones, and those whose door one keeps: the others let people in by request or by their animators.
  const spaces = (useQuery(directoryQuery).data?.items ?? []).filter(({ access, role, memberCount }) => memberCount !== null && (access === 'open' || moderates || role === 'animator'));
  const organisations = useQuery({ ...organisationsQuery, enabled: isSecretariat }).data ?? [];
  const send = useMutation({
    mutationFn: () => api.post<InvitationView>('/api/invitations', { ...form, mandateUntil: form.mandateUntil || null, space: form.space || null }),
    onSuccess: () => {
      setForm(start());
      announce(t('invitations.sent'));
      return cache.invalidateQueries({ queryKey: KEY });
    },
  });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    send.mutate();
  };
  const faults = send.error instanceof ApiProblem ? send.error.errors : [];
  const fault = (path: string) => {
    const found = faults.find((one) => one.path === path)?.message;
    return found && <p className="err">{t(`invitations.faults.${KNOWN.includes(found) ? found : 'other'}` as TextKey)}</p>;
  };
  return (
    <section className="sec">
      <h2>{t('invitations.form')}</h2>
      <form onSubmit={submit}>
        <div className="field">
          <label htmlFor="email">{t('invitations.email')}</label>
          <p className="hint" id="email-hint">
            {t('invitations.emailHint')}
          </p>
          <input className="in" id="email" type="email" required maxLength={320} autoComplete="off" aria-describedby="email-hint" value={form.email} onChange={(event) => change({ email: event.target.value })} />
          {fault('email')}
        </div>
        <div className="field">
          <label htmlFor="function">{t('invitations.function')}</label>
          <p className="hint" id="function-hint">
            {t('invitations.functionHint')}
          </p>
          <input className="in" id="function" required maxLength={200} aria-describedby="function-hint" value={form.function} onChange={(event) => change({ function: event.target.value })} />
          {fault('function')}
        </div>
        {isSecretariat && (
          <>
            <Choice id="organisation" label={t('invitations.organisation')} value={form.organisation} onChange={(organisation) => change({ organisation })} options={organisations.map(({ slug, name, countryName }) => [slug, `${name}, ${countryName}`])} />
            {fault('organisation')}
            <Choice id="role" label={t('invitations.role')} value={form.role} onChange={(role) => change({ role })} options={(['member', 'guest'] as const).map((role) => [role, t(`invitations.roles.${role}`)])} />
          </>
        )}
        <Choice id="mail-language" label={t('invitations.language')} value={form.language} onChange={(language) => change({ language })} options={[['fr', t('account.french')], ['en', t('account.english')]]} />
        <Choice id="space" label={t('invitations.space')} value={form.space} onChange={(space) => change({ space })} options={[['', t('invitations.noSpace')], ...spaces.map(({ slug, nameFr, nameEn }): [string, string] => [slug, lang === 'fr' ? nameFr : nameEn])]} />
        {fault('space')}
        <div className="field">
          <label htmlFor="until">{t('invitations.until')}</label>
          <input className="in" id="until" type="date" value={form.mandateUntil} onChange={(event) => change({ mandateUntil: event.target.value })} />
        </div>
        <div className="field">
          <label htmlFor="welcome-note">{t('invitations.note')}</label>
          <textarea className="in" id="welcome-note" rows={3} maxLength={1_000} value={form.note} onChange={(event) => change({ note: event.target.value })} />
        </div>
        <p className="row mt-4">
          <button type="submit" className="btn btn-p" disabled={send.isPending}>
            {t('invitations.send')}
          </button>
        </p>
        {send.isError && faults.length === 0 && <ErrorNote error={send.error} />}
      </form>
    </section>
  );
}

function Choice({ id, label, value, options, onChange }: { id: string; label: string; value: string; options: (readonly [string, string])[]; onChange: (value: string) => void }) {
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select className="in" id={id} value={value} onChange={(event) => onChange(event.target.value)}>
        {options.map(([one, name]) => (
          <option key={one} value={one}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}

function Sent() {
  const { t, formatDay } = useI18n();
  const cache = useQueryClient();
  const sent = useQuery({ queryKey: KEY, queryFn: () => api.get<{ items: InvitationView[] }>('/api/invitations') });
  const act = useMutation({
    mutationFn: ({ id, again }: { id: string; again: boolean }) => (again ? api.post(`/api/invitations/${id}/resend`) : api.delete(`/api/invitations/${id}`)),
    onSettled: () => cache.invalidateQueries({ queryKey: KEY }),
  });
  return (
    <section className="sec">
      <h2>{t('invitations.list')}</h2>
      <Loaded query={sent}>
        {({ items }) => (
          <>
            {items.length === 0 && <p className="soft mt-2">{t('invitations.none')}</p>}
            <ul className="list mt-3">
              {items.map((one) => (
                <li key={one.id}>
                  <div className="min0">
                    {one.function}, <b>{one.organisation.name}</b>
                    <span className="meta">{one.email}</span>
                    <span className="meta">
                      {[t('invitations.by', { by: one.invitedBy, day: formatDay(one.createdAt) }), t('invitations.times', { count: one.sentCount }), one.state === 'pending' && t('invitations.expires', { day: formatDay(one.expiresAt) })].filter(Boolean).join(' ')}
                    </span>
                    {(one.state === 'pending' || one.state === 'expired') && (
                      <p className="row mt-2">
                        <button type="button" className="btn" onClick={() => act.mutate({ id: one.id, again: true })}>
                          {t('invitations.resend')} <span className="vh">{one.email}</span>
                        </button>
                        {one.state === 'pending' && (
                          <button type="button" className="btn btn-q btn-x" onClick={() => act.mutate({ id: one.id, again: false })}>
                            {t('invitations.revoke')} <span className="vh">{one.email}</span>
                          </button>
                        )}
                      </p>
                    )}
                  </div>
                  <span className="state right">{t(`invitations.state.${one.state}`)}</span>
                </li>
              ))}
            </ul>
          </>
        )}
      </Loaded>
      {act.isError && <ErrorNote error={act.error} />}
    </section>
  );
}
