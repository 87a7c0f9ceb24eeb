import type { RelayView } from '@passerelle/contract';
import { frenchTypography } from '@passerelle/text';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { usePage } from '../../app/page';
import { useI18n } from '../../i18n';
import { useOutbox } from '../../outbox';
import { capacityText, Empty, Flag, Loaded } from '../../ui';
import { PendingLetter } from './pending-letter';
import { OPENING, relaysQuery } from './relay.api';
import './relay.css';

/** Private conversations with other cities, those that moved last first. */
export default function MessagesPage() {
  const { t } = useI18n();
  const relays = useInfiniteQuery(relaysQuery);
  usePage(t('relay.title'), { back: { href: '/moi', label: t('shell.me') } });
  return (
    <div>
      <h1>{t('relay.title')}</h1>
      <p className="soft mt-2">{t('relay.lead')}</p>
      <Unsent />
      <Loaded query={relays}>
        {({ pages }) => {
          const rows = pages.flatMap((page) => page.items);
          if (rows.length === 0) return <Nothing />;
          return (
            <>
              <ul className="list relays mt-4">
                {rows.map((relay) => (
                  <Row key={relay.id} relay={relay} />
                ))}
              </ul>
              {relays.hasNextPage ? (
                <button type="button" className="btn mt-4" disabled={relays.isFetchingNextPage} onClick={() => void relays.fetchNextPage()}>
                  {t('common.more')}
                </button>
              ) : (
                <p className="meta mt-4">{t('relay.end', { count: rows.length })}</p>
              )}
            </>
          );
        }}
      </Loaded>
    </div>
  );
}

/** First letters that have not arrived, and refused ones of any conversation. */
function Unsent() {
  const { t } = useI18n();
  const items = useOutbox().filter((item) => item.kind === 'letter' && (item.path === OPENING || item.state === 'refused'));
  if (items.length === 0) return null;
  return (
    <section className="mt-4" aria-label={t('forum.out.pending')}>
      <h2 className="vh">{t('forum.out.pending')}</h2>
      {items.map((item) => (
        <PendingLetter key={item.id} item={item} linked={item.path !== OPENING} />
      ))}
    </section>
  );
}

function Nothing() {
  const { t } = useI18n();
  return (
    <Empty title={t('relay.empty')} text={t('relay.emptyText')}>
      <Link className="btn btn-p" href="/pratiques">
        {t('relay.goPractices')}
      </Link>
      <Link className="btn" href="/villes">
        {t('relay.goCities')}
      </Link>
    </Empty>
  );
}

/** Who has to act: a city owes the answer, who asked waits for it. */
const STANDING = { asker: { asker: 'awaited', city: 'answered' }, city: { asker: 'answer', city: 'replied' } } as const;

function Row({ relay }: { relay: RelayView }) {
  const { t, formatDateTime } = useI18n();
  const { city, asker, side, practice, last, unread } = relay;
  const standing = STANDING[side][last.side];
  return (
    <li>
      <Flag country={side === 'asker' ? city.country : asker.country} />
      <div className="min0">
        <Link href={`/messages/${relay.id}`}>{side === 'asker' ? city.name : capacityText(asker.function, asker.organisation)}</Link>
        <span className="meta">{practice ? t('relay.subject.practice', { title: frenchTypography(practice.title) }) : t('relay.subject.city')}</span>
        <span className="soft">{last.excerpt}</span>
        <span className="meta">
          {standing === 'answer' ? <b>{t('relay.standing.answer')}</b> : t(`relay.standing.${standing}`)}.{' '}
          {t('relay.by', { who: capacityText(last.author.function, last.author.organisation), when: formatDateTime(last.at) })}
        </span>
      </div>
      {unread > 0 && (
        <span className="badge right">
          <span aria-hidden="true">{unread}</span>
          <span className="vh">{t('relay.since', { count: unread })}</span>
        </span>
      )}
    </li>
  );
}
