import type { RelaysPage } from '@passerelle/contract';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { api } from '../app/api';
import { useI18n } from '../i18n';
import { capacityText } from './capacity';
import { Flag, Icon } from './graphics';

const unreadQuery = queryOptions({ queryKey: ['relays', 'unread'], queryFn: () => api.get<RelaysPage>('/api/relay?unread=true&limit=5') });

/** Private letters that wait to be read: the way to each conversation, and to all of them. */
export function UnreadLetters() {
  const { t, formatDateTime } = useI18n();
  const { data } = useQuery(unreadQuery);
  if (!data || data.items.length === 0) return null;
  return (
    <section className="mt-4">
      <h2>{t('relay.received')}</h2>
      <ul className="list mt-3">
        {data.items.map(({ id, side, last, unread, practice }) => (
          <li key={id}>
            <Flag country={last.author.country} />
            <div className="min0">
              <Link href={`/messages/${id}`}>{capacityText(last.author.function, last.author.organisation)}</Link>
              <span className="meta">
                {[practice?.title, formatDateTime(last.at), side === 'city' && last.side === 'asker' && t('relay.standing.answer')].filter(Boolean).join('. ')}
              </span>
            </div>
            <span className="badge right">
              <span aria-hidden="true">{unread}</span>
              <span className="vh">{t('relay.since', { count: unread })}</span>
            </span>
          </li>
        ))}
      </ul>
      {data.unread > data.items.length && (
        <p className="mt-2">
          <Link href="/messages">{t('relay.open')}</Link>
        </p>
      )}
    </section>
  );
}

/** The way to the messages, with the number of conversations in which something is new. */
export function MessagesLink() {
  const { t } = useI18n();
  const { data } = useQuery(unreadQuery);
  return (
    <p className="row mt-3">
      <Link className="btn" href="/messages">
        <Icon name="mail" small />
        {t('relay.title')}
      </Link>
      {data && data.unread > 0 && (
        <span className="badge">
          <span aria-hidden="true">{data.unread}</span>
          <span className="vh">{t('relay.unreadIn', { count: data.unread })}</span>
        </span>
      )}
    </p>
  );
}
