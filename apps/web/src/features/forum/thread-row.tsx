import type { ThreadRow } from '@passerelle/contract';
import { Link } from 'wouter';
import { useI18n } from '../../i18n';
import { Icon } from '../../ui';
import { Author, AuthorMark } from './author';
import { kindAndStatus, spaceName } from './words';

/** One thread in a list: kind, title, who opened it, what is unread. */
export function ThreadItem({ row, showSpace }: { row: ThreadRow; showSpace: boolean }) {
  const i18n = useI18n();
  const { t, lang, formatDateTime, formatDay } = i18n;
  return (
    <li>
      <p className="kick">
        <Icon
          name={row.kind === 'project' ? 'doc' : row.kind === 'announcement' ? 'bell' : row.kind === 'practice' ? 'book' : 'chat'}
          small
        />
        {kindAndStatus(row, i18n)}
        {showSpace && <span className="meta">{spaceName(row.space, lang)}</span>}
        {row.pinnedUntil && <span className="meta">{t('forum.pinnedUntil', { day: formatDay(row.pinnedUntil) })}</span>}
      </p>
      <div className="row row-t">
        <h3 className="min0" lang={row.language}>
          <Link href={`/fils/${row.id}`}>{row.title}</Link>
        </h3>
        {row.unread > 0 && (
          <span className="badge right">
            <span aria-hidden="true">{row.unread}</span>
            <span className="vh">{t('forum.unread', { count: row.unread })}</span>
          </span>
        )}
      </div>
      <p className="place mt-1">
        <AuthorMark author={row.author} />
        <Author author={row.author} />
      </p>
      <p className="meta mt-1">
        {t('forum.postCount', { count: row.postCount })}, {t('forum.lastActivity', { when: formatDateTime(row.lastActivityAt) })}
        {row.followed && `, ${t('forum.followed').toLowerCase()}`}
      </p>
    </li>
  );
}
