import { Link } from 'wouter';
import { usePage } from '../../app/page';
import { type TextKey, useI18n } from '../../i18n';

const SCREENS: { href: string; title: TextKey; hint: TextKey }[] = [
  { href: '/administration/personnes', title: 'people.title', hint: 'administration.people' },
  { href: '/administration/securite', title: 'factorDemands.title', hint: 'administration.security' },
  { href: '/administration/sans-acces', title: 'standIns.title', hint: 'administration.standIns' },
  { href: '/invitations', title: 'invitations.title', hint: 'administration.invitations' },
  { href: '/adhesions', title: 'accessions.title', hint: 'administration.accessions' },
  { href: '/moderation', title: 'moderation.title', hint: 'administration.moderation' },
  { href: '/registre/regles', title: 'moderation.rules.title', hint: 'administration.rules' },
  { href: '/administration/journal', title: 'journal.title', hint: 'administration.journal' },
  { href: '/recherche/sans-reponse', title: 'search.unanswered', hint: 'administration.unanswered' },
  { href: '/pratiques/importer', title: 'exchange.title', hint: 'administration.exchange' },
];

/** What the secretariat looks after: one line for each screen. */
export default function AdministrationPage() {
  const { t } = useI18n();
  usePage(t('administration.title'), { back: { href: '/moi', label: t('shell.me') } });
  return (
    <div>
      <h1>{t('administration.title')}</h1>
      <p className="soft mt-2">{t('administration.lead')}</p>
      <ul className="threads">
        {SCREENS.map(({ href, title, hint }) => (
          <li key={href}>
            <h3>
              <Link href={href}>{t(title)}</Link>
            </h3>
            <p className="soft mt-1">{t(hint)}</p>
          </li>
        ))}
      </ul>
    </div>
  );
}
