import type { InvitationView } from '@passerelle/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from 'wouter';
import { api } from '../../app/api';
import { usePage } from '../../app/page';
import { useI18n } from '../../i18n';
import { ErrorNote, Loaded } from '../../ui';
import { ForWriters } from '../../ui/gate';
import { InvitationForm, INVITATIONS } from './invitation-form';

/** Invites into one's city; the secretariat, into any. */
export default function InvitationsPage() {
  const { t } = useI18n();
  usePage(t('invitations.title'), { back: { href: '/moi', label: t('shell.me') } });
  return (
    <ForWriters>
      <div>
        <h1>{t('invitations.title')}</h1>
        <p className="soft mt-2">{t('invitations.lead')}</p>
        <p className="mt-2">
          <Link href="/invitations/fichier">{t('invitationFile.open')}</Link>
        </p>
        <InvitationForm />
        <Sent />
      </div>
    </ForWriters>
  );
}

function Sent() {
  const { t, formatDay } = useI18n();
  const cache = useQueryClient();
  const sent = useQuery({ queryKey: INVITATIONS, queryFn: () => api.get<{ items: InvitationView[] }>('/api/invitations') });
  const act = useMutation({
    mutationFn: ({ id, again }: { id: string; again: boolean }) =>
      again ? api.post(`/api/invitations/${id}/resend`) : api.delete(`/api/invitations/${id}`),
    onSettled: () => cache.invalidateQueries({ queryKey: INVITATIONS }),
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
                      {[
                        t('invitations.by', { by: one.invitedBy, day: formatDay(one.createdAt) }),
                        t('invitations.times', { count: one.sentCount }),
                        one.state === 'pending' && t('invitations.expires', { day: formatDay(one.expiresAt) }),
                      ]
                        .filter(Boolean)
                        .join(' ')}
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
