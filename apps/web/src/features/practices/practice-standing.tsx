import { type OnBehalf, PRACTICE_LIFE, type PracticeAction, type PracticeStandingView, type PracticeView, REFUSAL_REASONS } from '@passerelle/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { api } from '../../app/api';
import { myCapacity, useMe } from '../../app/queries';
import { useI18n } from '../../i18n';
import { ErrorNote, Icon } from '../../ui';
import { Area, Choice, Line } from '../../ui/fields';
import VoiceField from '../../ui/voice-field';
import { onBehalfText } from '../../ui/on-behalf';
import { History, StepSheet } from '../../ui/steps';
import { practiceQuery } from './practices.api';
import { ReviewForm, ReviewResults } from './review-form';

/** Where the entry stands, whose turn it is, and what the reader may do about it. */
export function Standing({ practice, standing }: { practice: PracticeView; standing: PracticeStandingView }) {
  const i18n = useI18n();
  const { t, formatDay } = i18n;
  const signed = ({ function: office, onBehalf }: { function: string; onBehalf: OnBehalf | null }) => (onBehalf ? `${office}, ${onBehalfText(onBehalf, i18n)}` : office);
  const [asking, setAsking] = useState<PracticeAction>();
  const me = useMe();
  const moderates = me.account.role === 'moderator' || me.account.role === 'administrator';
  const isOwn = myCapacity(me)?.organisation.slug === practice.city.slug;
  const mine = standing.reviews.find((review) => review.mine);
  const label = (action: PracticeAction) =>
    action === 'submit' && standing.preparedBy && standing.approvalAskedAt ? t('entry.action.approve') : t(`entry.action.${action}`);
  const forward = standing.actions.filter((action) => !ASIDE.includes(action));
  const aside = standing.actions.filter((action) => ASIDE.includes(action));
  return (
    <section className="note note-w" aria-label={t('entry.where')}>
      <Icon name="edit" />
      <div className="stack">
        <p>
          <b>{t(`entry.state.${standing.state}`)}.</b> {t(`entry.next.${standing.state}`)}{' '}
          {standing.waitingFor !== 'nobody' && t(`entry.waiting.${standing.waitingFor}`)}{' '}
          {standing.dueAt && t('entry.due', { day: formatDay(standing.dueAt) })}
        </p>
        <p className="meta">
          {[
            standing.preparedBy && t('entry.prepared', { function: standing.preparedBy.function }),
            standing.approvedBy && t('entry.approved', { function: signed(standing.approvedBy) }),
            standing.consent &&
              t('entry.consentBy', {
                name: standing.consent.name,
                function: signed(standing.consent),
                day: formatDay(standing.consent.at),
              }),
          ]
            .filter(Boolean)
            .join('. ')}
        </p>
        {standing.history[0]?.reason && <blockquote>{standing.history[0].reason}</blockquote>}
        <div className="row">
          {standing.canEdit && (
            <Link className={forward.length === 0 ? 'btn btn-p' : 'btn'} href={`/pratiques/${practice.ref}/modifier`}>
              {t('entry.edit')}
            </Link>
          )}
          {forward.map((action, index) => (
            <button
              key={action}
              type="button"
              className={index === 0 && standing.state !== 'draft' ? 'btn btn-p' : 'btn'}
              onClick={() => setAsking(action)}
            >
              {label(action)}
            </button>
          ))}
          {aside.map((action) => (
            <button key={action} type="button" className="btn btn-q" onClick={() => setAsking(action)}>
              {label(action)}
            </button>
          ))}
        </div>
        {mine && standing.state === 'in-expertise' && <ReviewForm practice={practice} review={mine} />}
        <ReviewResults
          reviews={standing.reviews.filter((review) => review.givenAt !== null && !(review.mine && standing.state === 'in-expertise'))}
        />
        {(moderates || isOwn) && (
          <p>
            <Link href={`/pratiques/${practice.ref}/versions`}>{t('versions.title')}</Link>
          </p>
        )}
        <History lines={standing.history} done={(action) => t(`entry.done.${action as PracticeAction}`)} />
      </div>
      {asking && <ActionSheet practice={practice} action={asking} label={label(asking)} onClose={() => setAsking(undefined)} />}
    </section>
  );
}

const ASIDE: PracticeAction[] = ['withdraw', 'archive', 'refuse', 'close-to-public'];

/** Asks for what the step needs, and takes it. */
function ActionSheet({
  practice,
  action,
  label,
  onClose,
}: {
  practice: PracticeView;
  action: PracticeAction;
  label: string;
  onClose: () => void;
}) {
  const { t, fieldProblem } = useI18n();
  const cache = useQueryClient();
  const me = useMe();
  const needs = PRACTICE_LIFE[action].needs ?? [];
  const [reason, setReason] = useState('');
  const [reasonCode, setReasonCode] = useState<(typeof REFUSAL_REASONS)[number]>('off-topic');
  // The secretariat hands its own draft to the city of somebody without access.
  const voices = action === 'submit' ? me.voices.filter(({ by }) => by === 'secretariat') : [];
  const [voice, setVoice] = useState('');
  const [consent, setConsent] = useState({ name: me.account.name, function: myCapacity(me)?.function ?? '' });
  const take = useMutation({
    mutationFn: () =>
      api.post<PracticeView>(`/api/practices/${practice.ref}/actions`, {
        version: practice.version,
        action,
        reason,
        ...(action === 'refuse' && { reasonCode }),
        ...(needs.includes('consent') && { consentBy: consent }),
        ...(voice && { delegation: voice }),
      }),
    onSuccess: (view) => {
      cache.setQueryData(practiceQuery(practice.ref).queryKey, view);
      void cache.invalidateQueries({ queryKey: ['practices'] });
      void cache.invalidateQueries({ queryKey: ['practice-tasks'] });
      onClose();
    },
  });
  const problem = fieldProblem(take.error, 'reason');
  return (
    <StepSheet label={label} take={take} onClose={onClose}>
      {action === 'refuse' && (
        <Choice
          label={t('entry.reasonKind')}
          value={reasonCode}
          options={REFUSAL_REASONS.map((value) => ({ value, label: t(`entry.refusal.${value}`) }))}
          onChange={(code) => code && setReasonCode(code)}
        />
      )}
      {needs.includes('consent') && (
        <>
          <p className="soft">{t('entry.consentText')}</p>
          <Line label={t('entry.consentName')} value={consent.name} onChange={(name) => setConsent({ ...consent, name })} />
          <Line label={t('entry.consentFunction')} value={consent.function} onChange={(held) => setConsent({ ...consent, function: held })} />
        </>
      )}
      {needs.includes('reason') ? (
        <Area label={t('entry.reason')} hint={t('entry.reasonHint')} problem={problem} rows={4} value={reason} onChange={setReason} />
      ) : (
        !needs.includes('consent') && <p>{practice.title}</p>
      )}
      {(voices.length > 0 || voice !== '') && <VoiceField voices={voices} value={voice} onChange={setVoice} />}
      {take.error && !problem && <ErrorNote error={take.error} />}
    </StepSheet>
  );
}
