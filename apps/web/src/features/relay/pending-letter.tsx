import type { ProblemCode } from '@passerelle/contract';
import { Link } from 'wouter';
import { ApiProblem } from '../../app/api';
import { myCapacity, useMe } from '../../app/queries';
import { useI18n } from '../../i18n';
import { outbox, type OutboxItem } from '../../outbox';
import { announce, Capacity, Flag, Icon } from '../../ui';
import { copyText } from '../../ui/copy-text';

const textOf = (item: OutboxItem) => (typeof item.body?.['body'] === 'string' ? item.body['body'] : '');

/** A letter of mine that the server does not have yet: its text, one honest state, and the ways out of a refusal. */
export function PendingLetter({ item, linked = false }: { item: OutboxItem; linked?: boolean }) {
  const { t, formatDateTime } = useI18n();
  const capacity = myCapacity(useMe());
  const refused = item.state === 'refused';
  return (
    <article className={refused ? 'mine no' : 'mine wait'} aria-labelledby={`own-${item.id}`}>
      <header className="by">
        {capacity && <Flag country={capacity.organisation.country} />}
        <h3 id={`own-${item.id}`}>{capacity && <Capacity title={capacity.function} city={capacity.organisation.name} />}</h3>
        <p className="meta">
          {formatDateTime(item.createdAt)} {linked && <Link href={`/messages/${item.lane}`}>{t('relay.itsConversation')}</Link>}
        </p>
      </header>
      <p className="txt pre">{textOf(item)}</p>
      <div className="foot">
        <State item={item} />
      </div>
      {refused && <WaysOut item={item} />}
    </article>
  );
}

function State({ item }: { item: OutboxItem }) {
  const { t, problem } = useI18n();
  if (item.state !== 'refused')
    return (
      <span className="state">
        <Icon name="clock" small />
        {t(item.state === 'sending' ? 'forum.out.sending' : 'forum.out.waiting')}
      </span>
    );
  const { code, status } = item.reason ?? { code: 'internal', status: 0 };
  return (
    <span className="state state-x" role="alert">
      <Icon name="alert" small />
      {t('forum.out.refused', { reason: problem(new ApiProblem(status, { code: code as ProblemCode }, undefined)) })}
    </span>
  );
}

function WaysOut({ item }: { item: OutboxItem }) {
  const { t } = useI18n();
  const copy = async () => {
    if (await copyText(textOf(item))) announce(t('forum.out.copied'));
  };
  return (
    <>
      <p className="meta mt-1">{t('forum.out.kept')}</p>
      <div className="row mt-2">
        <button type="button" className="btn btn-q" onClick={() => void outbox.retry(item.id)}>
          {t('forum.out.retry')}
        </button>
        <button type="button" className="btn btn-q" onClick={() => void copy()}>
          {t('forum.out.copy')}
        </button>
        <button type="button" className="btn btn-q btn-x" onClick={() => void outbox.discard(item.id)}>
          {t('forum.out.discard')}
        </button>
      </div>
    </>
  );
}
