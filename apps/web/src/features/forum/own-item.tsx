import type { ProblemCode, WatchFinding } from '@passerelle/contract';
import { frenchTypography } from '@passerelle/text';
import { useState } from 'react';
import { ApiProblem } from '../../app/api';
import { Link } from 'wouter';
import { useI18n } from '../../i18n';
import { outbox, type OutboxItem } from '../../outbox';
import { myCapacity, useMe } from '../../app/queries';
import { announce, Capacity, Flag, Icon } from '../../ui';
import { quoted } from './held-items';
import { ChooseThread } from './choose-thread';
import { copyText } from '../../ui/copy-text';
import { ForWhom } from '../../ui/on-behalf';

interface Props {
  item: OutboxItem;
  rank: number;
  total: number;
  showPlace?: boolean;
  onEdit?: (item: OutboxItem) => void;
}

const textOf = (item: OutboxItem) => (typeof item.body?.['body'] === 'string' ? item.body['body'] : '');

/** What I wrote and the server does not have yet: its text and one honest state. */
export function OwnItem({ item, rank, total, showPlace = false, onEdit }: Props) {
  const { t } = useI18n();
  const me = useMe();
  const capacity = myCapacity(me);
  const refused = item.state === 'refused';
  const text = textOf(item);
  const id = `own-${item.id}`;
  return (
    <article className={refused ? 'mine no' : 'mine wait'} aria-labelledby={id}>
      <header className="by">
        {capacity && <Flag country={capacity.organisation.country} />}
        <h3 id={id}>{capacity ? <Capacity title={capacity.function} city={capacity.organisation.name} /> : me.account.name}</h3>
        <ForWhom onBehalf={me.voices.find(({ id: voice }) => voice === item.body?.['delegation'])} />
        <Circumstances item={item} showPlace={showPlace} />
      </header>
      {text && <p className="txt pre">{text}</p>}
      <div className="foot">
        <State item={item} rank={rank} total={total} />
        {onEdit && item.state !== 'sending' && (item.kind === 'reply' || item.kind === 'edit') && (
          <button type="button" className="btn btn-q push" onClick={() => onEdit(item)}>
            {t('forum.out.edit')}
          </button>
        )}
      </div>
      {refused && <WaysOut item={item} />}
    </article>
  );
}

function Circumstances({ item, showPlace }: { item: OutboxItem; showPlace: boolean }) {
  const { t, formatDateTime } = useI18n();
  const what = {
    reply: '',
    thread: '',
    edit: t('forum.out.kindEdit'),
    remove: t('forum.out.kindRemove'),
    restore: t('forum.out.kindRestore'),
    react: t('forum.out.kindReact'),
    letter: '',
  }[item.kind];
  return (
    <p className="meta">
      {what && `${what}, `}
      {formatDateTime(item.createdAt)}
      {item.kind === 'thread' && typeof item.body?.['title'] === 'string' && `, ${item.body['title']}`}
      {showPlace && item.kind !== 'thread' && (
        <>
          {' '}
          <Link href={`/fils/${item.lane}`}>{t('forum.out.itsThread')}</Link>
        </>
      )}
    </p>
  );
}

function State({ item, rank, total }: { item: OutboxItem; rank: number; total: number }) {
  const { t, problem } = useI18n();
  if (item.state !== 'refused') {
    return (
      <span className="state">
        <Icon name="clock" small />
        {item.state === 'sending'
          ? t('forum.out.sending')
          : total > 1
            ? t('forum.out.waitingRank', { rank, total })
            : t('forum.out.waiting')}
      </span>
    );
  }
  const { code, status } = item.reason ?? { code: 'internal', status: 0 };
  if (code === 'reconsider') return <Reconsider item={item} />;
  return (
    <span className="state state-x" role="alert">
      <Icon name="alert" small />
      {t('forum.out.refused', {
        reason:
          code === 'thread-closed'
            ? t('forum.out.reasonClosed')
            : problem(new ApiProblem(status, { code: code as ProblemCode }, undefined)),
      })}
    </span>
  );
}

/** A rule asks to think again; nothing was sent yet. */
function Reconsider({ item }: { item: OutboxItem }) {
  const { t } = useI18n();
  const rules = (item.reason?.params?.['rules'] ?? []) as WatchFinding[];
  return (
    <div role="alert">
      <p className="strong">{t('forum.held.reconsider')}</p>
      {rules.map((rule) => (
        <p key={rule.name}>{t('forum.held.rule', { name: frenchTypography(rule.name), words: quoted(rule.words) })}</p>
      ))}
    </div>
  );
}

/** A refused text is kept: try again, take it elsewhere, copy it, or let it go. */
function WaysOut({ item }: { item: OutboxItem }) {
  const { t } = useI18n();
  const [choosing, setChoosing] = useState(false);
  const text = textOf(item);
  const asks = item.reason?.code === 'reconsider';
  const copy = async () => {
    if (await copyText(text)) announce(t('forum.out.copied'));
  };
  return (
    <>
      <p className="meta mt-1">{t(asks ? 'forum.held.insistHint' : item.reason?.code === 'thread-closed' ? 'forum.out.keptClosed' : 'forum.out.kept')}</p>
      <div className="row mt-2">
        {asks && (
          <button type="button" className="btn" onClick={() => void outbox.retry(item.id, { body: { ...item.body, insist: true } })}>
            {t('forum.held.insist')}
          </button>
        )}
        {item.kind === 'reply' && !asks && (
          <button type="button" className="btn" onClick={() => setChoosing(true)}>
            {t('forum.out.otherThread')}
          </button>
        )}
        {item.body?.['delegation'] !== undefined && !asks && (
          <button type="button" className="btn" onClick={() => void outbox.retry(item.id, { body: { ...item.body, delegation: undefined } })}>
            {t('delegations.sendAsMine')}
          </button>
        )}
        {!asks && (
          <button type="button" className="btn btn-q" onClick={() => void outbox.retry(item.id)}>
            {t('forum.out.retry')}
          </button>
        )}
        {text && (
          <button type="button" className="btn btn-q" onClick={() => void copy()}>
            {t('forum.out.copy')}
          </button>
        )}
        <button type="button" className="btn btn-q btn-x" onClick={() => void outbox.discard(item.id)}>
          {t('forum.out.discard')}
        </button>
      </div>
      {choosing && (
        <ChooseThread
          title={t('forum.out.chooseTitle')}
          except={item.lane}
          onClose={() => setChoosing(false)}
          onChoose={(thread) => {
            setChoosing(false);
            const { replyTo: _, ...body } = item.body ?? {};
            void outbox.retry(item.id, { lane: thread, path: `/api/threads/${thread}/posts`, body });
          }}
        />
      )}
    </>
  );
}
