import { type ReactNode, useState } from 'react';
import { useI18n } from '../i18n';
import { ErrorNote } from './parts';

interface Act {
  mutate: (nothing: undefined) => void;
  isPending: boolean;
  error: unknown;
}

/** A button that asks once more before an act which is hard to take back. */
export function Sure({ label, question, yes, act }: { label: ReactNode; question: string; yes: string; act: Act }) {
  const { t } = useI18n();
  // Null until it was asked once: after "no" the focus goes back to where it was.
  const [asked, setAsked] = useState<boolean | null>(null);
  if (!asked)
    return (
      <button type="button" className="btn btn-q" autoFocus={asked === false} onClick={() => setAsked(true)}>
        {label}
      </button>
    );
  return (
    <div className="note" role="group">
      <div>
        <p>{question}</p>
        {act.error !== null && <ErrorNote error={act.error} />}
        <div className="row mt-2">
          <button type="button" className="btn btn-x" autoFocus disabled={act.isPending} onClick={() => act.mutate(undefined)}>
            {yes}
          </button>
          <button type="button" className="btn" onClick={() => setAsked(false)}>
            {t('common.cancel')}
          </button>
        </div>
      </div>
    </div>
  );
}
