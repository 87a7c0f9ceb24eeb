import type { OnBehalf } from '@passerelle/contract';
import type { ReactNode } from 'react';
import { useI18n } from '../i18n';
import { Icon } from './graphics';
import { ForWhom } from './on-behalf';
import { Sheet } from './parts';

interface HistoryLine {
  action: string;
  function: string;
  at: string;
  reason: string;
  onBehalf: OnBehalf | null;
}

/** What was done with an entry, in the order given; `done` puts the action into words. */
export function History({ lines, done }: { lines: HistoryLine[]; done: (action: string) => string }) {
  const { t, formatDateTime } = useI18n();
  if (lines.length === 0) return null;
  return (
    <details className="facet">
      <summary>
        {t('entry.history')} <Icon name="down" small />
      </summary>
      <ul className="list">
        {lines.map((line, index) => (
          <li key={index}>
            <div>
              {done(line.action)}
              <span className="meta">
                {[line.function, formatDateTime(line.at)].filter(Boolean).join(', ')}
              </span>
              <ForWhom onBehalf={line.onBehalf} />
              {line.reason && <p className="pre">{line.reason}</p>}
            </div>
          </li>
        ))}
      </ul>
    </details>
  );
}

interface StepSheetProps {
  label: string;
  take: { isPending: boolean; mutate: () => void };
  onClose: () => void;
  /** Ends or takes away something. */
  destructive?: boolean;
  /** What to do before the step can be taken, in its place. */
  before?: ReactNode;
  children: ReactNode;
}

/** Says what a step means and asks for what it needs; one button takes it, the other leaves all as it is. */
export function StepSheet({ label, take, onClose, destructive = false, before, children }: StepSheetProps) {
  const { t } = useI18n();
  return (
    <Sheet
      title={label}
      onClose={onClose}
      footer={
        <div className="row">
          {before || (
            <button type="button" className={destructive ? 'btn btn-x' : 'btn btn-p'} disabled={take.isPending} onClick={() => take.mutate()}>
              {label}
            </button>
          )}
          <button type="button" className="btn btn-q" onClick={onClose}>
            {t('common.cancel')}
          </button>
        </div>
      }
    >
      <div className="inset">{children}</div>
    </Sheet>
  );
}
