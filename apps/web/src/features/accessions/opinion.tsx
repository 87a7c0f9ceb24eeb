import { type AccessionView, CapitalOpinion } from '@passerelle/contract';
import { type SyntheticEvent, useState } from 'react';
import { api } from '../../app/api';
import { useI18n } from '../../i18n';
import { Area, Line } from '../../ui/fields';
import { noonOf, todayOfMandates } from '../../ui/days';
import { Problem } from './problem';
import { Select } from './select';
import { useAct } from './use-act';

/** What the capital of the State says: asked by the secretariat, given by whoever signs for the capital or recorded from a letter. */
export function Opinion({ accession }: { accession: AccessionView }) {
  const { t } = useI18n();
  const { opinion, abilities, state } = accession;
  const isWaiting = state === 'open' || state === 'deferred';
  // What is being typed stays while other things of the file move.
  const isGiven = opinion.state === 'given';
  const takesOpinion = isWaiting && opinion.state !== 'not-needed';
  return (
    <section className="sec">
      <h2>{t('accessions.opinion')}</h2>
      <p>
        {t(`accessions.opinionState.${opinion.state}`)} {opinion.capital && t('accessions.capital', { city: opinion.capital.name })}
      </p>
      {opinion.state !== 'not-needed' && (
        <p className="meta mt-1">
          {t('accessions.noVeto')} {opinion.state === 'given' && !opinion.given && t('accessions.opinionHidden')}
        </p>
      )}
      <Given accession={accession} />
      {takesOpinion && abilities.manage && !opinion.capital && <p className="soft mt-2">{t('accessions.noCapital')}</p>}
      {takesOpinion && abilities.manage && opinion.state === 'not-asked' && <Ask accession={accession} />}
      {takesOpinion && abilities.giveOpinion && <Give key={`own ${isGiven}`} accession={accession} byLetter={false} />}
      {takesOpinion && abilities.manage && (
        <details className="facet mt-4">
          <summary>{t('accessions.giveLetter')}</summary>
          <Give key={`letter ${isGiven}`} accession={accession} byLetter />
        </details>
      )}
    </section>
  );
}

function Given({ accession: { opinion } }: { accession: AccessionView }) {
  const { t, formatDay } = useI18n();
  const { given } = opinion;
  if (!given) return null;
  return (
    <blockquote className="mt-3">
      <p>
        <b>{t(`accessions.value.${given.opinion}`)}</b>
      </p>
      <p className="pre mt-1">{given.words}</p>
      <p className="meta mt-1">
        {t(given.letter ? 'accessions.byLetter' : 'accessions.by', { by: given.by, day: formatDay(noonOf(given.on)) })}
      </p>
    </blockquote>
  );
}

function Ask({ accession }: { accession: AccessionView }) {
  const { t } = useI18n();
  const ask = useAct(
    accession.id,
    (_: void, version) => api.post<AccessionView>(`/api/accessions/${accession.id}/opinion-request`, { version }),
    t('accessions.asked'),
  );
  return (
    <>
      <p className="mt-3">
        <button type="button" className="btn btn-p" disabled={ask.isPending} onClick={() => ask.mutate()}>
          {t(accession.opinion.capital ? 'accessions.ask' : 'accessions.askLetter')}
        </button>
      </p>
      <Problem error={ask.error} />
    </>
  );
}

function Give({ accession, byLetter }: { accession: AccessionView; byLetter: boolean }) {
  const { t, fieldProblem } = useI18n();
  const [form, setForm] = useState({ opinion: 'favourable' as CapitalOpinion, words: '', from: '', on: todayOfMandates() });
  const change = (part: Partial<typeof form>) => setForm({ ...form, ...part });
  const { opinion, words, from, on } = form;
  const give = useAct(
    accession.id,
    (_: void, version) =>
      api.put<AccessionView>(`/api/accessions/${accession.id}/opinion`, {
        version,
        opinion,
        words,
        letter: byLetter ? { from, on } : null,
      }),
    t('accessions.given'),
  );
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (!give.isPending) give.mutate();
  };
  return (
    <form className="mt-4" onSubmit={submit} aria-label={t(byLetter ? 'accessions.giveLetter' : 'accessions.give')}>
      {!byLetter && <h3>{t('accessions.give')}</h3>}
      <Select
        label={t('accessions.yourOpinion')}
        value={opinion}
        options={CapitalOpinion.options.map((one) => [one, t(`accessions.value.${one}`)])}
        onChange={(one) => change({ opinion: one })}
      />
      <Area
        label={t('accessions.words')}
        problem={fieldProblem(give.error, 'words')}
        rows={4}
        value={words}
        onChange={(text) => change({ words: text })}
      />
      {byLetter && (
        <>
          <Line
            label={t('accessions.letterFrom')}
            problem={fieldProblem(give.error, 'letter.from')}
            value={from}
            onChange={(text) => change({ from: text })}
          />
          <Line label={t('accessions.letterOn')} type="date" value={on} onChange={(day) => change({ on: day })} />
        </>
      )}
      <p className="mt-3">
        <button type="submit" className="btn btn-p" aria-disabled={give.isPending}>
          {t('accessions.giveDo')}
        </button>
      </p>
      <Problem error={give.error} />
    </form>
  );
}
