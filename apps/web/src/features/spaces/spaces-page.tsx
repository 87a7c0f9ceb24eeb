import type { SpaceCard } from '@passerelle/contract';
import { useQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'wouter';
import { usePage } from '../../app/page';
import { useMe } from '../../app/queries';
import { useI18n } from '../../i18n';
import { Empty, Icon, Loaded } from '../../ui';
import { ReceivedInvitations } from './received-invitations';
import { directoryQuery } from './spaces.api';
import { descriptionIn, nameIn } from './words';

/** All spaces that one may know of: one's own, then those that can be joined. */
export default function SpacesPage() {
  const { t } = useI18n();
  const [params] = useSearchParams();
  const archived = params.get('archives') === 'oui';
  const directory = useQuery(directoryQuery(archived));
  const moderates = useMe().permissions.includes('moderate');
  usePage(t(archived ? 'spaces.archived' : 'spaces.title'), { back: { href: '/echanges', label: t('forum.talks') } });
  return (
    <div>
      <h1>{t(archived ? 'spaces.archived' : 'spaces.title')}</h1>
      <p className="soft mt-2">{t('spaces.lead')}</p>
      <div className="tools">
        {moderates && (
          <Link className="btn btn-p" href="/espaces/nouveau">
            <Icon name="plus" />
            {t('spaces.create')}
          </Link>
        )}
        <Link className="btn btn-q" href={archived ? '/espaces' : '/espaces?archives=oui'}>
          {t(archived ? 'spaces.seeLiving' : 'spaces.seeArchived')}
        </Link>
      </div>
      <ReceivedInvitations />
      <Loaded query={directory}>
        {({ items }) =>
          items.length === 0 && archived ? (
            <Empty title={t('spaces.noneArchived')} />
          ) : (
            <>
              <Group title={t('spaces.mine')} spaces={items.filter((space) => space.role !== null)} />
              <Group title={t('spaces.others')} spaces={items.filter((space) => space.role === null)} />
            </>
          )
        }
      </Loaded>
    </div>
  );
}

function Group({ title, spaces }: { title: string; spaces: SpaceCard[] }) {
  const { t, lang } = useI18n();
  if (spaces.length === 0) return null;
  return (
    <section className="sec">
      <h2>{title}</h2>
      <ul className="threads">
        {spaces.map((space) => (
          <li key={space.id}>
            <p className="kick">
              <Icon name={space.access === 'open' ? 'people' : 'lock'} small />
              {t(`forum.access.${space.access}`)}
            </p>
            <h3>
              <Link href={`/espaces/${space.slug}`}>{nameIn(lang, space)}</Link>
            </h3>
            <p className="soft mt-1">{descriptionIn(lang, space)}</p>
            <p className="meta mt-1">
              <Standing space={space} />
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Standing({ space: { role, request, memberCount, threadCount } }: { space: SpaceCard }) {
  const { t, formatDay } = useI18n();
  const parts = [
    role ? t(`spaces.role.${role}`) : request?.state === 'sent' ? t('spaces.ask.waiting', { when: formatDay(request.at) }) : '',
    memberCount === null ? '' : t('spaces.memberCount', { count: memberCount }),
    threadCount === null ? '' : t('forum.threadCount', { count: threadCount }),
  ];
  return parts.filter((part) => part !== '').join(', ');
}
