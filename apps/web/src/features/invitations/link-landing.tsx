import type { JoinedByLink, OpenedInvitation } from '@passerelle/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type SyntheticEvent, useState } from 'react';
import { useLocation } from 'wouter';
import { api } from '../../app/api';
import { meQuery } from '../../app/queries';
import { useI18n } from '../../i18n';
import { ErrorNote, Note } from '../../ui';
import { InvitedTo } from './invited-to';

/** A link for several people: newcomers ask for a mail of their own, members who are signed in join with one press. */
export function LinkLanding({ opened, token }: { opened: OpenedInvitation; token: string }) {
  const me = useQuery({ ...meQuery, retry: false });
  return (
    <>
      <InvitedTo invitation={opened} />
      {me.data && me.data.account.role !== 'guest' ? <Join token={token} /> : !me.isPending && <Ask token={token} />}
    </>
  );
}

function Join({ token }: { token: string }) {
  const { t } = useI18n();
  const [, navigate] = useLocation();
  const join = useMutation({
    mutationFn: () => api.post<JoinedByLink>('/api/invitation-links/join', { token }),
    onSuccess: ({ landing }) => navigate(landing, { replace: true }),
  });
  return (
    <section className="sec">
      <p className="soft">{t('invitationLink.signedIn')}</p>
      <p className="row mt-4">
        <button type="button" className="btn btn-p" disabled={join.isPending} onClick={() => join.mutate()}>
          {t('invitationLink.join')}
        </button>
      </p>
      {join.isError && <ErrorNote error={join.error} />}
    </section>
  );
}

function Ask({ token }: { token: string }) {
  const { t, lang } = useI18n();
  const [email, setEmail] = useState('');
  const ask = useMutation({ mutationFn: () => api.post('/api/invitation-links/ask', { token, email, language: lang }) });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    ask.mutate();
  };
  if (ask.isSuccess)
    return (
      <div className="mt-4" role="status">
        <Note icon="check">{t('invitationLink.asked', { email })}</Note>
      </div>
    );
  return (
    <form className="sec" onSubmit={submit}>
      <div className="field">
        <label htmlFor="email">{t('invitationLink.email')}</label>
        <p className="hint" id="email-hint">
          {t('invitationLink.emailHint')}
        </p>
        <input
          className="in"
          id="email"
          type="email"
          required
          maxLength={320}
          autoComplete="email"
          aria-describedby="email-hint"
          value={email}
          onChange={(event) => setEmail(event.target.value)}
        />
      </div>
      <p className="row mt-4">
        <button type="submit" className="btn btn-p" disabled={ask.isPending}>
          {t('invitationLink.ask')}
        </button>
      </p>
      {ask.isError && <ErrorNote error={ask.error} />}
    </form>
  );
}
