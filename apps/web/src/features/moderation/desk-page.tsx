import { BULK_MAX, type CaseRow, type QueueItem, type QueuePage } from '@passerelle/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { usePage } from '../../app/page';
import { useMe } from '../../app/queries';
import { useI18n } from '../../i18n';
import { Empty, Loaded, Note } from '../../ui';
import { More } from '../../ui/facets';
import { BulkForm } from './bulk-form';
import { CasePanel } from './case-panel';
import { queueQuery } from './moderation.api';
import { NewcomerPanel } from './newcomer-panel';
import { Filters, useQueueFilter, WhichChips } from './queue-filters';
import { CaseLine, NewcomerLine, PracticeLine } from './queue-line';

/** Cases that are decided on together, as they were when they were chosen: what changes after that is refused. */
interface Choice {
  chosen: Map<string, CaseRow>;
  choose: (one: CaseRow, on: boolean) => void;
}

/** A case that one may decide on now; appeals are answered one by one. */
const isDecidable = (one: CaseRow) => one.kind === 'report' && one.state === 'open' && !one.barred && (!one.claimedBy || one.claimedBy.mine);

/** The queue and, beside it or instead of it on a phone, one case, somebody who has just joined, or several cases to decide on together. */
export default function DeskPage({ id, newcomer }: { id?: string; newcomer?: string }) {
  const { t } = useI18n();
  const { role } = useMe().account;
  const moderates = role === 'moderator' || role === 'administrator';
  const opened = id ?? newcomer;
  const [chosen, setChosen] = useState<Map<string, CaseRow> | null>(null);
  const [deciding, setDeciding] = useState(false);
  usePage(t('moderation.title'), {
    columns: 'page-m',
    back: opened ? { href: '/moderation', label: t('moderation.title') } : { href: '/moi', label: t('shell.me') },
    task: opened !== undefined,
  });
  const together = deciding && chosen !== null && chosen.size > 0;
  const choose = (one: CaseRow, on: boolean) =>
    setChosen((now) => {
      const next = new Map(now);
      if (on) next.set(one.id, one);
      else next.delete(one.id);
      return next;
    });
  return (
    <>
      <h1 className="vh">{t('moderation.title')}</h1>
      <section className={opened || together ? 'wide-only' : undefined} aria-labelledby="queue">
        <h2 id="queue">{t('moderation.queue')}</h2>
        <p className="row mt-1">
          <Link href="/moderation/regles-de-veille">{t('watch.title')}</Link>
          {moderates && <Link href="/moderation/motifs">{t('moderation.prepared.title')}</Link>}
        </p>
        <Queue
          current={opened}
          choice={chosen && { chosen, choose }}
          onChoice={(on) => setChosen(on ? new Map() : null)}
          onDecide={() => setDeciding(true)}
        />
      </section>
      {together ? (
        <BulkForm
          cases={[...chosen.values()]}
          onClose={() => {
            setDeciding(false);
            setChosen(null);
          }}
        />
      ) : id ? (
        <CasePanel key={id} id={id} />
      ) : newcomer ? (
        <NewcomerPanel key={newcomer} id={newcomer} />
      ) : (
        <div className="wide-only">
          <Empty title={t('moderation.choose')} text={t('moderation.chooseText')} />
        </div>
      )}
    </>
  );
}

interface QueueProps {
  current: string | undefined;
  /** Null while cases are opened, not chosen. */
  choice: Choice | null;
  onChoice: (on: boolean) => void;
  onDecide: () => void;
}

function Queue(props: QueueProps) {
  const { filter, chosen, which, setWhich, setField, search } = useQueueFilter();
  const queue = useInfiniteQuery(queueQuery(filter));
  return (
    <Loaded query={queue}>
      {({ pages }) => {
        const [page] = pages;
        if (!page) return null;
        return (
          <>
            <Standing page={page} />
            <WhichChips which={which} counts={page.counts} onWhich={setWhich} />
            <Filters chosen={chosen} which={which} moderators={page.moderators} kinds={page.kinds} onField={setField} />
            <Items items={pages.flatMap(({ items }) => items)} search={search} {...props} />
            <More query={queue} />
          </>
        );
      }}
    </Loaded>
  );
}

function Standing({ page: { counts, oldest, late } }: { page: QueuePage }) {
  const { t, formatDay } = useI18n();
  return (
    <>
      <p className="meta mt-1" role="status">
        {[t('moderation.open', { count: counts.all }), oldest && t('moderation.oldest', { day: formatDay(oldest) })].filter(Boolean).join(' ')}
      </p>
      {late > 0 && (
        <div className="mt-2">
          <Note kind="attention" icon="clock">
            {t('moderation.late', { count: late })}
          </Note>
        </div>
      )}
    </>
  );
}

function Items({ items, search, current, choice, onChoice, onDecide }: QueueProps & { items: QueueItem[]; search: string }) {
  const { t } = useI18n();
  const free = items.filter((item) => item.type === 'case' && isDecidable(item.case));
  const count = choice?.chosen.size ?? 0;
  return (
    <>
      {free.length > 1 && (
        <p className="row mt-3">
          <button type="button" className="chip" aria-pressed={choice !== null} onClick={() => onChoice(choice === null)}>
            {t('moderation.bulk.choose')}
          </button>
          {choice && (
            <button type="button" className="btn btn-p" disabled={count === 0 || count > BULK_MAX} onClick={onDecide}>
              {t('moderation.bulk.decide', { count })}
            </button>
          )}
        </p>
      )}
      {choice && <p className="hint">{t('moderation.bulk.hint', { max: BULK_MAX })}</p>}
      {items.length === 0 && <Empty title={t('moderation.none')} text={t('moderation.noneText')} />}
      <ul className="file mt-3">
        {items.map((item) => (
          <li key={keyOf(item)}>
            <Item item={item} choice={choice} current={current} search={search} />
          </li>
        ))}
      </ul>
    </>
  );
}

const keyOf = (item: QueueItem): string => (item.type === 'case' ? item.case.id : item.type === 'practice' ? item.practice.ref : item.newcomer.id);

function Item({ item, choice, current, search }: { item: QueueItem; choice: Choice | null; current: string | undefined; search: string }) {
  if (item.type === 'practice')
    return (
      <Link href={`/pratiques/${item.practice.ref}`}>
        <PracticeLine practice={item.practice} />
      </Link>
    );
  if (item.type === 'newcomer')
    return (
      <Link href={`/moderation/personnes/${item.newcomer.id}${search}`} aria-current={item.newcomer.id === current || undefined}>
        <NewcomerLine newcomer={item.newcomer} />
      </Link>
    );
  if (choice) return <Tick one={item.case} choice={choice} />;
  return (
    <Link href={`/moderation/${item.case.id}${search}`} aria-current={item.case.id === current || undefined}>
      <CaseLine one={item.case} />
    </Link>
  );
}

function Tick({ one, choice }: { one: CaseRow; choice: Choice }) {
  return (
    <label className="opt tick">
      <input type="checkbox" disabled={!isDecidable(one)} checked={choice.chosen.has(one.id)} onChange={(event) => choice.choose(one, event.target.checked)} />
      <span>
        <CaseLine one={one} />
      </span>
    </label>
  );
}
