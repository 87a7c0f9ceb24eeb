import { Link } from 'wouter';
import { usePage } from '../../app/page';
import { useI18n } from '../../i18n';
import { ForWriters } from '../../ui/gate';
import { InvitationForm } from './invitation-form';
import { LinksSection } from './links-section';
import { SentSection } from './sent-section';

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
        <LinksSection />
        <SentSection />
      </div>
    </ForWriters>
  );
}
