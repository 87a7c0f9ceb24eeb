import { AppealBody, type DecisionView, type MyModerationView } from '@passerelle/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type SyntheticEvent, useState } from 'react';
import { v7 as uuid } from 'uuid';
import { Link } from 'wouter';
import { ApiProblem, api } from '../../app/api';
import { usePage } from '../../app/page';
import { useMe } from '../../app/queries';
import { useI18n } from '../../i18n';
import { ErrorNote, Loaded, Note } from '../../ui';
import { DecisionLetter } from './decision-letter';
import { myModerationQuery } from './moderation.api';
import { useModerationWords } from './words';

/** Letters to the reader with the way to contest them, and what became of what they reported. */
export default function MinePage() {
  const { t } = useI18n();
  const mine = useQuery(myModerationQuery);
  const guest = useMe().account.role === 'guest';
  usePage(t('moderation.mineTitle'), { back: { href: '/moi', label: t('shell.me') } });
  return (
    <div>
      <h1>{t('moderation.mineTitle')}</h1>
      <Loaded query={mine}>
        {(view) => (
          <>
            <Letters view={view} />
            <Reports view={view} />
          </>
        )}
      </Loaded>
      {!guest && (
        <p className="mt-5">
          <Link className="btn" href="/registre">
            {t('moderation.registerOpen')}
          </Link>
        </p>
      )}
    </div>
  );
}

function Letters({ view: { decisions } }: { view: MyModerationView }) {
  const { t } = useI18n();
  return (
    <section className="sec">
      <h2>{t('moderation.letters')}</h2>
      {decisions.length === 0 && <p className="soft mt-2">{t('moderation.lettersNone')}</p>}
      {decisions.map((decision) => (
        <DecisionLetter key={decision.id} decision={decision}>
          <Contest decision={decision} />
        </DecisionLetter>
      ))}
    </section>
  );
}

function Contest({ decision }: { decision: DecisionView }) {
  const { t, formatDay, formatDateTime } = useI18n();
  const cache = useQueryClient();
  const [id] = useState(() => uuid());
  const [now] = useState(() => Date.now());
  const [body, setBody] = useState('');
  const [isMissing, setMissing] = useState(false);
  const [tellModerator, setTell] = useState(false);
  const send = useMutation({
    mutationFn: () => api.post<MyModerationView>(`/api/me/decisions/${decision.id}/appeal`, { id, body, tellModerator }),
    onSuccess: (view) => cache.setQueryData(myModerationQuery.queryKey, view),
  });
  if (decision.undone) return null;
  if (decision.appeal)
    return decision.appeal.outcome ? null : (
      <Note icon="scale">{t('moderation.contested', { when: formatDateTime(decision.appeal.at) })}</Note>
    );
  if (Date.parse(decision.appealUntil) < now) return null;
  // In a confidential space nobody else may answer: the author may let one moderator outside read it.
  const alone = send.error instanceof ApiProblem && send.error.code === 'no-other-judge';
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    const wrong = !AppealBody.safeParse({ id, body }).success;
    setMissing(wrong);
    if (!wrong) send.mutate();
  };
  const field = `appeal-${decision.id}`;
  return (
    <details className="mt-3">
      <summary className="btn">{t('moderation.contest')}</summary>
      <form onSubmit={submit} noValidate>
        <div className="field">
          <label htmlFor={field}>{t('moderation.contestWords')}</label>
          <p className="hint">{t('moderation.contestUntil', { day: formatDay(decision.appealUntil) })}</p>
          <textarea
            className="in"
            id={field}
            rows={4}
            maxLength={4_000}
            value={body}
            aria-invalid={isMissing}
            onChange={(event) => setBody(event.target.value)}
          />
          {isMissing && <p className="err">{t('moderation.missing.answer')}</p>}
        </div>
        {send.isError && <ErrorNote error={send.error} />}
        {alone && (
          <label className="opt">
            <input type="checkbox" checked={tellModerator} onChange={(event) => setTell(event.target.checked)} />
            <span>{t('forum.report.tellModerator')}</span>
          </label>
        )}
        <p className="mt-3">
          <button type="submit" className="btn btn-p" disabled={send.isPending}>
            {t('moderation.contestDo')}
          </button>
        </p>
      </form>
    </details>
  );
}

function Reports({ view: { reports } }: { view: MyModerationView }) {
  const { t, formatDay } = useI18n();
  const { aboutOf, reasonOf, measureOf } = useModerationWords();
  return (
    <section className="sec">
      <h2>{t('moderation.reports')}</h2>
      {reports.length === 0 && <p className="soft mt-2">{t('moderation.reportsNone')}</p>}
      <ul className="list mt-3">
        {reports.map(({ id, at, target, reason, outcome }) => (
          <li key={id}>
            <span className="min0">
              {aboutOf(target)}
              <span className="meta">{[formatDay(at), reasonOf(reason)].join(', ')}</span>
            </span>
            <span className="state right">{outcome === 'waiting' ? t('moderation.waiting') : measureOf(outcome, target.kind)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
