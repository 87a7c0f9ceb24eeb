import type { LetterView, RelayView } from '@passerelle/contract';
import { frenchTypography } from '@passerelle/text';
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { Fragment, useEffect, useRef } from 'react';
import { Link } from 'wouter';
import { usePage } from '../../app/page';
import { type I18n, useI18n } from '../../i18n';
import { outbox, type OutboxItem, useOutbox } from '../../outbox';
import { announce, Capacity, capacityText, Flag, Icon, Loaded, Note } from '../../ui';
import { LetterForm } from './letter-form';
import { PendingLetter } from './pending-letter';
import { addLetter, lettersQuery, OPENING, relayQuery } from './relay.api';
import { useFirstUnread, useReading } from './use-reading';

const titleOf = ({ side, city, asker }: RelayView) => (side === 'asker' ? city.name : capacityText(asker.function, asker.organisation));

/** One private conversation; a first letter shows here while it waits for the network. */
export default function ConversationPage({ id }: { id: string }) {
  const { t } = useI18n();
  const items = useOutbox(id);
  const opening = items.some((item) => item.path === OPENING);
  const relay = useQuery({ ...relayQuery(id), enabled: !opening });
  usePage(relay.data ? titleOf(relay.data) : t('relay.yours'), { task: relay.data !== undefined, back: { href: '/messages', label: t('relay.title') } });
  if (opening) return <OnItsWay items={items} />;
  return (
    <div className={relay.data && 'conversation'}>
      {!relay.data && <h1 className="vh">{t('relay.yours')}</h1>}
      <Loaded query={relay}>{(view) => <Conversation relay={view} items={items} />}</Loaded>
      {!relay.data && items.map((item) => <PendingLetter key={item.id} item={item} />)}
    </div>
  );
}

function OnItsWay({ items }: { items: OutboxItem[] }) {
  const { t } = useI18n();
  return (
    <div>
      <h1>{t('relay.yours')}</h1>
      {items.every((item) => item.state !== 'refused') && <p className="soft mt-2">{t('relay.onItsWay')}</p>}
      <h2 className="vh">{t('forum.out.pending')}</h2>
      {items.map((item) => (
        <PendingLetter key={item.id} item={item} />
      ))}
    </div>
  );
}

function Conversation({ relay, items }: { relay: RelayView; items: OutboxItem[] }) {
  const { t } = useI18n();
  const { id, side, city, asker, practice } = relay;
  const query = useInfiniteQuery(lettersQuery(id));
  const letters = query.data?.pages.toReversed().flatMap((page) => page.items) ?? [];
  useArrived(id);
  return (
    <>
      <p className="kick">
        <Icon name="lock" small />
        {t('relay.private')}
      </p>
      <h1 className="h-long row">
        {titleOf(relay)} <Flag country={side === 'asker' ? city.country : asker.country} />
      </h1>
      {practice && <About practice={practice} />}
      <div className="mt-3">
        <Note icon="people">{t(side === 'asker' ? 'relay.fromAsker' : 'relay.fromCity', { city: city.name })}</Note>
      </div>
      <section className="letters mt-4" aria-label={t('relay.letters')}>
        <h2 className="vh">{t('relay.letters')}</h2>
        {query.hasNextPage && (
          <p>
            <button type="button" className="btn" disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
              {t('forum.earlier')}
            </button>
          </p>
        )}
        <Loaded query={query}>{() => <Letters relay={relay} letters={letters} />}</Loaded>
        {items
          .filter((item) => !letters.some((letter) => letter.id === item.id))
          .map((item) => (
            <PendingLetter key={item.id} item={item} />
          ))}
      </section>
      <div className="dock">
        <LetterForm docked draftKey={`relay:${id}`} addressed={() => ({ lane: id, path: `/api/relay/${id}/letters` })} />
      </div>
    </>
  );
}

function About({ practice }: { practice: NonNullable<RelayView['practice']> }) {
  const { t } = useI18n();
  const title = frenchTypography(practice.title);
  return (
    <p className="soft mt-2">
      {t('relay.about')} {practice.ref ? <Link href={`/pratiques/${practice.ref}`}>{title}</Link> : title}
    </p>
  );
}

function Letters({ relay, letters }: { relay: RelayView; letters: LetterView[] }) {
  const { t } = useI18n();
  const firstUnread = useFirstUnread(relay, letters);
  useReading(relay, letters);
  useAnnounced(letters, t);
  const end = useEndInView();
  return (
    <>
      {letters.map((letter) => (
        <Fragment key={letter.id}>
          {letter.position === firstUnread && (
            <p className="since">{t('relay.since', { count: letters.filter((other) => other.position >= firstUnread && other.side !== relay.side).length })}</p>
          )}
          <Letter letter={letter} />
        </Fragment>
      ))}
      <div ref={end} />
    </>
  );
}

function Letter({ letter: { id, author, body, createdAt } }: { letter: LetterView }) {
  const { formatDateTime } = useI18n();
  return (
    <article className="post" aria-labelledby={`m-${id}`}>
      <header className="by">
        <Flag country={author.country} />
        <h3 id={`m-${id}`}>
          <Capacity title={author.function} city={author.organisation} />
        </h3>
        <p className="meta">{formatDateTime(createdAt)}</p>
      </header>
      <p className="txt pre">{body}</p>
    </article>
  );
}

/** A letter of mine takes its place among the others in the moment in which it leaves the outbox. */
function useArrived(id: string): void {
  const cache = useQueryClient();
  useEffect(() => outbox.onSent((item, answer) => item.lane === id && item.path !== OPENING && addLetter(cache, answer as LetterView)), [cache, id]);
}

/** A new letter is announced as a count and never moves the scroll. */
function useAnnounced(letters: LetterView[], t: I18n['t']): void {
  const last = useRef<number | null>(null);
  useEffect(() => {
    const known = last.current;
    last.current = letters.at(-1)?.position ?? 0;
    if (known === null) return;
    const fresh = letters.filter((letter) => letter.position > known && !letter.mine).length;
    if (fresh > 0) announce(t('forum.newMessages', { count: fresh }));
  }, [letters, t]);
}

/** A conversation opens at its end. */
function useEndInView() {
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const frame = requestAnimationFrame(() => end.current?.scrollIntoView({ block: 'nearest' }));
    return () => cancelAnimationFrame(frame);
  }, []);
  return end;
}
