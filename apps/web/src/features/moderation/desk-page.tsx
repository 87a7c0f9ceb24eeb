import type { CaseRow, CasesPage, CasesQuery } from '@passerelle/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { usePage } from '../../app/page';
import { useMe } from '../../app/queries';
import { useI18n } from '../../i18n';
import { Empty, Icon, Loaded } from '../../ui';
import { CasePanel } from './case-panel';
import { queueQuery } from './moderation.api';
import { useModerationWords } from './words';

const WHICH = ['all', 'mine', 'free', 'decided'] as const satisfies CasesQuery['which'][];

/** The queue and, beside it or instead of it on a phone, one case. */
export default function DeskPage({ id }: { id?: string }) {
  const { t } = useI18n();
  const [which, setWhich] = useState<CasesQuery['which']>('all');
  const queue = useQuery(queueQuery(which));
  const { role } = useMe().account;
  const moderates = role === 'moderator' || role === 'administrator';
  usePage(t('moderation.title'), {
    columns: 'page-m',
    back: id ? { href: '/moderation', label: t('moderation.title') } : { href: '/moi', label: t('shell.me') },
    task: id !== undefined,
  });
  return (
    <>
      <h1 className="vh">{t('moderation.title')}</h1>
      <section className={id ? 'wide-only' : undefined} aria-labelledby="queue">
        <h2 id="queue">{t('moderation.queue')}</h2>
        <p className="row mt-1">
          <Link href="/moderation/regles-de-veille">{t('watch.title')}</Link>
          {moderates && <Link href="/moderation/motifs">{t('moderation.prepared.title')}</Link>}
        </p>
        <Loaded query={queue}>{(page) => <Queue page={page} which={which} onWhich={setWhich} current={id} />}</Loaded>
      </section>
      {id ? (
        <CasePanel key={id} id={id} />
      ) : (
        <div className="wide-only">
          <Empty title={t('moderation.choose')} text={t('moderation.chooseText')} />
        </div>
      )}
    </>
  );
}

function Queue({
  page: { items, counts, oldest },
  which,
  onWhich,
  current,
}: {
  page: CasesPage;
  which: CasesQuery['which'];
  onWhich: (which: CasesQuery['which']) => void;
  current: string | undefined;
}) {
  const { t, formatDay } = useI18n();
  return (
    <>
      <p className="meta mt-1" role="status">
        {[t('moderation.open', { count: counts.all }), oldest && t('moderation.oldest', { day: formatDay(oldest) })]
          .filter(Boolean)
          .join(' ')}
      </p>
      <p className="row mt-3">
        {WHICH.map((one) => (
          <button key={one} type="button" className="chip" aria-pressed={which === one} onClick={() => onWhich(one)}>
            {t(`moderation.which.${one}`)} {one !== 'decided' && <span className="num">{counts[one]}</span>}
          </button>
        ))}
      </p>
      {items.length === 0 && <Empty title={t('moderation.none')} text={t('moderation.noneText')} />}
      <ul className="file mt-3">
        {items.map((one) => (
          <Row key={one.id} one={one} current={one.id === current} />
        ))}
      </ul>
    </>
  );
}

function Row({ one, current }: { one: CaseRow; current: boolean }) {
  const { t, formatDay } = useI18n();
  const { titleOf, reasonOf } = useModerationWords();
  return (
    <li>
      <Link href={`/moderation/${one.id}`} aria-current={current || undefined}>
        <b>{titleOf(one)}</b>
        <span className="meta num">{formatDay(one.openedAt)}</span>
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
      </Link>
    </li>
  );
}
