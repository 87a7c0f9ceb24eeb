import type { InvitationLinkView, InvitationView } from '@passerelle/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type SyntheticEvent, useState } from 'react';
import { v7 as uuid } from 'uuid';
import { api, ApiProblem } from '../../app/api';
import { myCapacity, useMe } from '../../app/queries';
import { type TextKey, useI18n } from '../../i18n';
import { announce, ErrorNote } from '../../ui';
import { Choice, LinkBounds, Text, Whereto } from './invitation-fields';

/** Where the lists are kept. */
export const INVITATIONS = ['invitations'];
export const LINKS = ['invitation-links'];
/** Where a fault stands beside its field. */
const SHOWN = ['email', 'function', 'organisation', 'role', 'space', 'thread', 'mandateUntil'];
const KNOWN = ['past_date', 'member', 'invited', 'not_found', 'not_managed', 'not_allowed', 'required', 'invalid_format'];

export interface Draft {
  id: string;
  /** One person by address, or a link for several. */
  kind: 'person' | 'link';
  email: string;
  language: string;
  role: string;
  organisation: string;
  function: string;
  mandateUntil: string;
  space: string;
  thread: string;
  /** A guest reads the thread alone. */
  onlyThread: boolean;
  note: string;
  usesMax: number;
  days: number;
}

function useInvitation() {
  const { t, lang } = useI18n();
  const me = useMe();
  const cache = useQueryClient();
  const own = myCapacity(me)?.organisation.slug ?? '';
  const start = (kind: Draft['kind']): Draft => ({
    id: uuid(),
    kind,
    email: '',
    language: lang,
    role: 'member',
    organisation: own,
    function: '',
    mandateUntil: '',
    space: '',
    thread: '',
    onlyThread: false,
    note: '',
    usesMax: 10,
    days: 30,
  });
  const [draft, setDraft] = useState(() => start('person'));
  const send = useMutation({
    mutationFn: async ({ kind, onlyThread, usesMax, days, email, ...rest }: Draft): Promise<InvitationView | InvitationLinkView> => {
      const common = {
        ...rest,
        mandateUntil: rest.mandateUntil || null,
        space: (!(onlyThread && rest.role === 'guest') && rest.space) || null,
        thread: rest.thread || null,
      };
      return kind === 'person'
        ? api.post<InvitationView>('/api/invitations', { ...common, email })
        : api.post<InvitationLinkView>('/api/invitation-links', { ...common, usesMax, days });
    },
    onSuccess: (_view, { kind, id }) => {
      // Who has begun the next one meanwhile keeps it.
      setDraft((now) => (now.id === id ? start(kind) : now));
      announce(t(kind === 'person' ? 'invitations.sent' : 'invitationLink.made'));
      return cache.invalidateQueries({ queryKey: kind === 'person' ? INVITATIONS : LINKS });
    },
  });
  // What was changed is another request than the one whose answer may have been lost.
  return { draft, change: (part: Partial<Draft>) => setDraft({ ...draft, ...part, id: uuid() }), send };
}

/** Invites one person, or makes a link for several. */
export function InvitationForm() {
  const { t } = useI18n();
  const { draft, change, send } = useInvitation();
  const faults = send.error instanceof ApiProblem ? send.error.errors : [];
  const fault = (path: string) => {
    const found = faults.find((one) => one.path === path)?.message;
    return found && t(`invitations.faults.${KNOWN.includes(found) ? found : 'other'}` as TextKey);
  };
  const isShown = faults.some(({ path }) => SHOWN.includes(path));
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    send.mutate(draft);
  };
  return (
    <section className="sec">
      <h2>{t('invitations.form')}</h2>
      <form onSubmit={submit}>
        <Choice
          id="kind"
          label={t('invitationLink.kind')}
          value={draft.kind}
          onChange={(kind) => change({ kind: kind === 'link' ? 'link' : 'person' })}
          options={[
            ['person', t('invitationLink.person')],
            ['link', t('invitationLink.link')],
          ]}
        />
        {draft.kind === 'person' ? (
          <Text
            id="email"
            type="email"
            max={320}
            label={t('invitations.email')}
            hint={t('invitations.emailHint')}
            fault={fault('email')}
            value={draft.email}
            onChange={(email) => change({ email })}
          />
        ) : (
          <LinkBounds draft={draft} change={change} />
        )}
        <Text
          id="function"
          max={200}
          label={t('invitations.function')}
          hint={t('invitations.functionHint')}
          fault={fault('function')}
          value={draft.function}
          onChange={(office) => change({ function: office })}
        />
        <Whereto draft={draft} change={change} fault={fault} />
        <Choice
          id="mail-language"
          label={t('invitations.language')}
          value={draft.language}
          onChange={(language) => change({ language })}
          options={[
            ['fr', t('account.french')],
            ['en', t('account.english')],
          ]}
        />
        <Text
          id="until"
          type="date"
          label={t('invitations.until')}
          fault={fault('mandateUntil')}
          value={draft.mandateUntil}
          onChange={(mandateUntil) => change({ mandateUntil })}
        />
        <div className="field">
          <label htmlFor="welcome-note">{t('invitations.note')}</label>
          <textarea
            className="in"
            id="welcome-note"
            rows={3}
            maxLength={1_000}
            value={draft.note}
            onChange={(event) => change({ note: event.target.value })}
          />
        </div>
        <p className="row mt-4">
          <button type="submit" className="btn btn-p" disabled={send.isPending}>
            {t(draft.kind === 'person' ? 'invitations.send' : 'invitationLink.make')}
          </button>
        </p>
        {send.isError && !isShown && <ErrorNote error={send.error} />}
      </form>
    </section>
  );
}
