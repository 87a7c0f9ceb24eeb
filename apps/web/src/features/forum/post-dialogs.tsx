import type { PostView } from '@passerelle/contract';
import { useQuery } from '@tanstack/react-query';
import { useI18n } from '../../i18n';
import { Loaded, Sheet } from '../../ui';
import ReportSheet from '../../ui/report-sheet';
import { WordDiff } from '../../ui/word-diff';
import { revisionsQuery } from './forum.api';

/** What opens over a thread for one of its messages. */
export default function PostDialogs({ kind, post, onClose }: { kind: 'history' | 'report' | 'profile'; post: PostView; onClose: () => void }) {
  if (kind === 'history') return <History post={post} onClose={onClose} />;
  return kind === 'report' ? (
    <ReportSheet kind="post" targetId={post.id} onClose={onClose} />
  ) : (
    <ReportSheet kind="profile" targetId={`post:${post.id}`} onClose={onClose} />
  );
}

/** Each version beside the one before it: what was added, what was taken away. */
function History({ post, onClose }: { post: PostView; onClose: () => void }) {
  const { t, formatDateTime } = useI18n();
  const revisions = useQuery(revisionsQuery(post.id));
  return (
    <Sheet title={t('forum.history.title')} onClose={onClose}>
      <div className="body">
        <Loaded query={revisions}>
          {({ items }) => {
            const versions = [{ version: post.version, body: post.body, editedAt: post.editedAt ?? post.createdAt }, ...items];
            return versions.map((version, index) => {
              const before = versions[index + 1];
              return (
                <section key={version.version} className="mt-4">
                  <h3>
                    {before
                      ? t('forum.history.version', { version: version.version, when: formatDateTime(version.editedAt) })
                      : t('forum.history.first')}
                  </h3>
                  {before ? <WordDiff before={before.body} after={version.body} /> : <p className="pre mt-2">{version.body}</p>}
                </section>
              );
            });
          }}
        </Loaded>
      </div>
    </Sheet>
  );
}
