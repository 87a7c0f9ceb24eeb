import { APPEAL_OUTCOMES, AppealAnswerBody, type CaseView } from '@passerelle/contract';
import { type SyntheticEvent, useState } from 'react';
import { api } from '../../app/api';
import { useI18n } from '../../i18n';
import { ErrorNote, Icon } from '../../ui';
import { useCaseAct } from './case-act';

/** The second person answers an appeal in words. */
export function AnswerForm({ view }: { view: CaseView }) {
  const { t } = useI18n();
  const [outcome, setOutcome] = useState<(typeof APPEAL_OUTCOMES)[number]>('upheld');
  const [answer, setAnswer] = useState('');
  const [isMissing, setMissing] = useState(false);
  const body = { version: view.version, outcome, answer };
  const send = useCaseAct(view.id, () => api.post<CaseView>(`/api/moderation/cases/${view.id}/answer`, body));
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    const wrong = !AppealAnswerBody.safeParse(body).success;
    setMissing(wrong);
    if (wrong) document.getElementById('answer')?.focus();
    else send.mutate(undefined);
  };
  return (
    <form className="sec" aria-labelledby="answering" onSubmit={submit} noValidate>
      <hr className="filet" />
      <h3 id="answering">{t('moderation.answer')}</h3>
      <fieldset className="field">
        <legend className="lab">{t('moderation.outcome')}</legend>
        {APPEAL_OUTCOMES.map((one) => (
          <label key={one} className="opt">
            <input type="radio" name="outcome" checked={outcome === one} onChange={() => setOutcome(one)} />
            <span>{t(`moderation.outcomes.${one}`)}</span>
          </label>
        ))}
      </fieldset>
      <div className="field">
        <label htmlFor="answer">{t('moderation.answerWords')}</label>
        <textarea
          className="in"
          id="answer"
          rows={4}
          maxLength={4_000}
          value={answer}
          aria-invalid={isMissing}
          aria-describedby="answer-fault"
          onChange={(event) => setAnswer(event.target.value)}
        />
        {isMissing && (
          <p className="err" id="answer-fault">
            <Icon name="alert" small /> {t('moderation.missing.answer')}
          </p>
        )}
      </div>
      <p className="mt-4">
        <button type="submit" className="btn btn-p" disabled={send.isPending}>
          {t('moderation.answerDo')}
        </button>
      </p>
      {send.isError && <ErrorNote error={send.error} />}
    </form>
  );
}
