import { BULK_MAX, type CaseRow, type CasesPage } from '@passerelle/contract';
import { frenchTypography } from '@passerelle/text';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { usePage } from '../../app/page';
import { useMe } from '../../app/queries';
import { useI18n } from '../../i18n';
import { Empty, Icon, Loaded } from '../../ui';
import { BulkForm } from './bulk-form';
import { CasePanel } from './case-panel';
import { queueQuery } from './moderation.api';
import { Filters, useQueueFilter, WhichChips } from './queue-filters';
import { useModerationWords } from './words';

/** Cases that are decided on together, as they were when they were chosen: what changes after that is refused. */
interface Choice {
  chosen: Map<string, CaseRow>;
  choose: (one: CaseRow, on: boolean) => void;
}

/** A case that one may decide on now; appeals are answered one by one. */
const isDecidable = (one: CaseRow) => one.kind === 'report' && one.state === 'open' && !one.barred && (!one.claimedBy || one.claimedBy.mine);

/** The queue and, beside it or instead of it on a phone, one case, or several to decide on together. */
export default function DeskPage({ id }: { id?: string }) {
  const { t } = useI18n();
  const { role } = useMe().account;
  const moderates = role === 'moderator' || role === 'administrator';
  const [chosen, setChosen] = useState<Map<string, CaseRow> | null>(null);
  const [deciding, setDeciding] = useState(false);
  usePage(t('moderation.title'), {
    columns: 'page-m',
    back: id ? { href: '/moderation', label: t('moderation.title') } : { href: '/moi', label: t('shell.me') },
    task: id !== undefined,
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
      <section className={id || together ? 'wide-only' : undefined} aria-labelledby="queue">
        <h2 id="queue">{t('moderation.queue')}</h2>
        <p className="row mt-1">
          <Link href="/moderation/regles-de-veille">{t('watch.title')}</Link>
          {moderates && <Link href="/moderation/motifs">{t('moderation.prepared.title')}</Link>}
        </p>
        <Queue
          current={id}
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
  const queue = useQuery(queueQuery(filter));
  return (
    <Loaded query={queue}>
      {(page) => (
        <>
          <Standing page={page} />
          <WhichChips which={which} counts={page.counts} onWhich={setWhich} />
          <Filters chosen={chosen} which={which} moderators={page.moderators} onField={setField} />
          <Cases items={page.items} search={search} {...props} />
        </>
      )}
    </Loaded>
  );
}

function Standing({ page: { counts, oldest } }: { page: CasesPage }) {
  const { t, formatDay } = useI18n();
  return (
    <p className="meta mt-1" role="status">
      {[t('moderation.open', { count: counts.all }), oldest && t('moderation.oldest', { day: formatDay(oldest) })].filter(Boolean).join(' ')}
    </p>
  );
}

function Cases({ items, search, current, choice, onChoice, onDecide }: QueueProps & { items: CaseRow[]; search: string }) {
  const { t } = useI18n();
  const free = items.filter(isDecidable);
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
        {items.map((one) => (
          <li key={one.id}>
            {choice ? (
              <Tick one={one} choice={choice} />
            ) : (
              <Link href={`/moderation/${one.id}${search}`} aria-current={one.id === current || undefined}>
                <CaseLine one={one} />
              </Link>
            )}
          </li>
        ))}
      </ul>
    </>
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

function CaseLine({ one }: { one: CaseRow }) {
  const { t, formatDay } = useI18n();
  const { titleOf, reasonOf } = useModerationWords();
  return (
    <>
      <b>{titleOf(one)}</b>
      <span className="meta num">{formatDay(one.openedAt)}</span>
      {one.excerpt && <span className="meta">{t('moderation.excerpt', { text: frenchTypography(one.excerpt) })}</span>}
      <span className="meta">
        {one.kind === 'appeal'
          ? t('moderation.appealRow')
          : one.reports === 0
            ? t(one.target.kind === 'held' ? 'watch.heldRow' : 'watch.foundRow')
            : t('moderation.reported', { count: one.reports, reason: reasonOf(one.reason ?? 'other') })}{' '}
        {one.claimedBy?.mine && <span className="state state-ok">{t('moderation.mine')}</span>}
        {one.claimedBy && !one.claimedBy.mine && (
          <span className="state">
            <Icon name="user" small /> {one.claimedBy.name}
          </span>
        )}
      </span>
    </>
  );
}
