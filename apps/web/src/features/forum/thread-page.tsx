import type { Presence, PresenceReader, ThreadView } from '@passerelle/contract';
import { frenchTypography } from '@passerelle/text';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { Link } from 'wouter';
import { ApiProblem } from '../../app/api';
import { usePage } from '../../app/page';
import { myCapacity, useMe } from '../../app/queries';
import { useI18n } from '../../i18n';
import { useWatch } from '../../realtime';
import { ErrorNote, Icon, Loaded, Note } from '../../ui';
import './forum.css';
import { authorWithin } from './author';
import { threadQuery } from './forum.api';
import { ReportButton } from '../../ui/report-button';
import { LivingSummary } from './living-summary';
import { Messages } from './thread-messages';
import { ThreadSide } from './thread-side';
import { kindAndStatus, spaceName } from './words';

const ModerationSheet = lazy(() => import('./moderation-sheet'));

export default function ThreadPage({ id }: { id: string }) {
  const { t, lang } = useI18n();
  const thread = useQuery(threadQuery(id));
  const space = thread.data?.space;
  usePage(thread.data?.title ?? t('forum.talks'), {
    task: true,
    back: { href: space ? `/echanges/${space.slug}` : '/echanges', label: space ? spaceName(space, lang) : t('forum.talks') },
  });
  // Whoever was taken out of its space while it was open sees nothing of it any more.
  if (thread.error instanceof ApiProblem && thread.error.status === 404) return <ErrorNote error={thread.error} />;
  return <Loaded query={thread}>{(view) => <Thread thread={view} />}</Loaded>;
}

function Thread({ thread }: { thread: ThreadView }) {
  const i18n = useI18n();
  const { t, lang, formatDay } = i18n;
  // Where I stood when I opened the thread: the divider must not move while I read.
  const [opened] = useState(() => ({ position: thread.readPosition, unread: thread.unread, at: thread.lastReadAt }));
  const [managing, setManaging] = useState(false);
  const presence = useOthers(useWatch(thread.id));
  return (
    <>
      <div>
        <p className="kick">
          <Icon name={thread.kind === 'announcement' ? 'bell' : 'chat'} small />
          {kindAndStatus(thread, i18n)} <span className="meta">{spaceName(thread.space, lang)}</span>
        </p>
        <Owner thread={thread} />
        <h1 className="h-long" lang={thread.language}>
          {thread.title}
        </h1>
        <p className="meta mt-2">
          {t(`forum.openedBy.${thread.kind}`, {
            who: authorWithin(thread.author, i18n),
            day: formatDay(thread.createdAt),
          })}{' '}
          {t('forum.cityCount', { count: thread.cityCount })}
        </p>
        <p className="row mt-2">
          {(thread.abilities.moderate || thread.abilities.setStatus || thread.abilities.admit) && (
            <button type="button" className="btn" onClick={() => setManaging(true)}>
              <Icon name="scale" small />
              {t('forum.mod.open')}
            </button>
          )}
          <ReportButton kind="thread" targetId={thread.id} />
        </p>
        {thread.naming !== 'shown' && (
          <div className="mt-4">
            <Note icon="shield">
              <b>{t('forum.naming.rule')}</b> {t('forum.naming.note')}
            </Note>
          </div>
        )}
        <LivingSummary thread={thread} unread={opened.position > 0 ? opened.unread : 0} />
        <Messages thread={thread} opened={opened} typing={presence?.typing ?? []} />
      </div>
      <aside className="side" aria-label={t('forum.around')}>
        <ThreadSide thread={thread} presence={presence} />
      </aside>
      {managing && (
        <Suspense>
          <ModerationSheet thread={thread} onClose={() => setManaging(false)} />
        </Suspense>
      )}
    </>
  );
}

/** The project or the practice that the thread belongs to. */
function Owner({ thread: { project, practice } }: { thread: ThreadView }) {
  const { t } = useI18n();
  if (!project && !practice) return null;
  return (
    <p className="kick">
      {project && (
        <>
          <Icon name="flag" small /> {t('forum.ofProject')} <Link href={`/projets/${project.ref}`}>{frenchTypography(project.title)}</Link>
        </>
      )}
      {practice && (
        <>
          <Icon name="book" small /> {t('forum.ofPractice')} <Link href={`/pratiques/${practice.ref}`}>{frenchTypography(practice.title)}</Link>
        </>
      )}
    </p>
  );
}

/** Who else is here: one knows about oneself. */
function useOthers(presence: Presence | null): Presence | null {
  const own = myCapacity(useMe());
  if (!presence) return null;
  const others = (people: PresenceReader[]) =>
    people.filter((one) => one.function !== own?.function || one.organisation !== own.organisation.name);
  return { ...presence, readers: others(presence.readers), typing: others(presence.typing) };
}
