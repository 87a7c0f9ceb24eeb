import type { HeldMandateView } from '@passerelle/contract';
import { useState } from 'react';
import { useI18n } from '../../../i18n';
import { Capacity, Flag } from '../../../ui';
import { Covers } from '../../../ui/themes-field';
import { noonOf } from '../../../ui/days';
import { EndForm, LimitForm, ReinstateForm, SuspendForm } from './mandate-forms';
import { SuccessorForm } from './successor-form';

type Act = 'end' | 'limit' | 'suspend' | 'reinstate' | 'handOver';
const FORMS = { end: EndForm, limit: LimitForm, suspend: SuspendForm, reinstate: ReinstateForm, handOver: SuccessorForm };

const isSuspensionOpen = ({ suspensions }: HeldMandateView) => suspensions.some(({ to }) => to === null);
/** What may be done about a mandate where it stands. */
function actsOf(mandate: HeldMandateView): Act[] {
  if (mandate.state === 'ended') return mandate.handOver?.takenAt ? [] : ['handOver'];
  return ['end', 'limit', isSuspensionOpen(mandate) ? 'reinstate' : 'suspend', ...(mandate.handOver?.takenAt ? [] : (['handOver'] as const))];
}

/** A mandate with its history, and the acts that it allows. */
export function Mandate({ mandate, person }: { mandate: HeldMandateView; person: string }) {
  const { t } = useI18n();
  const [act, setAct] = useState<Act | null>(null);
  const Form = act && FORMS[act];
  return (
    <article className="mt-4">
      <h3 className="place">
        <Flag country={mandate.organisation.country} />
        <Capacity title={mandate.function} city={mandate.organisation.name} />
      </h3>
      <History mandate={mandate} />
      <Covers themes={mandate.themes} />
      <p className="row mt-3">
        {actsOf(mandate).map((one) => (
          <button key={one} type="button" className="btn" aria-expanded={act === one} onClick={() => setAct(act === one ? null : one)}>
            {t(`people.${one}`)}
            <span className="vh"> {mandate.function}</span>
          </button>
        ))}
      </p>
      {Form && <Form key={act} mandate={mandate} person={person} onDone={() => setAct(null)} />}
    </article>
  );
}

function History({ mandate: { from, to, state, suspensions, handOver } }: { mandate: HeldMandateView }) {
  const { t, formatDay } = useI18n();
  const day = (one: string) => formatDay(noonOf(one));
  const span =
    from && to
      ? t('people.fromTo', { from: day(from), to: day(to) })
      : from
        ? t('people.from', { from: day(from) })
        : to
          ? t('people.to', { to: day(to) })
          : t('people.open');
  return (
    <>
      <p className="meta mt-1">
        <b>{t(`people.states.${state}`)}</b>. {span}
      </p>
      {suspensions.map((one) => (
        <p key={one.from} className="meta mt-1">
          {one.to
            ? t('people.suspendedFromTo', { from: day(one.from), to: day(one.to) })
            : t('people.suspendedFrom', { from: day(one.from) })}{' '}
          {one.reason}
        </p>
      ))}
      {handOver && (
        <p className="meta mt-1">
          {t('people.successor', { to: handOver.to })}{' '}
          {handOver.takenAt ? t('people.taken', { day: formatDay(handOver.takenAt) }) : t('people.waiting')}
        </p>
      )}
    </>
  );
}
