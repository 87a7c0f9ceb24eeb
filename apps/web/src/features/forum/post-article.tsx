import type { PostView, ReactionKind } from '@passerelle/contract';
import { useState } from 'react';
import { Link } from 'wouter';
import { useI18n } from '../../i18n';
import { outbox } from '../../outbox';
import { announce, Icon, Menu, type MenuItem } from '../../ui';
import { ForWhom } from '../../ui/on-behalf';
import { copyText } from '../../ui/copy-text';
import { Author, AuthorMark, cityText } from './author';
import { REACTIONS } from './limits';
import { eventSentence } from './words';

export interface PostActions {
  canReply: boolean;
  canModerate: boolean;
  onReply: (post: PostView) => void;
  onQuote: (post: PostView) => void;
  onEdit: (post: PostView) => void;
  onHistory: (post: PostView) => void;
  onReport: (post: PostView) => void;
  onReportAuthor: (post: PostView) => void;
  onUnreadFrom: (post: PostView) => void;
}

/** Sends an act on a message through the outbox, in the order of its thread. */
export const actOnPost = (post: PostView, kind: 'remove' | 'restore') =>
  outbox.add(
    kind === 'remove'
      ? { lane: post.thread, kind, method: 'DELETE', path: `/api/posts/${post.id}?version=${post.version}`, body: undefined }
      : { lane: post.thread, kind, method: 'POST', path: `/api/posts/${post.id}/restore`, body: { version: post.version } },
  );

/** A message, a line of event, or the place of a removed message. */
export function PostArticle({ post, actions }: { post: PostView; actions: PostActions }) {
  const i18n = useI18n();
  const { t, formatDateTime, countryName } = i18n;
  const { author } = post;
  if (post.state === 'event' && post.event) {
    return (
      <p className="evt" id={`m${post.position}`} data-position={post.position}>
        <Icon name="move" small />
        <span>
          <EventLine post={post} />
        </span>
      </p>
    );
  }
  if (post.state === 'removed') return <Removed post={post} />;
  const id = `p${post.position}`;
  return (
    <article className="post" id={`m${post.position}`} aria-labelledby={id} data-position={post.position}>
      <header className="by">
        <AuthorMark author={author} />
        <h3 id={id} tabIndex={-1}>
          <Author author={author} />
        </h3>
        <p className="meta">
          <ForWhom onBehalf={author.onBehalf} />
          {author.onBehalf && ', '}
          {author.withheld && post.mine && `${t('forum.naming.mine')}, `}
          {post.replyTo && `${t('forum.replyTo', { city: cityText({ ...post.replyTo, withheld: author.withheld }, i18n) })}, `}
          {!author.withheld && `${countryName(author.country)}, `}
          <time dateTime={post.createdAt}>{formatDateTime(post.createdAt)}</time>
          {post.editedAt && !post.moderated && `, ${t('forum.edited', { when: formatDateTime(post.editedAt) })}`}
          {post.moderated && `, ${t('forum.moderated.edited', { when: formatDateTime(post.moderated.at) })}`}
        </p>
        <PostMenu post={post} actions={actions} />
      </header>
      <div className="txt" lang={post.language} dangerouslySetInnerHTML={{ __html: post.html }} />
      <Attachments post={post} />
      <div className="acts">
        <Reactions post={post} enabled={actions.canReply} />
        {actions.canReply && (
          <button type="button" className="btn btn-q" onClick={() => actions.onReply(post)}>
            <Icon name="reply" small />
            {t('forum.act.reply')}
            <span className="vh"> : {cityText(author, i18n)}</span>
          </button>
        )}
        <Arrived id={post.id} />
      </div>
    </article>
  );
}

/** What left this page a moment ago says when it arrived. */
function Arrived({ id }: { id: string }) {
  const { t, formatTime } = useI18n();
  const at = outbox.arrivedAt(id);
  if (!at) return null;
  return (
    <span className="state state-ok push">
      <Icon name="check" small />
      {t('forum.out.sent', { time: formatTime(at) })}
    </span>
  );
}

function EventLine({ post }: { post: PostView }) {
  const i18n = useI18n();
  return (
    <>
      {post.event && eventSentence(post.event, i18n)} {i18n.formatDateTime(post.createdAt)}
    </>
  );
}

function Removed({ post }: { post: PostView }) {
  const { t, formatDateTime } = useI18n();
  return (
    <p className="evt" id={`m${post.position}`} data-position={post.position}>
      <Icon name="close" small />
      {post.moderated && post.moderated.act !== 'edited' ? (
        <span>
          {t(`forum.moderated.${post.moderated.act}`, { when: formatDateTime(post.moderated.at) })}{' '}
          <Link href="/registre">{t('forum.moderated.register')}</Link>
        </span>
      ) : (
        <span>{t('forum.removed')}</span>
      )}
      {post.abilities.restore && (
        <button type="button" className="btn btn-q" title={t('forum.restoreHint')} onClick={() => void actOnPost(post, 'restore')}>
          {t('forum.restore')}
        </button>
      )}
    </p>
  );
}

function PostMenu({ post, actions }: { post: PostView; actions: PostActions }) {
  const { t } = useI18n();
  const copy = async () => {
    if (await copyText(`${location.origin}/fils/${post.thread}#m${post.position}`)) announce(t('forum.act.copied'));
  };
  const items: (MenuItem | false)[] = [
    actions.canReply && { label: t('forum.act.quote'), icon: 'reply', onSelect: () => actions.onQuote(post) },
    post.abilities.edit && { label: t('forum.act.edit'), icon: 'edit', onSelect: () => actions.onEdit(post) },
    (post.editedAt !== null || (Boolean(post.moderated) && (post.mine || actions.canModerate))) && { label: t('forum.act.history'), icon: 'history', onSelect: () => actions.onHistory(post) },
    { label: t('forum.act.copyLink'), icon: 'doc', onSelect: () => void copy() },
    { label: t('forum.act.unreadFrom'), icon: 'eye', onSelect: () => actions.onUnreadFrom(post) },
    // Moderation takes away what others wrote by a case, in which somebody who did not open it decides.
    !post.mine && { label: t(actions.canModerate ? 'forum.act.openCase' : 'forum.act.report'), icon: 'flag', onSelect: () => actions.onReport(post) },
    !post.mine && !post.author.withheld && { label: t('forum.act.reportAuthor'), icon: 'flag', onSelect: () => actions.onReportAuthor(post) },
    post.abilities.remove && {
      label: t('forum.act.remove'),
      icon: 'close',
      onSelect: () => void actOnPost(post, 'remove'),
    },
  ];
  return <Menu label={t('forum.moreActions')} items={items.filter((item) => item !== false)} />;
}

function Attachments({ post }: { post: PostView }) {
  const { formatBytes } = useI18n();
  if (post.attachments.length === 0) return null;
  return (
    <ul className="thumbs">
      {post.attachments.map((file) => (
        <li key={file.id}>
          {file.thumbnailUrl ? (
            <a href={file.url}>
              <img src={file.thumbnailUrl} alt={file.name} width={160} loading="lazy" decoding="async" />
              <span className="meta">{formatBytes(file.bytes)}</span>
            </a>
          ) : (
            <a className="chip" href={file.url}>
              <Icon name="doc" small />
              {file.name}, {formatBytes(file.bytes)}
            </a>
          )}
        </li>
      ))}
    </ul>
  );
}

const USUAL = new Set<ReactionKind>(['useful', 'thanks']);

/** The reactions chosen so far and the two usual ones; the others one touch away. */
function Reactions({ post, enabled }: { post: PostView; enabled: boolean }) {
  const { t } = useI18n();
  const stateOf = (kind: ReactionKind) => post.reactions.find((reaction) => reaction.kind === kind);
  const toggle = (kind: ReactionKind) =>
    void outbox.add({
      lane: post.thread,
      kind: 'react',
      method: stateOf(kind)?.mine ? 'DELETE' : 'PUT',
      path: `/api/posts/${post.id}/reactions/${kind}`,
      body: undefined,
    });
  const [all, setAll] = useState(false);
  const shown = REACTIONS.filter((kind) => stateOf(kind) || (enabled && (all || USUAL.has(kind))));
  return (
    <>
      {shown.map((kind) => {
        const reaction = stateOf(kind);
        const content = (
          <>
            {t(`forum.reactions.${kind}`)}
            {reaction && <span className="num">{reaction.count}</span>}
          </>
        );
        return enabled ? (
          <button key={kind} type="button" className="chip" aria-pressed={reaction?.mine ?? false} onClick={() => toggle(kind)}>
            {content}
          </button>
        ) : (
          <span key={kind} className="chip">
            {content}
          </span>
        );
      })}
      {enabled && shown.length < REACTIONS.length && (
        <button type="button" className="chip" aria-label={t('forum.otherReactions')} aria-expanded={false} onClick={() => setAll(true)}>
          <Icon name="plus" small />
        </button>
      )}
    </>
  );
}
