import type { CaseView } from '@passerelle/contract';
import { frenchTypography } from '@passerelle/text';
import { useQuery } from '@tanstack/react-query';
import { type SyntheticEvent, useState } from 'react';
import { v7 as uuid } from 'uuid';
import { Link } from 'wouter';
import { api } from '../../app/api';
import { useI18n } from '../../i18n';
import { Capacity, ErrorNote, Flag, Icon, Loaded, Note } from '../../ui';
import { AnswerForm } from './answer-form';
import { DecisionForm } from './decision-form';
import { DecisionLetter } from './decision-letter';
import { useCaseAct } from './case-act';
import { caseQuery } from './moderation.api';
import { Found, HeldCase } from './watch/held-case';
import { useModerationWords } from './words';

export function CasePanel({ id }: { id: string }) {
  const one = useQuery(caseQuery(id));
  return <Loaded query={one}>{(view) => <Case view={view} />}</Loaded>;
}

function Case({ view }: { view: CaseView }) {
  const { t } = useI18n();
  const { titleOf, reasonOf } = useModerationWords();
  const canDecide = view.state === 'open' && !view.barred && (!view.claimedBy || view.claimedBy.mine);
  return (
    <article aria-labelledby="case">
      <Claim view={view} />
      <p className="kick mt-4">
        <Icon name={view.kind === 'appeal' ? 'scale' : 'flag'} small /> {t('moderation.number', { number: view.number })}
        <span className="meta">
          {view.kind === 'appeal'
            ? t('moderation.appealRow')
            : view.reports === 0
              ? t(view.target.kind === 'held' ? 'watch.heldRow' : 'watch.foundRow')
              : t('moderation.reported', { count: view.reports, reason: reasonOf(view.reason ?? 'other') })}
        </span>
      </p>
      <h2 id="case" className="h-long">
        {titleOf(view)}
      </h2>
      {view.held ? <HeldCase view={view} held={view.held} canAct={canDecide && view.kind === 'report'} /> : <Context view={view} />}
      <Found found={view.found} />
      {view.original !== null && (
        <section className="sec">
          <h3>{t('moderation.original')}</h3>
          <p className="pre mt-2">{frenchTypography(view.original)}</p>
        </section>
      )}
      <Members view={view} />
      <Notes view={view} />
      {view.decisions.map((decision) => (
        <DecisionLetter key={decision.id} decision={decision} caseId={view.id} />
      ))}
      {canDecide &&
        (view.kind === 'appeal' ? <AnswerForm view={view} /> : <DecisionForm key={view.version} view={view} />)}
    </article>
  );
}

/** Who has the case; taking and giving it back is seen live by the others. */
function Claim({ view }: { view: CaseView }) {
  const { t, formatDateTime } = useI18n();
  const path = `/api/moderation/cases/${view.id}/claim`;
  const claim = useCaseAct(view.id, () => api.put<CaseView>(path));
  const release = useCaseAct(view.id, () => api.delete<CaseView>(path));
  if (view.state === 'decided') return null;
  return (
    <>
      {view.barred ? (
        <Note icon="lock">{t(`moderation.barred.${view.barred}`)}</Note>
      ) : view.claimedBy ? (
        <Note icon="lock" role="status">
          {view.claimedBy.mine
            ? t('moderation.claimed', { when: formatDateTime(view.claimedBy.at) })
            : t('moderation.taken', { name: view.claimedBy.name })}{' '}
          {view.claimedBy.mine && (
            <button type="button" className="btn btn-q" onClick={() => release.mutate(undefined)}>
              {t('moderation.release')}
            </button>
          )}
        </Note>
      ) : (
        <button type="button" className="btn" disabled={claim.isPending} onClick={() => claim.mutate(undefined)}>
          {t('moderation.claim')}
        </button>
      )}
      {(claim.isError || release.isError) && <ErrorNote error={claim.error ?? release.error} />}
    </>
  );
}

function Context({ view: { context, target } }: { view: CaseView }) {
  const { t, formatDateTime } = useI18n();
  return (
    <section className="sec">
      {context.length > 0 && <h3>{t('moderation.context')}</h3>}
      {context.map((post) => (
        <article key={post.id} className="mt-3">
          <p className="place">
            {post.by.function ? (
              <>
                <Flag country={post.by.country} />
                <Capacity title={post.by.function} city={post.by.organisation} />
              </>
            ) : (
              <b>{t('moderation.withheld')}</b>
            )}
            <span className="meta">
              {formatDateTime(post.at)}
              {post.isTarget && `, ${t('moderation.target')}`}
            </span>
          </p>
          <p className={post.isTarget ? 'pre mt-2' : 'pre soft mt-2'}>{frenchTypography(post.text)}</p>
        </article>
      ))}
      {target.url && (
        <p className="mt-3">
          {target.kind === 'page' ? (
            <a href={target.url}>{t('moderation.seePlace')}</a>
          ) : (
            <Link href={target.url}>{t('moderation.seePlace')}</Link>
          )}
        </p>
      )}
    </section>
  );
}

function Members({ view: { reported, author } }: { view: CaseView }) {
  const { t, formatDay } = useI18n();
  const { reasonOf } = useModerationWords();
  return (
    <section className="sec">
      <h3>{t('moderation.members')}</h3>
      <ul className="list mt-2">
        {reported.map(({ at, by, text, reason, visitor }) => (
          <li key={at}>
            {by && <Flag country={by.country} />}
            <span>
              {frenchTypography(text || reasonOf(reason))}
              <span className="meta">
                {by ? `${by.function}, ${by.organisation}` : t(visitor ? 'moderation.visitor' : 'moderation.member')}
              </span>
            </span>
          </li>
        ))}
      </ul>
      {author && (
        <p className="meta mt-2">
          {[
            t('moderation.author', {
              messages: t('moderation.authorMessages', { count: author.messages }),
              cases: author.cases === 0 ? t('moderation.authorNoCases') : t('moderation.authorCases', { count: author.cases }),
            }),
            author.reports > 0 && `${t('moderation.past.reports', { count: author.reports })}.`,
            author.mandateUntil && t('moderation.authorMandate', { day: formatDay(author.mandateUntil) }),
          ]
            .filter(Boolean)
            .join(' ')}
        </p>
      )}
      {author && author.past.length > 0 && <Past decisions={author.past} />}
    </section>
  );
}

/** What was decided on the same author before. */
function Past({ decisions }: { decisions: NonNullable<CaseView['author']>['past'] }) {
  const { t, formatDay } = useI18n();
  const { ruleOf, measureOf } = useModerationWords();
  return (
    <details className="mt-2">
      <summary className="btn btn-q">
        {t('moderation.past.title')} <span className="num">{decisions.length}</span>
      </summary>
      <ul className="list">
        {decisions.map(({ id, number, at, measure, target, rule, appeal }) => (
          <li key={id}>
            <span className="min0">
              {measureOf(measure, target)}
              <span className="meta">{[ruleOf(rule), number, formatDay(at), t(`moderation.outcomeOf.${appeal}`)].join(', ')}</span>
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}

function Notes({ view }: { view: CaseView }) {
  const { t, formatDateTime } = useI18n();
  const [body, setBody] = useState('');
  const [id, setId] = useState(() => uuid());
  const note = useCaseAct(view.id, () =>
    api.post<CaseView>(`/api/moderation/cases/${view.id}/notes`, { id, body }).then((answer) => {
      setBody('');
      setId(uuid());
      return answer;
    }),
  );
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (body.trim() !== '') note.mutate(undefined);
  };
  return (
    <section className="sec">
      <h3>{t('moderation.notes')}</h3>
      <ul className="list mt-2">
        {view.notes.map((one) => (
          <li key={one.id}>
            <span>
              {frenchTypography(one.body)}
              <span className="meta">{[one.by, formatDateTime(one.at)].join(', ')}</span>
            </span>
          </li>
        ))}
      </ul>
      <form onSubmit={submit}>
        <div className="field">
          <label htmlFor="note">{t('moderation.note')}</label>
          <p className="hint" id="note-hint">
            {t('moderation.noteHint')}
          </p>
          <textarea
            className="in"
            id="note"
            rows={2}
            maxLength={2_000}
            aria-describedby="note-hint"
            value={body}
            onChange={(event) => setBody(event.target.value)}
          />
        </div>
        <p className="mt-2">
          <button type="submit" className="btn" disabled={note.isPending}>
            {t('moderation.noteDo')}
          </button>
        </p>
      </form>
      {note.isError && <ErrorNote error={note.error} />}
    </section>
  );
}
