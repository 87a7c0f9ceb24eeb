import type { Page, ThreadRow } from '@passerelle/contract';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { api } from '../../app/api';
import { spacesQuery } from '../../app/queries';
import { useI18n } from '../../i18n';
import { Icon, Loaded } from '../../ui';
import { useOutside } from '../../ui/gate';

const threadsQuery = queryOptions({ queryKey: ['threads', { guest: true }], queryFn: () => api.get<Page<ThreadRow>>('/api/threads?limit=20') });

/** A guest works in one closed space or in one thread: the way there, and why there is nothing else. */
export default function GuestSpaces() {
  const { t, lang } = useI18n();
  const spaces = useQuery(spacesQuery);
  return (
    <Loaded query={spaces}>
      {({ items }) => (
        <>
          {items.length > 0 ? <p className="soft mt-3">{t('account.guest.intro')}</p> : <SingleThreads />}
          {items.map((space) => (
            <section key={space.id} className="sec">
              <p className="kick">
                <Icon name="lock" small />
                {t(`forum.access.${space.access}`)}
              </p>
              <h2>
                <Link href={`/echanges/${space.slug}`}>{lang === 'fr' ? space.nameFr : space.nameEn}</Link>
              </h2>
              <p className="soft mt-2">{lang === 'fr' ? space.descriptionFr : space.descriptionEn}</p>
              <p className="meta mt-2">
                {t('forum.threadCount', { count: space.threadCount })},{' '}
                {space.unread > 0 ? t('shell.unread', { count: space.unread }) : t('account.guest.upToDate')}
              </p>
              <p className="row mt-4">
                <Link className="btn btn-p" href={`/echanges/${space.slug}`}>
                  {t('account.guest.open')}
                </Link>
              </p>
            </section>
          ))}
        </>
      )}
    </Loaded>
  );
}

/** Threads to which a guest was admitted without their spaces. */
function SingleThreads() {
  const { t } = useI18n();
  const threads = useQuery(threadsQuery);
  const none = useOutside() === 'no-office' ? t('gate.noOffice') : t('account.guest.none');
  return (
    <Loaded query={threads}>
      {({ items }) => (
        <>
          <p className="soft mt-3">{items.length > 0 ? t('account.guest.threads') : none}</p>
          <ul className="list mt-3">
            {items.map((thread) => (
              <li key={thread.id}>
                <Link href={`/fils/${thread.id}`} lang={thread.language}>
                  {thread.title}
                </Link>
              </li>
            ))}
          </ul>
        </>
      )}
    </Loaded>
  );
}
