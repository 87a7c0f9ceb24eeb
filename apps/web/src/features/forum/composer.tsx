import type { PostView, ThreadView } from '@passerelle/contract';
import { lazy, Suspense, useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import { v7 as uuid } from 'uuid';
import { useI18n } from '../../i18n';
import { outbox, type OutboxItem } from '../../outbox';
import { saysTyping } from '../../realtime';
import { announce, Icon } from '../../ui';
import { DraftConflict, DraftState } from './draft-notes';
import { EMPTY_DRAFT } from './draft-text';
import { ATTACHMENTS_MAX, BODY_MAX } from './limits';
import { replyTarget } from './pending-view';
import { AttachButton, UploadList, useUploads } from './uploads';
import { useDraft } from './use-draft';
import { WritingArea } from './writing-area';

const Preview = lazy(() => import('./preview'));

export interface Writing {
  /** Counts the wishes: the same message may be quoted twice. */
  turn: number;
  replyTo: PostView | null;
  /** Text to put before what is written, e.g. a quotation. */
  insert: string;
}

interface Props {
  thread: ThreadView;
  posts: PostView[];
  writing: Writing | null;
}

/** Writes a reply: safe on the device at once, sent through the outbox. */
export function Composer({ thread, posts, writing }: Props) {
  const { t, lang } = useI18n();
  const draft = useDraft(`thread:${thread.id}`, EMPTY_DRAFT);
  const uploads = useUploads();
  const [preview, setPreview] = useState(false);
  const [problem, setProblem] = useState<string>();
  const sending = useRef(false);
  const { body, replyTo } = draft.text;
  const answered = posts.find((post) => post.id === replyTo) ?? (writing?.replyTo && replyTarget(writing.replyTo) === replyTo ? writing.replyTo : null);
  const cities = useMemo(() => new Set(posts.map((post) => post.author.organisation)), [posts]);
  const { change } = draft;
  const takeUp = useEffectEvent((wish: Writing) => {
    setPreview(false);
    change({ replyTo: wish.replyTo && replyTarget(wish.replyTo), ...(wish.insert && { body: `${body ? `${body}\n\n` : ''}${wish.insert}` }) });
    requestAnimationFrame(() => document.getElementById('reply')?.focus());
  });
  useEffect(() => {
    if (writing) takeUp(writing);
  }, [writing]);
  const send = async () => {
    if (body.trim() === '') return setProblem(t('forum.compose.empty'));
    if (body.length > BODY_MAX || sending.current) return;
    if (!uploads.ready) return setProblem(t('forum.compose.uploading'));
    sending.current = true;
    const id = uuid();
    try {
      await outbox.add({
        id, lane: thread.id, kind: 'reply', method: 'POST', path: `/api/threads/${thread.id}/posts`,
        body: { id, body, language: lang, replyTo, attachments: uploads.ids },
      });
      uploads.clear();
      setPreview(false);
      await draft.finish(EMPTY_DRAFT);
    } catch {
      setProblem(t('forum.compose.notKept'));
    } finally {
      sending.current = false;
    }
  };
  const active = body !== '' || uploads.uploads.length > 0;
  return (
    <>
      {draft.conflict && <DraftConflict conflict={draft.conflict} onSettle={draft.settle} />}
      {answered && (
        <p className="row meta">
          <Icon name="reply" small />
          {t('forum.replyingTo', { city: answered.author.organisation })}
          <button type="button" className="btn btn-q btn-i" aria-label={t('forum.compose.cancelReply')} onClick={() => change({ replyTo: null })}>
            <Icon name="close" small />
          </button>
        </p>
      )}
      <form
        className={active ? 'compose' : undefined}
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        {preview ? (
          <Suspense>
            <Preview body={body} language={lang} />
          </Suspense>
        ) : (
          <WritingArea
            id="reply"
            label={t('forum.compose.label')}
            hideLabel
            placeholder={t('forum.compose.placeholder')}
            value={body}
            cities={cities}
            problem={problem}
            tools={active}
            onSubmit={() => void send()}
            onChange={(next) => {
              setProblem(undefined);
              change({ body: next });
              saysTyping(thread.id);
            }}
          />
        )}
        <UploadList uploads={uploads.uploads} onRemove={uploads.remove} />
        <div className="row">
          {active && (
            <>
              <AttachButton disabled={uploads.uploads.length >= ATTACHMENTS_MAX} onFiles={(files) => void uploads.add(files)} />
              <button type="button" className="btn btn-q" aria-pressed={preview} onClick={() => setPreview(!preview)}>
                {preview ? t('forum.compose.write') : t('forum.compose.preview')}
              </button>
              <DraftState saved={draft.saved} />
            </>
          )}
          <button type="submit" className={active ? 'btn btn-p push' : 'btn btn-p btn-i'} aria-label={t('forum.compose.send')}>
            <Icon name="send" />
            {active && t('forum.compose.send')}
          </button>
        </div>
      </form>
    </>
  );
}

/** Changes the text of a message that is out, or of one that still waits. */
export function EditForm({ post, waiting, onDone }: { post?: PostView; waiting?: OutboxItem; onDone: () => void }) {
  const { t } = useI18n();
  const [body, setBody] = useState(post?.body ?? String(waiting?.body?.['body'] ?? ''));
  const save = async () => {
    if (body.trim() === '' || body.length > BODY_MAX) return;
    if (post) await outbox.add({ lane: post.thread, kind: 'edit', method: 'PATCH', path: `/api/posts/${post.id}`, body: { body, version: post.version } });
    if (waiting) await outbox.retry(waiting.id, { body: { ...waiting.body, body } });
    announce(t('common.saved'));
    onDone();
  };
  return (
    <form
      className="compose"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <WritingArea id={`edit-${post?.id ?? waiting?.id ?? ''}`} label={t('forum.act.edit')} value={body} onChange={setBody} tools rows={4} autoFocus onSubmit={() => void save()} />
      <div className="row">
        <button type="submit" className="btn btn-p">
          {t('common.save')}
        </button>
        <button type="button" className="btn btn-q" onClick={onDone}>
          {t('common.cancel')}
        </button>
      </div>
    </form>
  );
}
