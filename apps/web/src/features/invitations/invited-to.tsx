import type { OpenedInvitation } from '@passerelle/contract';
import { frenchTypography } from '@passerelle/text';
import { useI18n } from '../../i18n';

/** Who invites, as what and where to. */
export function InvitedTo({ invitation }: { invitation: OpenedInvitation }) {
  const { t, lang, formatDay } = useI18n();
  const { invitedBy, space, thread, note } = invitation;
  return (
    <>
      <h1 className="h-long">{t('invitations.welcome')}</h1>
      <p className="mt-3">{t('invitations.invitedBy', invitedBy)}</p>
      <p className="mt-2">
        {invitation.function}, <b>{invitation.organisation}</b>
      </p>
      {note && <blockquote className="soft pre mt-3">{frenchTypography(note)}</blockquote>}
      {space && <p className="mt-3">{t('invitations.joins', { space: space[lang] })}</p>}
      {thread && <p className="mt-2">{t('invitations.reads', { thread: frenchTypography(thread) })}</p>}
      <p className="meta mt-2">{t('invitations.valid', { day: formatDay(invitation.expiresAt) })}</p>
    </>
  );
}
