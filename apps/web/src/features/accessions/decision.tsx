import { AccessionBody, AccessionOutcome, type AccessionView } from '@passerelle/contract';
import { type SyntheticEvent, useState } from 'react';
import { v7 as uuid } from 'uuid';
import { api } from '../../app/api';
import { useI18n } from '../../i18n';
import { Note } from '../../ui';
import { noonOf, todayOfMandates } from '../../ui/days';
import { Area, Line } from '../../ui/fields';
import { useFreshAct } from '../../ui/fresh-sign-in';
import { Problem } from './problem';
import { Select } from './select';
import { useShow } from './use-act';

/** What was decided, for all members; the secretariat records it. */
export function Decision({ accession }: { accession: AccessionView }) {
  const { t, formatDay } = useI18n();
  const { decisions, abilities, state } = accession;
  return (
    <section className="sec">
      <h2>{t('accessions.decision')}</h2>
      {decisions.length === 0 && <p className="soft">{t('accessions.noDecision')}</p>}
      {decisions.map((one) => (
        <article key={one.id} className="mt-3">
          <h3>{t(`accessions.outcomeDone.${one.outcome}`)}</h3>
          <p className="meta">
            {t(`accessions.body.${one.body}`)}. {one.session}, {formatDay(noonOf(one.on))}
          </p>
          <p className="pre mt-1">{one.words}</p>
        </article>
      ))}
      {abilities.manage && (state === 'open' || state === 'deferred') && <Decide key={decisions.length} accession={accession} />}
    </section>
  );
}

function Decide({ accession }: { accession: AccessionView }) {
  const { t, fieldProblem } = useI18n();
  const show = useShow();
  const [form, setForm] = useState(() => ({
    id: uuid(),
    outcome: 'accepted' as AccessionOutcome,
    body: 'assembly' as AccessionBody,
    session: '',
    on: todayOfMandates(),
    words: '',
  }));
  const change = (part: Partial<typeof form>) => setForm({ ...form, ...part });
  const decide = useFreshAct(
    () => api.post<AccessionView>(`/api/accessions/${accession.id}/decisions`, { ...form, version: accession.version }),
    (view) => show(view, t('accessions.recorded')),
  );
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    decide.run();
  };
  return (
    <form className="mt-4" onSubmit={submit} aria-label={t('accessions.decide')}>
      <p className="soft">{t('accessions.decideLead')}</p>
      {accession.lacking.length > 0 && (
        <Note kind="attention" icon="alert">
          {t('accessions.lackingTitle')} {accession.lacking.map((one) => t(`accessions.lacking.${one}`)).join(', ')}.
        </Note>
      )}
      <Select
        label={t('accessions.what')}
        value={form.outcome}
        options={AccessionOutcome.options.map((one) => [one, t(`accessions.outcome.${one}`)])}
        onChange={(outcome) => change({ outcome })}
      />
      <Select
        label={t('accessions.who')}
        value={form.body}
        options={AccessionBody.options.map((one) => [one, t(`accessions.body.${one}`)])}
        onChange={(body) => change({ body })}
      />
      <Line
        label={t('accessions.session')}
        problem={fieldProblem(decide.error, 'session')}
        hint={t('accessions.sessionHint')}
        value={form.session}
        onChange={(session) => change({ session })}
      />
      <Line label={t('accessions.on')} type="date" value={form.on} onChange={(on) => change({ on })} />
      <Area
        label={t('accessions.decisionWords')}
        problem={fieldProblem(decide.error, 'words')}
        rows={4}
        value={form.words}
        onChange={(words) => change({ words })}
      />
      <p className="mt-3">
        <button type="submit" className="btn btn-p" aria-disabled={decide.pending}>
          {t('accessions.decide')}
        </button>
      </p>
      <Problem error={decide.error} />
      {decide.asking}
    </form>
  );
}
