import type { PostView } from '@passerelle/contract';
import { Fragment } from 'react';
import { useI18n } from '../../i18n';
import { EditForm } from './edit-form';
import { hangsOnPrevious } from './pending-view';
import { type PostActions, PostArticle } from './post-article';

interface Props {
  posts: PostView[];
  /** The divider stands before this position. */
  firstNew: number | undefined;
  openedAt: string | null;
  actions: PostActions;
  editing: PostView | null;
  onEdited: () => void;
}

/** The messages in their order, with the divider of the last visit. */
export function PostList({ posts, firstNew, openedAt, actions, editing, onEdited }: Props) {
  const { t, formatDay } = useI18n();
  return (
    <>
      {posts.map((post, index) => {
        const article =
          editing?.id === post.id ? <EditForm post={editing} onDone={onEdited} /> : <PostArticle post={post} actions={actions} />;
        return (
          <Fragment key={post.id}>
            {post.position === firstNew && (
              <h2 className="since" id="nouveau" tabIndex={-1}>
                {openedAt ? t('forum.since', { day: formatDay(openedAt) }) : t('forum.sinceNew')}
              </h2>
            )}
            {post.state !== 'event' && post.position !== firstNew && hangsOnPrevious(post, posts[index - 1]) ? (
              <div className="sub">{article}</div>
            ) : (
              article
            )}
          </Fragment>
        );
      })}
    </>
  );
}
