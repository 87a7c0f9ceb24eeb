import type { InvitationView, Page, SpaceCard, ThreadRow } from '@passerelle/contract';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type SyntheticEvent, useState } from 'react';
import { v7 as uuid } from 'uuid';
import { api, ApiProblem, withQuery } from '../../app/api';
import { organisationsQuery } from '../../app/organisations';
import { myCapacity, useMe } from '../../app/queries';
import { type TextKey, useI18n } from '../../i18n';
import { announce, ErrorNote } from '../../ui';
import { Check } from '../../ui/fields';

/** Where the list of invitations is kept. */
export const INVITATIONS = ['invitations'];
const directoryQuery = queryOptions({
  queryKey: ['groups', 'directory', false],
  queryFn: () => api.get<{ items: SpaceCard[] }>('/api/spaces/directory?archived=false'),
});
const KNOWN = ['member', 'invited', 'not_found', 'not_managed', 'required', 'invalid_format'];

/** Invites one person. */
export function InvitationForm() {
  const { t, lang } = useI18n();
  const me = useMe();
  const cache = useQueryClient();
  const isSecretariat = me.account.role === 'administrator';
  const own = myCapacity(me)?.organisation.slug ?? '';
  const start = () => ({
    id: uuid(),
    email: '',
    language: lang as string,
    role: 'member',
    organisation: own,
    function: '',
    mandateUntil: '',
    space: '',
    thread: '',
    note: '',
  });
  const [form, setForm] = useState(start);
  const [onlyThread, setOnlyThread] = useState(false);
  const change = (part: Partial<typeof form>) => setForm({ ...form, ...part });
  const moderates = isSecretariat || me.account.role === 'moderator';
  // Open ones, and those whose door one keeps: the others let people in by request or by their animators.
  const spaces = (useQuery(directoryQuery).data?.items ?? []).filter(
    ({ access, role, memberCount }) => memberCount !== null && (access === 'open' || moderates || role === 'animator'),
  );
  const organisations = useQuery({ ...organisationsQuery, enabled: isSecretariat }).data ?? [];
  const send = useMutation({
    mutationFn: () =>
      api.post<InvitationView>('/api/invitations', {
        ...form,
        mandateUntil: form.mandateUntil || null,
        space: onlyThread && form.thread ? null : form.space || null,
        thread: form.thread || null,
      }),
    onSuccess: () => {
      setForm(start());
      announce(t('invitations.sent'));
      return cache.invalidateQueries({ queryKey: INVITATIONS });
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
          <input
            className="in"
            id="email"
            type="email"
            required
            maxLength={320}
            autoComplete="off"
            aria-describedby="email-hint"
            value={form.email}
            onChange={(event) => change({ email: event.target.value })}
          />
          {fault('email')}
        </div>
        <div className="field">
          <label htmlFor="function">{t('invitations.function')}</label>
          <p className="hint" id="function-hint">
            {t('invitations.functionHint')}
          </p>
          <input
            className="in"
            id="function"
            required
            maxLength={200}
            aria-describedby="function-hint"
            value={form.function}
            onChange={(event) => change({ function: event.target.value })}
          />
          {fault('function')}
        </div>
        {isSecretariat && (
          <>
            <Choice
              id="organisation"
              label={t('invitations.organisation')}
              value={form.organisation}
              onChange={(organisation) => change({ organisation })}
              options={organisations.map(({ slug, name, countryName }) => [slug, `${name}, ${countryName}`])}
            />
            {fault('organisation')}
            <Choice
              id="role"
              label={t('invitations.role')}
              value={form.role}
              onChange={(role) => change({ role })}
              options={(['member', 'guest'] as const).map((role) => [role, t(`invitations.roles.${role}`)])}
            />
          </>
        )}
        <Choice
          id="mail-language"
          label={t('invitations.language')}
          value={form.language}
          onChange={(language) => change({ language })}
          options={[
            ['fr', t('account.french')],
            ['en', t('account.english')],
          ]}
        />
        <Choice
          id="space"
          label={t('invitations.space')}
          value={form.space}
          onChange={(space) => change({ space, thread: '' })}
          options={[
            ['', t('invitations.noSpace')],
            ...spaces.map(({ slug, nameFr, nameEn }): [string, string] => [slug, lang === 'fr' ? nameFr : nameEn]),
          ]}
        />
        {fault('space')}
        {form.space && <Landing space={form.space} value={form.thread} onChange={(thread) => change({ thread })} />}
        {fault('thread')}
        {form.role === 'guest' && form.thread && <Check label={t('invitations.onlyThread')} value={onlyThread} onChange={setOnlyThread} />}
        <div className="field">
          <label htmlFor="until">{t('invitations.until')}</label>
          <input
            className="in"
            id="until"
            type="date"
            value={form.mandateUntil}
            onChange={(event) => change({ mandateUntil: event.target.value })}
          />
        </div>
        <div className="field">
          <label htmlFor="welcome-note">{t('invitations.note')}</label>
          <textarea
            className="in"
            id="welcome-note"
            rows={3}
            maxLength={1_000}
            value={form.note}
            onChange={(event) => change({ note: event.target.value })}
          />
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

const LANDINGS = 50;

/** The thread of the space that opens first; the latest ones are offered. */
function Landing({ space, value, onChange }: { space: string; value: string; onChange: (thread: string) => void }) {
  const { t } = useI18n();
  const threads = useQuery({
    queryKey: ['threads', { landing: space }],
    queryFn: () => api.get<Page<ThreadRow>>(withQuery('/api/threads', { space, limit: LANDINGS })),
  });
  return (
    <>
      <Choice
        id="landing"
        label={t('invitations.landing')}
        value={value}
        onChange={onChange}
        options={[['', t('invitations.noLanding')], ...(threads.data?.items ?? []).map(({ id, title }): [string, string] => [id, title])]}
      />
      {threads.isError && <ErrorNote error={threads.error} />}
    </>
  );
}

function Choice({
  id,
  label,
  value,
  options,
  onChange,
}: {
  id: string;
  label: string;
  value: string;
  options: (readonly [string, string])[];
  onChange: (value: string) => void;
}) {
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
