import type { InvitationCode, InvitationView, Page } from '@passerelle/contract';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, withQuery } from '../../app/api';
import { useI18n } from '../../i18n';
import { announce, ErrorNote, Loaded, Note } from '../../ui';
import { INVITATIONS } from './invitation-form';

/** Invitations that were sent, with what has become of each. */
export function SentSection() {
  const { t } = useI18n();
  const sent = useInfiniteQuery({
    queryKey: INVITATIONS,
    queryFn: ({ pageParam }) => api.get<Page<InvitationView>>(withQuery('/api/invitations', { cursor: pageParam, limit: 50 })),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
  return (
    <section className="sec">
      <h2>{t('invitations.list')}</h2>
      <Loaded query={sent}>
        {({ pages }) => (
          <>
            {pages[0]?.items.length === 0 && <p className="soft mt-2">{t('invitations.none')}</p>}
            <ul className="list mt-3">
              {pages
                .flatMap(({ items }) => items)
                .map((one) => (
                  <SentRow key={one.id} invitation={one} />
                ))}
            </ul>
            {sent.hasNextPage && (
              <p className="row mt-3">
                <button type="button" className="btn" disabled={sent.isFetchingNextPage} onClick={() => void sent.fetchNextPage()}>
                  {t('common.more')}
                </button>
              </p>
            )}
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
  const told = (text: string) => ({ onSuccess: () => announce(text), onSettled: () => cache.invalidateQueries({ queryKey: INVITATIONS }) });
  const resend = useMutation({ mutationFn: () => api.post(`/api/invitations/${id}/resend`), ...told(t('invitations.sent')) });
  const revoke = useMutation({ mutationFn: () => api.delete(`/api/invitations/${id}`), ...told(t('invitations.takenBack')) });
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
