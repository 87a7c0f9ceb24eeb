import type { ThreadView } from '@passerelle/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type SyntheticEvent, useState } from 'react';
import { api } from '../../app/api';
import { useI18n } from '../../i18n';
import { ErrorNote } from '../../ui';

/** What the thread has come to, first thing in it, with what changed. */
export function LivingSummary({ thread, unread }: { thread: ThreadView; unread: number }) {
  const { t, formatDay } = useI18n();
  const [editing, setEditing] = useState(false);
  const { summary, abilities } = thread;
  if (editing) return <SummaryForm thread={thread} onDone={() => setEditing(false)} />;
  if (!summary) {
    return abilities.summarise ? (
      <p className="mt-3">
        <button type="button" className="btn btn-q" onClick={() => setEditing(true)}>
          {t('forum.brief.add')}
        </button>
      </p>
    ) : null;
  }
  return (
    <section className="sum mt-4" aria-labelledby="bref">
      <div className="row">
        <h2 id="bref">{t('forum.brief.title')}</h2>
        <span className="meta push">{t('forum.brief.version', { version: summary.version, day: formatDay(summary.updatedAt) })}</span>
      </div>
      <ul className="dots" lang={thread.language}>
        {summary.points.map((point) => (
          <li key={point.text} className={point.isNew ? 'new' : undefined}>
            {point.isNew && <b>{t('forum.brief.isNew')} </b>}
            <span dangerouslySetInnerHTML={{ __html: point.html }} />
          </li>
        ))}
      </ul>
      {summary.whatChanged && <p className="soft mt-2">{t('forum.brief.changed', { text: summary.whatChanged })}</p>}
      <p className="row mt-2">
        {unread > 0 && <a href="#nouveau">{t('forum.brief.see')}</a>}
        {abilities.summarise && (
          <button type="button" className="btn btn-q" onClick={() => setEditing(true)}>
            {t('forum.brief.edit')}
          </button>
        )}
      </p>
    </section>
  );
}

function SummaryForm({ thread, onDone }: { thread: ThreadView; onDone: () => void }) {
  const { t } = useI18n();
  const cache = useQueryClient();
  const [points, setPoints] = useState(thread.summary?.points.map((point) => point.text).join('\n') ?? '');
  const [whatChanged, setWhatChanged] = useState('');
  const save = useMutation({
    mutationFn: () =>
      api.put<ThreadView>(`/api/threads/${thread.id}/summary`, {
        version: thread.summary?.version ?? 0,
        points: points
          .split('\n')
          .map((line) => line.trim())
          .filter(Boolean),
        whatChanged,
      }),
    onSuccess: (view) => {
      cache.setQueryData(['thread', thread.id], view);
      onDone();
    },
  });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <form className="sum mt-4" onSubmit={submit}>
      <label htmlFor="points">{t('forum.brief.points')}</label>
      <p className="hint">{t('forum.brief.pointsHint')}</p>
      <textarea className="in" id="points" rows={7} value={points} onChange={(event) => setPoints(event.target.value)} />
      <label className="mt-3" htmlFor="changed">
        {t('forum.brief.whatChanged')}
      </label>
      <p className="hint">{t('forum.brief.whatChangedHint')}</p>
      <input className="in" id="changed" maxLength={600} value={whatChanged} onChange={(event) => setWhatChanged(event.target.value)} />
      {save.isError && <ErrorNote error={save.error} />}
      <p className="row mt-3">
        <button type="submit" className="btn btn-p">
          {t('common.save')}
        </button>
        <button type="button" className="btn btn-q" onClick={onDone}>
          {t('common.cancel')}
        </button>
      </p>
    </form>
  );
}
