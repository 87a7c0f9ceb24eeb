import type { HeldView } from '@passerelle/contract';
import { frenchTypography } from '@passerelle/text';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from 'wouter';
import { api } from '../../app/api';
import { myCapacity, useMe } from '../../app/queries';
import { useI18n } from '../../i18n';
import { announce, Capacity, Flag, Icon } from '../../ui';
import { copyText } from '../../ui/copy-text';
import { Sure } from '../../ui/sure';
import { heldQuery } from './forum.api';

/** What I wrote and moderation has not read yet; seen by nobody else. `thread`: of one thread only; `threads`: new threads only. */
export function HeldItems({ thread, threads = false }: { thread?: string; threads?: boolean }) {
  const { data } = useQuery(heldQuery);
  const shown = (data?.items ?? []).filter((item) => (thread === undefined || item.thread === thread) && (!threads || item.kind === 'thread'));
  return shown.map((item) => <HeldItem key={item.id} item={item} showPlace={thread === undefined} />);
}

function HeldItem({ item, showPlace }: { item: HeldView; showPlace: boolean }) {
  const { t, formatDateTime } = useI18n();
  const cache = useQueryClient();
  const me = useMe();
  const capacity = myCapacity(me);
  const withdraw = useMutation({
    mutationFn: () => api.delete(`/api/me/held/${item.id}`),
    onSuccess: () => cache.invalidateQueries({ queryKey: heldQuery.queryKey }),
  });
  const copy = async () => {
    if (await copyText(item.body)) announce(t('forum.out.copied'));
  };
  const id = `held-${item.id}`;
  return (
    <article className="mine wait" aria-labelledby={id}>
      <header className="by">
        {capacity && <Flag country={capacity.organisation.country} />}
        <h3 id={id}>{capacity ? <Capacity title={capacity.function} city={capacity.organisation.name} /> : me.account.name}</h3>
        <p className="meta">
          {item.kind === 'edit' && `${t('forum.held.edit')}, `}
          {formatDateTime(item.at)}
          {showPlace && (item.kind === 'thread' ? `, ${frenchTypography(item.title)}` : <>, <Link href={`/fils/${item.thread ?? ''}`}>{frenchTypography(item.title)}</Link></>)}
        </p>
      </header>
      <div className="txt" lang={item.language} dangerouslySetInnerHTML={{ __html: item.html }} />
      <div className="foot">
        <span className="state">
          <Icon name="clock" small /> {t('forum.held.waits')}
        </span>
      </div>
      <p className="meta mt-1">
        {t(item.kind === 'edit' ? 'forum.held.whyEdit' : 'forum.held.why')} {item.rules.map((rule) => t('forum.held.rule', { name: frenchTypography(rule.name), words: quoted(rule.words) })).join(' ')}
      </p>
      <div className="row mt-2">
        <Sure label={t('forum.held.withdraw')} question={t('forum.held.withdrawSure')} yes={t('forum.held.withdraw')} act={withdraw} />
        <button type="button" className="btn btn-q" onClick={() => void copy()}>
          {t('forum.out.copy')}
        </button>
      </div>
    </article>
  );
}

/** What a rule has found, for a sentence; nothing for a rule about pace. */
export const quoted = (words: readonly string[]) => (words.length === 0 ? '' : ` (${words.join(', ')})`);
