import type { PostView, ThreadView } from '@passerelle/contract';
import { lazy, Suspense, useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import { v7 as uuid } from 'uuid';
import { useI18n } from '../../i18n';
import { outbox } from '../../outbox';
import { saysTyping } from '../../realtime';
import { Icon } from '../../ui';
import { DraftConflict, DraftState } from '../../outbox/draft-notes';
import { EMPTY_DRAFT } from '../../outbox/draft-text';
import { cityText } from './author';
import { ATTACHMENTS_MAX, BODY_MAX } from './limits';
import { replyTarget } from './pending-view';
import { useMe } from '../../app/queries';
import { useUploads } from '../../ui/use-uploads';
import { AttachButton, UploadList } from './uploads';
import { useDraft } from '../../outbox/use-draft';
import { WritingArea } from './writing-area';

const Preview = lazy(() => import('./preview'));
const VoiceField = lazy(() => import('../../ui/voice-field'));

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

/** What is being answered, and the way of the text from the draft to the outbox. */
function useReply({ thread, posts, writing }: Props) {
  const { t, lang } = useI18n();
  const draft = useDraft(`thread:${thread.id}`, EMPTY_DRAFT);
  const uploads = useUploads(ATTACHMENTS_MAX);
  const [voice, setVoice] = useState('');
  const [problem, setProblem] = useState<string>();
  const sending = useRef(false);
  const { body, replyTo } = draft.text;
  const { change } = draft;
  const wished = writing?.replyTo && replyTarget(writing.replyTo) === replyTo ? writing.replyTo : null;
  const answered = posts.find((post) => post.id === replyTo) ?? wished;
  const takeUp = useEffectEvent((wish: Writing) => {
    change({
      replyTo: wish.replyTo && replyTarget(wish.replyTo),
      ...(wish.insert && { body: `${body ? `${body}\n\n` : ''}${wish.insert}` }),
    });
    requestAnimationFrame(() => document.getElementById('reply')?.focus());
  });
  useEffect(() => {
    if (writing) takeUp(writing);
  }, [writing]);
  const send = async (onSent: () => void) => {
    if (body.trim() === '') return setProblem(t('forum.compose.empty'));
    if (body.length > BODY_MAX || sending.current) return;
    if (!uploads.ready) return setProblem(t('forum.compose.uploading'));
    sending.current = true;
    const id = uuid();
    try {
      await outbox.add({
        id,
        lane: thread.id,
        kind: 'reply',
        method: 'POST',
        path: `/api/threads/${thread.id}/posts`,
        body: { id, body, language: lang, replyTo, attachments: uploads.ids, ...(voice && { delegation: voice }) },
      });
      setVoice('');
      uploads.clear();
      onSent();
      await draft.finish(EMPTY_DRAFT);
    } catch {
      setProblem(t('forum.compose.notKept'));
    } finally {
      sending.current = false;
    }
  };
  const write = (text: string) => {
    setProblem(undefined);
    change({ body: text });
    saysTyping(thread.id);
  };
  return { draft, uploads, voice, setVoice, problem, answered, send, write, stopAnswering: () => change({ replyTo: null }) };
}

/** Writes a reply: safe on the device at once, sent through the outbox. */
export function Composer(props: Props) {
  const { t, lang } = useI18n();
  const { draft, uploads, voice, setVoice, problem, answered, send, write, stopAnswering } = useReply(props);
  const voices = useMe().voices.filter(({ themes }) => themes.length === 0 || themes.includes(props.thread.theme ?? ''));
  const [preview, setPreview] = useState(false);
  const { posts } = props;
  const cities = useMemo(() => new Set(posts.flatMap((post) => post.author.organisation || [])), [posts]);
  const { body } = draft.text;
  const active = body !== '' || uploads.uploads.length > 0;
  const submit = () => void send(() => setPreview(false));
  return (
    <>
      {draft.conflict && <DraftConflict conflict={draft.conflict} onSettle={draft.settle} />}
      {answered && <Answered post={answered} onStop={stopAnswering} />}
      <form className={active ? 'compose' : undefined} onSubmit={(event) => (event.preventDefault(), submit())}>
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
            onSubmit={submit}
            onChange={write}
          />
        )}
        {active && (voices.length > 0 || voice !== '') && (
          <Suspense>
            <VoiceField voices={voices} value={voice} onChange={setVoice} />
          </Suspense>
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
          <SendButton wide={active} />
        </div>
      </form>
    </>
  );
}

function Answered({ post, onStop }: { post: PostView; onStop: () => void }) {
  const i18n = useI18n();
  const { t } = i18n;
  return (
    <p className="row meta">
      <Icon name="reply" small />
      {t('forum.replyingTo', { city: cityText(post.author, i18n) })}
      <button type="button" className="btn btn-q btn-i" aria-label={t('forum.compose.cancelReply')} onClick={onStop}>
        <Icon name="close" small />
      </button>
    </p>
  );
}

function SendButton({ wide }: { wide: boolean }) {
  const { t } = useI18n();
  return (
    <button type="submit" className={wide ? 'btn btn-p push' : 'btn btn-p btn-i'} aria-label={t('forum.compose.send')}>
      <Icon name="send" />
      {wide && t('forum.compose.send')}
    </button>
  );
}
