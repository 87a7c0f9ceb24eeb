import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { usePage } from '../app/page';
import { myCapacity, useMe } from '../app/queries';
import { type TextKey, useI18n } from '../i18n';
import { Note } from './graphics';
import { Empty } from './parts';

/** The function in which the reader writes for a city; none for guests and for those whose mandate has ended. */
export function useWriter(): ReturnType<typeof myCapacity> {
  const me = useMe();
  return me.account.role === 'guest' ? undefined : myCapacity(me);
}

/** A page that is not for this reader: why, and what is. */
function Refusal({ title, text, guest }: { title: TextKey; text: TextKey; guest: boolean }) {
  const { t } = useI18n();
  usePage(t(title), {});
  return (
    <Empty heading="h1" title={t(title)} text={t(text)}>
      {guest && (
        <Link className="btn btn-p" href="/">
          {t('gate.space')}
        </Link>
      )}
      <Link className="btn" href="/pratiques">
        {t(guest ? 'gate.publicPractices' : 'gate.practices')}
      </Link>
    </Empty>
  );
}

/** A guest, or somebody without office, who is a guest to all that is read and written for a city. */
export function useOutside(): 'guest' | 'no-office' | null {
  const { account, permissions } = useMe();
  if (account.role !== 'guest') return null;
  return permissions.includes('write') ? 'guest' : 'no-office';
}

/** What members alone read; others are told why not. */
export function ForMembers({ text, children }: { text: TextKey; children: ReactNode }) {
  const outside = useOutside();
  if (!outside) return children;
  return outside === 'guest' ? <Refusal title="gate.members" text={text} guest /> : <Refusal title="gate.noMandate" text="gate.noOffice" guest={false} />;
}

/** What one writes in the name of a city. */
export function ForWriters({ children }: { children: ReactNode }) {
  const guest = useOutside() === 'guest';
  const writer = useWriter();
  if (writer) return children;
  return <Refusal title={guest ? 'gate.members' : 'gate.noMandate'} text={guest ? 'gate.guestWrites' : 'gate.noMandateText'} guest={guest} />;
}

/** What only the secretariat does. */
export function ForSecretariat({ text = 'gate.secretariatText', children }: { text?: TextKey; children: ReactNode }) {
  const guest = useOutside() === 'guest';
  return useMe().account.role === 'administrator' ? children : <Refusal title="gate.secretariat" text={text} guest={guest} />;
}

/** What only moderators do. */
export function ForModerators({ children }: { children: ReactNode }) {
  const { role } = useMe().account;
  const guest = useOutside() === 'guest';
  return role === 'moderator' || role === 'administrator' ? children : <Refusal title="gate.moderation" text="gate.moderationText" guest={guest} />;
}

/** A sheet that somebody else keeps, or that is closed. */
export function NotYours({ address }: { address: string }) {
  const { t } = useI18n();
  return (
    <Note kind="attention" icon="lock">
      {t('gate.notYours')} <Link href={address}>{t('gate.back')}</Link>
    </Note>
  );
}
