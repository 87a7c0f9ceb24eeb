import type { ReceivedInvitationView } from '@passerelle/contract';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { api } from '../app/api';
import { useI18n } from '../i18n';
import { Note } from './graphics';

export const receivedQuery = queryOptions({ queryKey: ['groups', 'received'], queryFn: () => api.get<{ items: ReceivedInvitationView[] }>('/api/space-invitations') });

/** Invitations into spaces that wait for an answer: how many, and the way there. */
export function WaitingInvitations() {
  const { t } = useI18n();
  const { data } = useQuery(receivedQuery);
  if (!data || data.items.length === 0) return null;
  return (
    <Note icon="mail" role="status">
      <Link href="/espaces">{t('spaces.received.waits', { count: data.items.length })}</Link>
    </Note>
  );
}
