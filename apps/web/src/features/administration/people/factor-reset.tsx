import type { FactorResetBody, PersonView } from '@passerelle/contract';
import { useQueryClient } from '@tanstack/react-query';
import { type SyntheticEvent, useState } from 'react';
import { Link } from 'wouter';
import { api } from '../../../app/api';
import { useMe } from '../../../app/queries';
import { useI18n } from '../../../i18n';
import { announce, Sheet } from '../../../ui';
import { useFreshAct } from '../../../ui/fresh-sign-in';
import { ActProblem } from './act-problem';
import { personQuery } from './people.api';

const REASONS = ['lost', 'broken', 'replaced', 'other'] as const satisfies FactorResetBody['reason'][];

/** The second factor of somebody, and taking it off whoever has lost it. */
export function Factors({ person }: { person: PersonView }) {
  const { t } = useI18n();
  const me = useMe();
  const [asking, setAsking] = useState(false);
  const { totp, passkeys } = person.factors;
  const isOwn = person.accountId === me.account.id;
  return (
    <section className="sec">
      <h2>{t('factorReset.title')}</h2>
      {!totp && passkeys === 0 && <p className="soft mt-2">{t('factorReset.none')}</p>}
      {passkeys > 0 && <p className="mt-2">{t('factorReset.passkeys', { count: passkeys })}</p>}
      {totp && <p className="mt-2">{t('factorReset.totp')}</p>}
      {isOwn && (
        <p className="mt-2">
          {t('factorReset.own')} <Link href="/moi/securite">{t('factorReset.ownOpen')}</Link>
        </p>
      )}
      {!isOwn && (totp || passkeys > 0) && (
        <p className="mt-3">
          <button type="button" className="btn btn-q btn-x" onClick={() => setAsking(true)}>
            {t('factorReset.open')}
          </button>
        </p>
      )}
      {asking && <Reset person={person} onClose={() => setAsking(false)} />}
    </section>
  );
}

function Reset({ person, onClose }: { person: PersonView; onClose: () => void }) {
  const { t } = useI18n();
  const cache = useQueryClient();
  const [reason, setReason] = useState<FactorResetBody['reason'] | null>(null);
  const [note, setNote] = useState('');
  const reset = useFreshAct(
    (body: FactorResetBody) => api.post(`/api/accounts/${person.accountId}/second-factor/reset`, body),
    () => {
      announce(t('factorReset.done'));
      void cache.invalidateQueries({ queryKey: personQuery(person.id).queryKey });
      onClose();
    },
  );
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (reason) reset.run({ reason, note });
  };
  return (
    <Sheet title={t('factorReset.open')} onClose={onClose}>
      <form className="mt-3" onSubmit={submit}>
        <p>{t('factorReset.text')}</p>
        <fieldset className="mt-3">
          <legend className="lab">{t('factorReset.reason')}</legend>
          {REASONS.map((one) => (
            <label key={one} className="opt">
              <input type="radio" name="reason" required checked={reason === one} onChange={() => setReason(one)} />
              <span>{t(`factorReset.reasons.${one}`)}</span>
            </label>
          ))}
        </fieldset>
        <div className="field mt-3">
          <label htmlFor="reset-note">{t('factorReset.note')}</label>
          <p className="hint" id="reset-note-hint">
            {t('factorReset.noteHint')}
          </p>
          <textarea className="in" id="reset-note" rows={3} maxLength={500} value={note} aria-describedby="reset-note-hint" onChange={(event) => setNote(event.target.value)} />
        </div>
        <p className="row mt-4">
          <button type="submit" className="btn btn-p" aria-disabled={reset.pending}>
            {t('factorReset.do')}
          </button>
          <button type="button" className="btn btn-q" onClick={onClose}>
            {t('common.cancel')}
          </button>
        </p>
        {reset.error && <ActProblem error={reset.error} person={person.id} />}
      </form>
      {reset.asking}
    </Sheet>
  );
}
