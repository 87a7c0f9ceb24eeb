import type { PostsPage, ThreadActView, ThreadView } from '@passerelle/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { v7 as uuid } from 'uuid';
import { api, withQuery } from '../../app/api';
import { spacesQuery } from '../../app/queries';
import { useI18n } from '../../i18n';
import { ErrorNote, Icon, Loaded, Note, Sheet } from '../../ui';
import { ChooseThread } from './choose-thread';
import { cityText } from './author';
import { TITLE_MAX, TITLE_MIN } from './limits';
import { WithholdNames } from './naming-fields';
import { ThreadGuests } from './thread-guests';
import { spaceName } from './words';

/** What moderation, and in part the author, may do with a whole thread. */
export default function ModerationSheet({ thread, onClose }: { thread: ThreadView; onClose: () => void }) {
  const { t, lang } = useI18n();
  const cache = useQueryClient();
  const [reason, setReason] = useState('');
  const refresh = () => {
    for (const key of ['thread', 'threads', 'posts', 'spaces', 'acts']) void cache.invalidateQueries({ queryKey: [key] });
  };
  const edit = useMutation({
    mutationFn: (body: Record<string, unknown>) =>
      api.patch<ThreadView>(`/api/threads/${thread.id}`, { version: thread.version, reason, ...body }),
    onSuccess: refresh,
  });
  const act = useMutation({
    mutationFn: ({ verb, body }: { verb: 'move' | 'split' | 'merge'; body: Record<string, unknown> }) =>
      api.post<ThreadActView>(`/api/threads/${thread.id}/${verb}`, { id: uuid(), reason, ...body }),
    onSuccess: refresh,
  });
  const { moderate, setStatus } = thread.abilities;
  const error = edit.error ?? act.error;
  return (
    <Sheet title={t('forum.mod.title')} onClose={onClose}>
      <div className="body stack">
        {(edit.isSuccess || act.isSuccess) && (
          <Note icon="check" role="status">
            {t('forum.mod.done')}
          </Note>
        )}
        {error && <ErrorNote error={error} />}
        <div>
          <label htmlFor="mod-reason">{t('forum.mod.reason')}</label>
          <input className="in" id="mod-reason" maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />
        </div>
        <div className="row">
          {setStatus && thread.kind === 'question' && thread.status === 'open' && (
            <button type="button" className="btn" onClick={() => edit.mutate({ status: 'answered' })}>
              {t('forum.mod.answered')}
            </button>
          )}
          {moderate && thread.status !== 'closed' && (
            <button type="button" className="btn btn-x" onClick={() => edit.mutate({ status: 'closed' })}>
              {t('forum.mod.close')}
            </button>
          )}
          {setStatus && thread.status !== 'open' && (moderate || thread.status !== 'closed') && (
            <button type="button" className="btn" onClick={() => edit.mutate({ status: 'open' })}>
              {t('forum.mod.reopen')}
            </button>
          )}
        </div>
        {thread.abilities.edit && <Rename thread={thread} onSave={(title) => edit.mutate({ title })} />}
        {thread.abilities.withhold && <WithholdNames onWithhold={(naming) => edit.mutate({ naming })} />}
        {thread.abilities.admit && <ThreadGuests thread={thread} />}
        {moderate && (
          <>
            <Pin thread={thread} onPin={(pinnedUntil) => edit.mutate({ pinnedUntil })} />
            <Move thread={thread} lang={lang} onMove={(space) => act.mutate({ verb: 'move', body: { space, version: thread.version } })} />
            <Split thread={thread} onSplit={(title, posts) => act.mutate({ verb: 'split', body: { newThread: uuid(), title, posts } })} />
            <Merge thread={thread} onMerge={(into) => act.mutate({ verb: 'merge', body: { into } })} />
            <Acts thread={thread} onUndone={refresh} />
          </>
        )}
      </div>
    </Sheet>
  );
}

function Rename({ thread, onSave }: { thread: ThreadView; onSave: (title: string) => void }) {
  const { t } = useI18n();
  const [title, setTitle] = useState(thread.title);
  return (
    <form onSubmit={(event) => (event.preventDefault(), onSave(title))}>
      <label htmlFor="mod-title">{t('forum.mod.editTitle')}</label>
      <input
        className="in"
        id="mod-title"
        minLength={TITLE_MIN}
        maxLength={TITLE_MAX}
        required
        value={title}
        onChange={(event) => setTitle(event.target.value)}
      />
      <button type="submit" className="btn mt-2">
        {t('forum.mod.rename')}
      </button>
    </form>
  );
}

function Pin({ thread, onPin }: { thread: ThreadView; onPin: (until: string | null) => void }) {
  const { t } = useI18n();
  const [day, setDay] = useState('');
  return (
    <form className="row" onSubmit={(event) => (event.preventDefault(), onPin(new Date(`${day}T23:59:59`).toISOString()))}>
      <label htmlFor="pin">{t('forum.mod.pin')}</label>
      <input
        className="in auto"
        id="pin"
        type="date"
        required
        value={day}
        min={new Date().toISOString().slice(0, 10)}
        onChange={(event) => setDay(event.target.value)}
      />
      <button type="submit" className="btn">
        {t('forum.mod.doPin')}
      </button>
      {thread.pinnedUntil && (
        <button type="button" className="btn btn-q" onClick={() => onPin(null)}>
          {t('forum.mod.unpin')}
        </button>
      )}
    </form>
  );
}

function Move({ thread, lang, onMove }: { thread: ThreadView; lang: 'fr' | 'en'; onMove: (space: string) => void }) {
  const { t } = useI18n();
  const spaces = useQuery(spacesQuery);
  const [space, setSpace] = useState('');
  return (
    <form onSubmit={(event) => (event.preventDefault(), space && onMove(space))}>
      <label htmlFor="move">{t('forum.mod.move')}</label>
      <select className="in" id="move" required value={space} onChange={(event) => setSpace(event.target.value)}>
        <option value="">…</option>
        {spaces.data?.items
          .filter((one) => one.id !== thread.space.id)
          .map((one) => (
            <option key={one.id} value={one.slug}>
              {spaceName(one, lang)}, {t(`forum.access.${one.access}`)}
            </option>
          ))}
      </select>
      <button type="submit" className="btn mt-2">
        {t('forum.mod.doMove')}
      </button>
    </form>
  );
}

function Split({ thread, onSplit }: { thread: ThreadView; onSplit: (title: string, posts: string[]) => void }) {
  const i18n = useI18n();
  const { t, formatDateTime } = i18n;
  const posts = useQuery({
    queryKey: ['posts-to-split', thread.id],
    queryFn: () => api.get<PostsPage>(withQuery(`/api/threads/${thread.id}/posts`, { after: 1, limit: 100 })),
  });
  const [title, setTitle] = useState('');
  const [chosen, setChosen] = useState<string[]>([]);
  return (
    <details className="facet">
      <summary>
        {t('forum.mod.split')} <Icon name="down" small />
      </summary>
      <form onSubmit={(event) => (event.preventDefault(), chosen.length > 0 && onSplit(title, chosen))}>
        <fieldset>
          <legend className="lab">{t('forum.mod.splitPick')}</legend>
          <Loaded query={posts}>
            {({ items }) =>
              items
                .filter((post) => post.state === 'visible')
                .map((post) => (
                  <label key={post.id} className="opt">
                    <input
                      type="checkbox"
                      checked={chosen.includes(post.id)}
                      onChange={(event) => setChosen(event.target.checked ? [...chosen, post.id] : chosen.filter((id) => id !== post.id))}
                    />
                    <span>
                      {cityText(post.author, i18n)}, {formatDateTime(post.createdAt)}
                      <small>{post.body.slice(0, 80)}</small>
                    </span>
                  </label>
                ))
            }
          </Loaded>
        </fieldset>
        <label htmlFor="split-title">{t('forum.mod.splitTitle')}</label>
        <input
          className="in"
          id="split-title"
          required
          minLength={TITLE_MIN}
          maxLength={TITLE_MAX}
          value={title}
          onChange={(event) => setTitle(event.target.value)}
        />
        <button type="submit" className="btn mt-2">
          {t('forum.mod.doSplit')}
        </button>
      </form>
    </details>
  );
}

function Merge({ thread, onMerge }: { thread: ThreadView; onMerge: (into: string) => void }) {
  const { t } = useI18n();
  const [choosing, setChoosing] = useState(false);
  return (
    <div>
      <button type="button" className="btn" onClick={() => setChoosing(true)}>
        {t('forum.mod.merge')}
      </button>
      {choosing && (
        <ChooseThread
          title={t('forum.mod.into')}
          except={thread.id}
          onClose={() => setChoosing(false)}
          onChoose={(into) => (setChoosing(false), onMerge(into))}
        />
      )}
    </div>
  );
}

function Acts({ thread, onUndone }: { thread: ThreadView; onUndone: () => void }) {
  const { t, formatTime } = useI18n();
  const acts = useQuery({
    queryKey: ['acts', thread.id],
    queryFn: () => api.get<{ items: ThreadActView[] }>(`/api/threads/${thread.id}/acts`),
  });
  const undo = useMutation({ mutationFn: (id: string) => api.post(`/api/thread-acts/${id}/undo`), onSuccess: onUndone });
  if (!acts.data || acts.data.items.length === 0) return null;
  return (
    <section>
      <h3>{t('forum.mod.acts')}</h3>
      {undo.isError && <ErrorNote error={undo.error} />}
      <ul className="list">
        {acts.data.items.map((act) => (
          <li key={act.id}>
            <span>
              {t(`forum.mod.actTypes.${act.type}`)}
              <span className="meta">
                {act.undone ? t('forum.mod.undone') : t('forum.mod.undoUntil', { time: formatTime(act.undoUntil) })}
              </span>
            </span>
            {!act.undone && Date.parse(act.undoUntil) > Date.now() && (
              <button type="button" className="btn btn-q right" onClick={() => undo.mutate(act.id)}>
                {t('common.undo')}
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
