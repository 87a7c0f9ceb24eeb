import type { Presence, ThreadView } from '@passerelle/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from 'wouter';
import { api } from '../../app/api';
import { useI18n } from '../../i18n';
import { Capacity, Flag } from '../../ui';

/** Beside a thread: who reads it, practices close to it, and how much of it I want to hear of. */
export function ThreadSide({ thread, presence }: { thread: ThreadView; presence: Presence | null }) {
  const { t } = useI18n();
  const readers = presence?.readers ?? [];
  const writes = (reader: (typeof readers)[number]) =>
    presence?.typing.some((one) => one.organisation === reader.organisation && one.function === reader.function);
  return (
    <>
      {readers.length > 0 && (
        <section>
          <h2>{t('forum.readers')}</h2>
          <ul className="list mt-2">
            {readers.map((reader) => (
              <li key={reader.function + reader.organisation}>
                <Flag country={reader.country} />
                <span>
                  <Capacity title={reader.function} city={reader.organisation} />
                  {writes(reader) && <span className="meta">{t('forum.writes')}</span>}
                </span>
              </li>
            ))}
          </ul>
          <p className="meta">
            {t('forum.readersHint')} <Link href="/moi">{t('forum.hideMe')}</Link>
          </p>
        </section>
      )}
      {(thread.practice || thread.relatedPractices.length > 0) && (
        <section>
          <h2>{thread.practice ? t('forum.aboutPractice') : t('forum.related')}</h2>
          <ul className="list mt-2">
            {[...(thread.practice ? [thread.practice] : []), ...thread.relatedPractices].map((practice) => (
              <li key={practice.ref}>
                <div>
                  <Link href={`/pratiques/${practice.ref}`}>{practice.title}</Link>
                  <span className="meta">{practice.city}</span>
                </div>
              </li>
            ))}
          </ul>
        </section>
      )}
      <Follow thread={thread} />
    </>
  );
}

function Follow({ thread }: { thread: ThreadView }) {
  const { t } = useI18n();
  const cache = useQueryClient();
  const follow = useMutation({
    mutationFn: (level: ThreadView['follow']) => api.put(`/api/threads/${thread.id}/follow`, { level }),
    onMutate: (level) => cache.setQueryData<ThreadView>(['thread', thread.id], (view) => view && { ...view, follow: level }),
    onError: () => cache.invalidateQueries({ queryKey: ['thread', thread.id] }),
  });
  return (
    <section>
      <h2>{t('forum.follow.title')}</h2>
      <fieldset className="mt-2">
        <legend className="meta">{t('forum.follow.legend')}</legend>
        {(['all', 'needed', 'none'] as const).map((level) => (
          <label key={level} className="opt">
            <input type="radio" name="follow" checked={thread.follow === level} onChange={() => follow.mutate(level)} />
            <span>{t(`forum.follow.${level}`)}</span>
          </label>
        ))}
      </fieldset>
    </section>
  );
}
