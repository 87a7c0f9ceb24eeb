import type { PostView } from '@passerelle/contract';
import { useState } from 'react';
import { useI18n } from '../../i18n';
import { outbox, type OutboxItem } from '../../outbox';
import { announce } from '../../ui';
import { BODY_MAX } from './limits';
import { WritingArea } from './writing-area';

/** Changes the text of a message that is out, or of one that still waits. */
export function EditForm({ post, waiting, onDone }: { post?: PostView; waiting?: OutboxItem; onDone: () => void }) {
  const { t } = useI18n();
  const [body, setBody] = useState(post?.body ?? String(waiting?.body?.['body'] ?? ''));
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
        <button type="button" className="btn btn-q" onClick={onDone}>
          {t('common.cancel')}
        </button>
      </div>
    </form>
  );
}
