import type { PostView } from '@passerelle/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type SyntheticEvent, useState } from 'react';
import { v7 as uuid } from 'uuid';
import { api } from '../../app/api';
import { useI18n } from '../../i18n';
import { ErrorNote, Loaded, Note, Sheet } from '../../ui';
import { WordDiff } from '../../ui/word-diff';
import { revisionsQuery } from './forum.api';

const REASONS = ['off-topic', 'disrespect', 'personal-data', 'false', 'advertising', 'other'] as const;

export default function PostDialogs({ kind, post, onClose }: { kind: 'history' | 'report'; post: PostView; onClose: () => void }) {
  return kind === 'history' ? <History post={post} onClose={onClose} /> : <Report post={post} onClose={onClose} />;
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

function Report({ post, onClose }: { post: PostView; onClose: () => void }) {
  const { t } = useI18n();
  const [id] = useState(() => uuid());
  const [reason, setReason] = useState<(typeof REASONS)[number]>('off-topic');
  const [text, setText] = useState('');
  const report = useMutation({ mutationFn: () => api.post('/api/reports', { id, targetKind: 'post', targetId: post.id, reason, text }) });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    report.mutate();
  };
  return (
    <Sheet title={t('forum.report.title')} onClose={onClose}>
      {report.isSuccess ? (
        <div className="body">
          <Note icon="check" role="status">
            {t('forum.report.done')}
          </Note>
        </div>
      ) : (
        <form onSubmit={submit}>
          <fieldset>
            <legend className="lab">{t('forum.report.reason')}</legend>
            {REASONS.map((one) => (
              <label key={one} className="opt">
                <input type="radio" name="reason" checked={reason === one} onChange={() => setReason(one)} />
                <span>{t(`forum.report.reasons.${one}`)}</span>
              </label>
            ))}
          </fieldset>
          <label className="mt-3" htmlFor="report-text">
            {t('forum.report.text')}
          </label>
          <p className="hint">{t('forum.report.textHint')}</p>
          <textarea
            className="in"
            id="report-text"
            rows={3}
            maxLength={2_000}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
          {report.isError && <ErrorNote error={report.error} />}
          <p className="mt-4">
            <button type="submit" className="btn btn-p">
              {t('forum.report.send')}
            </button>
          </p>
        </form>
      )}
    </Sheet>
  );
}
