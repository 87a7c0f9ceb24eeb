import type { AnsweredInvitation, ReceivedInvitationView } from '@passerelle/contract';
import { useQuery } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import { api } from '../../app/api';
import { useI18n } from '../../i18n';
import { ErrorNote, Icon } from '../../ui';
import { receivedQuery } from '../../ui/waiting-invitations';
import { useAct } from './spaces.api';
import { descriptionIn, nameIn, whoIs } from './words';

/** Invitations that wait for one's own answer. */
export function ReceivedInvitations() {
  const { t } = useI18n();
  const received = useQuery(receivedQuery);
  if (!received.data || received.data.items.length === 0) return null;
  return (
    <section className="sec" aria-labelledby="received">
      <h2 id="received">{t('spaces.received.title')}</h2>
      {received.data.items.map((invitation) => (
        <Invitation key={invitation.id} invitation={invitation} />
      ))}
    </section>
  );
}

function Invitation({ invitation: { id, role, at, by, space } }: { invitation: ReceivedInvitationView }) {
  const { t, lang, formatDay } = useI18n();
  const [, navigate] = useLocation();
  const answer = useAct((accept: boolean) => api.post<AnsweredInvitation>(`/api/space-invitations/${id}/answer`, { accept }), ({ slug }) => slug && navigate(`/espaces/${slug}`));
  return (
    <article className="mine" aria-labelledby={id}>
      <p className="kick">
        <Icon name="lock" small />
        {t(`forum.access.${space.access}`)}
      </p>
      <h3 id={id}>{nameIn(lang, space)}</h3>
      <p className="soft mt-1">{descriptionIn(lang, space)}</p>
      <p className="meta mt-1">{t('spaces.received.by', { who: whoIs(by), when: formatDay(at), role: t(`spaces.received.role.${role}`) })}</p>
      {answer.isError && <ErrorNote error={answer.error} />}
      <div className="row mt-3">
        <button type="button" className="btn btn-p" disabled={answer.isPending} onClick={() => answer.mutate(true)}>
          {t('spaces.received.accept')}
        </button>
        <button type="button" className="btn" disabled={answer.isPending} onClick={() => answer.mutate(false)}>
          {t('spaces.received.decline')}
        </button>
      </div>
    </article>
  );
}
