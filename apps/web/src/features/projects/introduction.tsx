import { INTRODUCTION_LIFE, type IntroductionAction, type IntroductionView } from '@passerelle/contract';
import { frenchTypography } from '@passerelle/text';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { v7 as uuid } from 'uuid';
import { api } from '../../app/api';
import { useI18n } from '../../i18n';
import { Capacity, ErrorNote, Flag, Icon } from '../../ui';
import { Area } from '../../ui/fields';
import { introductionText } from '../../ui/introductions';
import { ForWhom } from '../../ui/on-behalf';
import { StepSheet } from '../../ui/steps';
import { earlierMessagesQuery } from './projects.api';
import { Reasons } from './reasons';

/** All that shows an introduction is read again: its need, the lists, the project. */
function useRefresh() {
  const cache = useQueryClient();
  return () => {
    for (const key of ['introductions', 'need', 'needs', 'project']) void cache.invalidateQueries({ queryKey: [key] });
  };
}

/** Two cities being brought together: the state, the steps of the reader's side, their letters. */
export function IntroductionCard({ introduction, withNeed = false }: { introduction: IntroductionView; withNeed?: boolean }) {
  const { t, formatDay } = useI18n();
  const refresh = useRefresh();
  const [declining, setDeclining] = useState(false);
  const { asker, helper, proposedBy, need } = introduction;
  const act = useMutation({
    mutationFn: (action: IntroductionAction) => api.post<IntroductionView>(`/api/introductions/${introduction.id}/actions`, { version: introduction.version, action }),
    onSettled: refresh,
  });
  const direct = introduction.actions.filter((action) => action !== 'decline');
  return (
    <article className="mine" aria-label={t('needs.introduction', { asker: asker.name, helper: helper.name })}>
      <h3 className="place">
        <Flag country={asker.country} /> <span>{asker.name}</span> <Icon name="next" small /> <Flag country={helper.country} /> <span>{helper.name}</span>
      </h3>
      {withNeed && (
        <p className="mt-2">
          <Link href={`/besoins/${need.id}`}>{frenchTypography(need.title)}</Link>
        </p>
      )}
      <p className="mt-2">
        <b>{introductionText(introduction, t)}</b>
      </p>
      <p className="meta">{t('needs.proposedBy', { function: proposedBy.function, city: proposedBy.organisation, day: formatDay(proposedBy.at) })} <ForWhom onBehalf={proposedBy.onBehalf} /></p>
      {introduction.message && <blockquote className="mt-2 pre">{frenchTypography(introduction.message)}</blockquote>}
      {introduction.declined && <p className="meta mt-2">{t('needs.declinedBecause', { reason: introduction.declined.reason })}</p>}
      {introduction.reasons.length > 0 && (
        <details className="facet mt-2">
          <summary>
            {t('needs.why')} <Icon name="down" small />
          </summary>
          <Reasons reasons={introduction.reasons} />
        </details>
      )}
      {introduction.actions.length > 0 && (
        <div className="acts">
          {direct.map((action, index) => (
            <button key={action} type="button" className={index === 0 && /accept|conclude|begin/.test(action) ? 'btn btn-p' : 'btn'} disabled={act.isPending} onClick={() => act.mutate(action)}>
              {t(`needs.introAction.${action}`)}
            </button>
          ))}
          {introduction.actions.includes('decline') && (
            <button type="button" className="btn btn-q" onClick={() => setDeclining(true)}>
              {t('needs.introAction.decline')}
            </button>
          )}
        </div>
      )}
      {act.error && <ErrorNote error={act.error} />}
      {(introduction.messages.length > 0 || introduction.canWrite) && <Letters introduction={introduction} onSent={refresh} />}
      {declining && <DeclineSheet introduction={introduction} onClose={() => setDeclining(false)} onDone={refresh} />}
    </article>
  );
}

function DeclineSheet({ introduction, onClose, onDone }: { introduction: IntroductionView; onClose: () => void; onDone: () => void }) {
  const { t, fieldProblem } = useI18n();
  const [reason, setReason] = useState('');
  const decline = useMutation({
    mutationFn: () => api.post<IntroductionView>(`/api/introductions/${introduction.id}/actions`, { version: introduction.version, action: 'decline', reason }),
    onSuccess: () => (onDone(), onClose()),
  });
  const problem = fieldProblem(decline.error, 'reason');
  const needsReason = INTRODUCTION_LIFE.decline.needs?.includes('reason') ?? false;
  return (
    <StepSheet label={t('needs.introAction.decline')} take={decline} destructive onClose={onClose}>
        {needsReason && <Area label={t('needs.declineReason')} hint={t('needs.declineHint')} problem={problem} rows={4} value={reason} onChange={setReason} />}
        {decline.error && !problem && <ErrorNote error={decline.error} />}
    </StepSheet>
  );
}

/** What the two sides write to each other; nobody's address is shown. */
function Letters({ introduction, onSent }: { introduction: IntroductionView; onSent: () => void }) {
  const { t, fieldProblem } = useI18n();
  const [body, setBody] = useState('');
  // One id for all attempts: a retry after a lost answer is the same message.
  const [id, setId] = useState(() => uuid());
  const send = useMutation({
    mutationFn: () => api.post<IntroductionView>(`/api/introductions/${introduction.id}/messages`, { id, body }),
    onSuccess: () => {
      setBody('');
      setId(uuid());
      onSent();
    },
  });
  const problem = fieldProblem(send.error, 'body');
  return (
    <section className="mt-4">
      <h4>{t('needs.correspondence')}</h4>
      <Correspondence introduction={introduction} />
      {introduction.canWrite && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (body.trim() && !send.isPending) send.mutate();
          }}
        >
          <Area
            label={t('needs.yourMessage')} problem={problem} rows={3} value={body}
            onChange={(text) => {
              if (send.error) setId(uuid());
              setBody(text);
            }}
          />
          {send.error && !problem && <ErrorNote error={send.error} />}
          <p className="mt-2">
            <button type="submit" className="btn" disabled={!body.trim() || send.isPending}>
              {t('needs.sendMessage')}
            </button>
          </p>
        </form>
      )}
    </section>
  );
}

/** The newest messages, and the earlier ones when they are asked for. */
function Correspondence({ introduction: { id, messages, earlier } }: { introduction: IntroductionView }) {
  const { t, formatDateTime } = useI18n();
  const [all, setAll] = useState(false);
  const before = useInfiniteQuery({ ...earlierMessagesQuery(id, earlier), enabled: all && earlier !== null });
  const shown = [...(before.data?.pages.toReversed().flatMap((page) => page.items) ?? []), ...messages];
  const more = all ? before.hasNextPage : earlier !== null;
  if (shown.length === 0) return <p className="soft">{t('needs.noMessages')}</p>;
  return (
    <>
      {before.error && <ErrorNote error={before.error} onRetry={() => void before.refetch()} />}
      {more && (
        <p className="mt-2">
          <button type="button" className="btn btn-q" disabled={before.isFetching} onClick={() => (all ? void before.fetchNextPage() : setAll(true))}>
            {t('forum.earlier')}
          </button>
        </p>
      )}
      {shown.map((message) => (
        <div key={message.id} className="post">
          <header className="by">
            <Flag country={message.by.country} />
            <h4>
              <Capacity title={message.by.function} city={message.by.organisation} />
            </h4>
            <span className="meta">{formatDateTime(message.at)}</span>
          </header>
          <div className="txt" dangerouslySetInnerHTML={{ __html: message.html }} />
        </div>
      ))}
    </>
  );
}
