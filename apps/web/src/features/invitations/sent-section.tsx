import type { InvitationCode, InvitationView } from '@passerelle/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../../app/api';
import { useI18n } from '../../i18n';
import { ErrorNote, Loaded, Note } from '../../ui';
import { INVITATIONS } from './invitation-form';

/** Invitations that were sent, with what has become of each. */
export function SentSection() {
  const { t } = useI18n();
  const sent = useQuery({ queryKey: INVITATIONS, queryFn: () => api.get<{ items: InvitationView[] }>('/api/invitations') });
  return (
    <section className="sec">
      <h2>{t('invitations.list')}</h2>
      <Loaded query={sent}>
        {({ items }) => (
          <>
            {items.length === 0 && <p className="soft mt-2">{t('invitations.none')}</p>}
            <ul className="list mt-3">
              {items.map((one) => (
                <SentRow key={one.id} invitation={one} />
              ))}
            </ul>
          </>
        )}
      </Loaded>
    </section>
  );
}

function SentRow({ invitation }: { invitation: InvitationView }) {
  const { t, formatDay } = useI18n();
  const cache = useQueryClient();
  const { id, email, state } = invitation;
  const onSettled = () => cache.invalidateQueries({ queryKey: INVITATIONS });
  const resend = useMutation({ mutationFn: () => api.post(`/api/invitations/${id}/resend`), onSettled });
  const revoke = useMutation({ mutationFn: () => api.delete(`/api/invitations/${id}`), onSettled });
  const code = useMutation({ mutationFn: () => api.post<InvitationCode>(`/api/invitations/${id}/code`) });
  const failed = [resend, revoke, code].find((act) => act.isError);
  return (
    <li>
      <div className="min0">
        {invitation.function}, <b>{invitation.organisation.name}</b>
        <span className="meta">{email}</span>
        <span className="meta">
          {[
            t('invitations.by', { by: invitation.invitedBy, day: formatDay(invitation.createdAt) }),
            t('invitations.times', { count: invitation.sentCount }),
            state === 'pending' && t('invitations.expires', { day: formatDay(invitation.expiresAt) }),
          ]
            .filter(Boolean)
            .join(' ')}
        </span>
        {(state === 'pending' || state === 'expired') && (
          <p className="row mt-2">
            <button type="button" className="btn" disabled={resend.isPending} onClick={() => resend.mutate()}>
              {t('invitations.resend')} <span className="vh">{email}</span>
            </button>
            {state === 'pending' && (
              <>
                <button type="button" className="btn btn-q" disabled={code.isPending} onClick={() => code.mutate()}>
                  {t('invitations.giveCode')} <span className="vh">{email}</span>
                </button>
                <button type="button" className="btn btn-q btn-x" disabled={revoke.isPending} onClick={() => revoke.mutate()}>
                  {t('invitations.revoke')} <span className="vh">{email}</span>
                </button>
              </>
            )}
          </p>
        )}
        {code.data && state === 'pending' && (
          <div className="mt-2" role="status">
            <Note icon="eye">
              {t('invitations.codeSays', {
                code: code.data.code,
                day: formatDay(code.data.expiresAt),
                page: `${location.host}/invitation`,
              })}
            </Note>
          </div>
        )}
        {failed && <ErrorNote error={failed.error} />}
      </div>
      <span className="state right">{t(`invitations.state.${state}`)}</span>
    </li>
  );
}
