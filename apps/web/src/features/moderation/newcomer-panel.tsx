import type { NewcomerView } from '@passerelle/contract';
import { frenchTypography } from '@passerelle/text';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from 'wouter';
import { api } from '../../app/api';
import { useI18n } from '../../i18n';
import { announce, Capacity, ErrorNote, Flag, Icon, Loaded, Note } from '../../ui';
import { newcomerQuery } from './moderation.api';

/** Somebody who has just joined: who invited them, and their first messages. */
export function NewcomerPanel({ id }: { id: string }) {
  return <Loaded query={useQuery(newcomerQuery(id))}>{(view) => <Newcomer view={view} />}</Loaded>;
}

function Newcomer({ view }: { view: NewcomerView }) {
  const { t, formatDateTime } = useI18n();
  const { invitedBy, messages } = view;
  return (
    <article aria-labelledby="newcomer">
      <Looking view={view} />
      <p className="kick mt-4">
        <Icon name="user" small /> {t(view.role === 'guest' ? 'moderation.newcomer.guest' : 'moderation.newcomer.row')}
      </p>
      <h2 id="newcomer" className="h-long place">
        {view.country && <Flag country={view.country} />}
        <Capacity title={view.function} city={view.organisation} />
      </h2>
      <p className="meta mt-2">
        {t('moderation.newcomer.joined', { when: formatDateTime(view.joinedAt) })} {invitedBy && t('moderation.newcomer.invited', invitedBy)}
      </p>
      <p className="soft mt-3">{t('moderation.newcomer.advice')}</p>
      <section className="sec">
        <h3>{t('moderation.newcomer.messages')}</h3>
        {messages.length === 0 && <p className="soft mt-2">{t('moderation.newcomer.silent')}</p>}
        <ul className="list mt-2">
          {messages.map((message) => (
            <li key={message.id}>
              <div className="min0">
                <Link href={message.url}>{frenchTypography(message.title)}</Link>
                <span className="meta">{formatDateTime(message.at)}</span>
                <p className="mt-1">{frenchTypography(message.text)}</p>
              </div>
            </li>
          ))}
        </ul>
      </section>
    </article>
  );
}

/** Who looks after them, seen live by the others; and that it is done. */
function Looking({ view }: { view: NewcomerView }) {
  const { t } = useI18n();
  const cache = useQueryClient();
  const path = `/api/moderation/newcomers/${view.id}`;
  const act = useMutation({
    mutationFn: (step: 'claim' | 'release' | 'seen') =>
      step === 'claim' ? api.put<NewcomerView>(`${path}/claim`) : step === 'release' ? api.delete<NewcomerView>(`${path}/claim`) : api.post<NewcomerView>(`${path}/seen`),
    onSuccess: (next, step) => {
      cache.setQueryData(newcomerQuery(view.id).queryKey, next);
      if (step === 'seen') announce(t('moderation.newcomer.done'));
    },
    onSettled: () => {
      for (const key of [['cases'], newcomerQuery(view.id).queryKey]) void cache.invalidateQueries({ queryKey: key });
    },
  });
  const by = view.claimedBy;
  if (view.seen) return <Note icon="check">{t('moderation.newcomer.done')}</Note>;
  const button = (step: 'claim' | 'release' | 'seen', style: string) => (
    <button type="button" className={style} disabled={act.isPending} onClick={() => act.mutate(step)}>
      {t(`moderation.newcomer.${step}`)}
    </button>
  );
  return (
    <>
      {by && (
        <Note icon="lock" role="status">
          {by.mine ? t('moderation.newcomer.mine') : t('moderation.newcomer.taken', { name: by.name })} {by.mine && button('release', 'btn btn-q')}
        </Note>
      )}
      {(!by || by.mine) && (
        <p className="row mt-2">
          {!by && button('claim', 'btn')}
          {button('seen', 'btn btn-p')}
        </p>
      )}
      {act.isError && <ErrorNote error={act.error} />}
    </>
  );
}
