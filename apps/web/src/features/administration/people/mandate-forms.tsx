import type { HeldMandateView } from '@passerelle/contract';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, type SyntheticEvent, useId, useState } from 'react';
import { v7 as uuid } from 'uuid';
import { api } from '../../../app/api';
import { useI18n } from '../../../i18n';
import { announce } from '../../../ui';
import { ThemesField } from '../../../ui/themes-field';
import { useFreshAct } from '../../../ui/fresh-sign-in';
import { ActProblem } from './act-problem';
import { todayOfMandates } from '../../../ui/days';

export interface MandateFormProps {
  mandate: HeldMandateView;
  person: string;
  onDone: () => void;
}

/** An act on a mandate that asks who acts, then tells that it was done and reads the person anew. */
export function useMandateAct(send: () => Promise<unknown>, onDone: () => void) {
  const { t } = useI18n();
  const cache = useQueryClient();
  return useFreshAct(send, async () => {
    onDone();
    announce(t('people.done'));
    await cache.invalidateQueries({ queryKey: ['people'] });
  });
}

interface FormProps {
  title: string;
  text?: string;
  button: string;
  act: ReturnType<typeof useMandateAct>;
  person: string;
  children: ReactNode;
}

/** The frame that the acts on a mandate share. */
export function ActForm({ title, text, button, act, person, children }: FormProps) {
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    act.run();
  };
  return (
    <form className="mt-3" onSubmit={submit} aria-label={title}>
      {text && <p className="soft">{text}</p>}
      {children}
      <p className="mt-3">
        <button type="submit" className="btn btn-p" aria-disabled={act.pending}>
          {button}
        </button>
      </p>
      {act.error && <ActProblem error={act.error} person={person} />}
      {act.asking}
    </form>
  );
}

export function DayField({
  label,
  value,
  min,
  required = true,
  onChange,
}: {
  label: string;
  value: string;
  min?: string | undefined;
  required?: boolean;
  onChange: (day: string) => void;
}) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        className="in"
        id={id}
        type="date"
        required={required}
        min={min}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
}

export function EndForm({ mandate, person, onDone }: MandateFormProps) {
  const { t } = useI18n();
  const [last, setLast] = useState(mandate.to ?? todayOfMandates());
  const act = useMandateAct(() => api.post(`/api/mandates/${mandate.id}/end`, { version: mandate.version, last }), onDone);
  return (
    <ActForm title={t('people.endTitle')} text={t('people.endText')} button={t('people.endDo')} act={act} person={person}>
      <DayField label={t('people.last')} value={last} min={mandate.from ?? undefined} onChange={setLast} />
    </ActForm>
  );
}

export function LimitForm({ mandate, person, onDone }: MandateFormProps) {
  const { t } = useI18n();
  const [themes, setThemes] = useState(mandate.themes);
  const act = useMandateAct(() => api.put(`/api/mandates/${mandate.id}/themes`, { version: mandate.version, themes }), onDone);
  return (
    <ActForm title={t('people.limitTitle')} text={t('people.limitText')} button={t('people.limitDo')} act={act} person={person}>
      <ThemesField values={themes} onChange={setThemes} />
    </ActForm>
  );
}

export function SuspendForm({ mandate, person, onDone }: MandateFormProps) {
  const { t } = useI18n();
  const reasonId = useId();
  const [id] = useState(() => uuid());
  const [from, setFrom] = useState(todayOfMandates());
  const [reason, setReason] = useState('');
  const act = useMandateAct(() => api.post(`/api/mandates/${mandate.id}/suspend`, { id, version: mandate.version, from, reason }), onDone);
  return (
    <ActForm title={t('people.suspendTitle')} text={t('people.suspendText')} button={t('people.suspendDo')} act={act} person={person}>
      <DayField label={t('people.suspendFrom')} value={from} min={mandate.from ?? undefined} onChange={setFrom} />
      <div className="field">
        <label htmlFor={reasonId}>{t('people.reason')}</label>
        <p className="hint" id={`${reasonId}h`}>
          {t('people.reasonHint')}
        </p>
        <textarea
          className="in"
          id={reasonId}
          rows={3}
          required
          maxLength={1_000}
          aria-describedby={`${reasonId}h`}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </div>
    </ActForm>
  );
}

export function ReinstateForm({ mandate, person, onDone }: MandateFormProps) {
  const { t } = useI18n();
  const open = mandate.suspensions.find(({ to }) => to === null);
  const [from, setFrom] = useState(todayOfMandates());
  const act = useMandateAct(() => api.post(`/api/mandates/${mandate.id}/reinstate`, { version: mandate.version, from }), onDone);
  return (
    <ActForm title={t('people.reinstateTitle')} button={t('people.reinstateDo')} act={act} person={person}>
      <DayField label={t('people.reinstateFrom')} value={from} min={open?.from} onChange={setFrom} />
    </ActForm>
  );
}
