import type { ReportBody } from '@passerelle/contract';
import { useMutation } from '@tanstack/react-query';
import { type SyntheticEvent, useState } from 'react';
import { v7 as uuid } from 'uuid';
import { ApiProblem, api } from '../app/api';
import { useI18n } from '../i18n';
import { Note } from './graphics';
import { ErrorNote, Sheet } from './parts';

type Kind = ReportBody['targetKind'];
const WORDS = ['off-topic', 'disrespect', 'personal-data', 'false', 'advertising', 'other'] as const;
const REASONS = { post: WORDS, thread: WORDS, practice: WORDS, profile: ['impersonation', 'false', 'disrespect', 'personal-data', 'other'] } as const satisfies Record<Kind, readonly string[]>;

/** Says to moderation that something is wrong, and why. `targetId`: as the server takes it. */
export default function ReportSheet({ kind, targetId, onClose }: { kind: Kind; targetId: string; onClose: () => void }) {
  const { t } = useI18n();
  const [id] = useState(() => uuid());
  const [reason, setReason] = useState<(typeof REASONS)[Kind][number]>(REASONS[kind][0]);
  const [text, setText] = useState('');
  const [tellModerator, setTell] = useState(false);
  const report = useMutation({ mutationFn: () => api.post('/api/reports', { id, targetKind: kind, targetId, reason, text, tellModerator }) });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    report.mutate();
  };
  // In a confidential space nobody may decide on this: the reporter may let one moderator outside read it.
  const alone = report.error instanceof ApiProblem && report.error.code === 'no-other-judge';
  return (
    <Sheet title={t(`forum.report.title.${kind}`)} onClose={onClose}>
      {report.isSuccess ? (
        <div className="body">
          <Note icon="check" role="status">
            {t('forum.report.done')}
          </Note>
        </div>
      ) : (
        <form onSubmit={submit}>
          <fieldset>
            <legend className="lab">{t('forum.report.reason')}</legend>
            {REASONS[kind].map((one) => (
              <label key={one} className="opt">
                <input type="radio" name="reason" checked={reason === one} onChange={() => setReason(one)} />
                <span>{t(`forum.report.reasons.${one}`)}</span>
              </label>
            ))}
          </fieldset>
          <label className="mt-3" htmlFor="report-text">
            {t('forum.report.text')}
          </label>
          <p className="hint">{t('forum.report.textHint')}</p>
          <textarea className="in" id="report-text" rows={3} maxLength={2_000} value={text} onChange={(event) => setText(event.target.value)} />
          {report.isError && <ErrorNote error={report.error} />}
          {alone && (
            <label className="opt">
              <input type="checkbox" checked={tellModerator} onChange={(event) => setTell(event.target.checked)} />
              <span>{t('forum.report.tellModerator')}</span>
            </label>
          )}
          <p className="mt-4">
            <button type="submit" className="btn btn-p" disabled={report.isPending}>
              {t('forum.report.send')}
            </button>
          </p>
        </form>
      )}
    </Sheet>
  );
}
