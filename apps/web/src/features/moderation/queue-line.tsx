import type { CaseRow, IncomingPractice, NewcomerView } from '@passerelle/contract';
import { frenchTypography } from '@passerelle/text';
import { useI18n } from '../../i18n';
import { Icon } from '../../ui';
import { useModerationWords } from './words';

/** Who looks after something of the queue. */
function Claimed({ by }: { by: CaseRow['claimedBy'] }) {
  const { t } = useI18n();
  if (!by) return null;
  if (by.mine) return <span className="state state-ok">{t('moderation.mine')}</span>;
  return (
    <span className="state">
      <Icon name="user" small /> {by.name}
    </span>
  );
}

export function CaseLine({ one }: { one: CaseRow }) {
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
        <Claimed by={one.claimedBy} />
      </span>
    </>
  );
}

export function PracticeLine({ practice }: { practice: IncomingPractice }) {
  const { t, formatDay } = useI18n();
  return (
    <>
      <b>{frenchTypography(practice.title)}</b>
      <span className="meta num">{formatDay(practice.since)}</span>
      <span className="meta">{practice.city}</span>
      <span className="meta">
        {practice.dueAt ? t('moderation.practice.due', { day: formatDay(practice.dueAt) }) : t('moderation.practice.row')} <Claimed by={practice.claimedBy} />
      </span>
    </>
  );
}

export function NewcomerLine({ newcomer }: { newcomer: NewcomerView }) {
  const { t, formatDay } = useI18n();
  return (
    <>
      <b>{t('moderation.newcomer.title', { function: newcomer.function, organisation: newcomer.organisation })}</b>
      <span className="meta num">{formatDay(newcomer.joinedAt)}</span>
      <span className="meta">
        {t(newcomer.role === 'guest' ? 'moderation.newcomer.guest' : 'moderation.newcomer.row')} <Claimed by={newcomer.claimedBy} />
      </span>
    </>
  );
}
