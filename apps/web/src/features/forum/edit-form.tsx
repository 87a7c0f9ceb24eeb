import type { PostView } from '@passerelle/contract';
import { useState } from 'react';
import { EDITED } from '../../app/forget';
import { useMe } from '../../app/queries';
import { useI18n } from '../../i18n';
import { outbox, type OutboxItem } from '../../outbox';
import { announce } from '../../ui';
import { BODY_MAX } from './limits';
import { WritingArea } from './writing-area';

/** The changed text, kept for this tab over a reload; one that was changed elsewhere meanwhile begins anew. */
function useEditedText(post: PostView | undefined, waiting: OutboxItem | undefined) {
  const first = post?.body ?? String(waiting?.body?.['body'] ?? '');
  const key = `${EDITED}${useMe().account.id}.${post?.id ?? waiting?.id ?? ''}.${post?.version ?? 0}`;
  const [body, setBody] = useState(() => sessionStorage.getItem(key) ?? first);
  return {
    body,
    setBody: (text: string) => (sessionStorage.setItem(key, text), setBody(text)),
    forget: () => sessionStorage.removeItem(key),
  };
}

/** Changes the text of a message that is out, or of one that still waits. */
export function EditForm({ post, waiting, onDone }: { post?: PostView; waiting?: OutboxItem; onDone: () => void }) {
  const { t } = useI18n();
  const { body, setBody, forget } = useEditedText(post, waiting);
  const leave = () => (forget(), onDone());
  const save = async () => {
    if (body.trim() === '' || body.length > BODY_MAX) return;
    if (post)
      await outbox.add({
        lane: post.thread,
        kind: 'edit',
        method: 'PATCH',
        path: `/api/posts/${post.id}`,
        body: { body, version: post.version },
      });
    if (waiting) await outbox.retry(waiting.id, { body: { ...waiting.body, body } });
    announce(t('common.saved'));
    leave();
  };
  return (
    <form
      className="compose"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <WritingArea
        id={`edit-${post?.id ?? waiting?.id ?? ''}`}
        label={t('forum.act.edit')}
        value={body}
        onChange={setBody}
        tools
        rows={4}
        autoFocus
        onSubmit={() => void save()}
      />
      <div className="row">
        <button type="submit" className="btn btn-p">
          {t('common.save')}
        </button>
        <button type="button" className="btn btn-q" onClick={leave}>
          {t('common.cancel')}
        </button>
      </div>
    </form>
  );
}
