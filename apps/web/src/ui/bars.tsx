import { useI18n } from '../i18n';
import './bars.css';

export interface Bar {
  label: string;
  value: number;
  /** Part of the value that is shown full; the rest is lighter. */
  full?: number;
}

/** Pixels: the name above its bar, so that neither is cut on a phone. */
const ROW = 42;
const BAR_TOP = 20;
const BAR = 14;
/** Percent of the width that the longest bar takes; its figure stands after it. */
const LONGEST = 86;

/** Horizontal bars: a picture for the eye, with the same figures as a table behind. */
export function Bars({ title, bars, columns }: { title: string; bars: Bar[]; columns: [label: string, value: string, full?: string] }) {
  const { formatNumber, t } = useI18n();
  const max = Math.max(1, ...bars.map((bar) => bar.value));
  const length = (value: number) => `${(value / max) * LONGEST}%`;
  const [labelName, valueName, fullName] = columns;
  return (
    <figure className="plot">
      <figcaption>
        <h3>{title}</h3>
        {fullName && <p className="meta">{t('transfers.shades', { full: fullName, all: valueName })}</p>}
      </figcaption>
      <svg height={bars.length * ROW} role="img" aria-label={`${title}, ${bars.map((bar) => `${bar.label} ${formatNumber(bar.value)}`).join(', ')}`}>
        {bars.map((bar, index) => {
          const top = index * ROW;
          return (
            <g key={bar.label}>
              <text y={top + 14}>{bar.label}</text>
              <rect className={bar.full === undefined ? 'bar' : 'bar bar-l'} y={top + BAR_TOP} height={BAR} width={length(bar.value)} rx={2} />
              {bar.full !== undefined && bar.full > 0 && <rect className="bar" y={top + BAR_TOP} height={BAR} width={length(bar.full)} rx={2} />}
              <text x={length(bar.value)} dx={6} y={top + BAR_TOP + 12}>
                {formatNumber(bar.value)}
              </text>
            </g>
          );
        })}
      </svg>
      <details className="facet">
        <summary>{t('transfers.table')}</summary>
        <table className="res">
          <thead>
            <tr>
              <th scope="col">{labelName}</th>
              <th scope="col">{valueName}</th>
              {fullName && <th scope="col">{fullName}</th>}
            </tr>
          </thead>
          <tbody>
            {bars.map((bar) => (
              <tr key={bar.label}>
                <th scope="row">{bar.label}</th>
                <td>{formatNumber(bar.value)}</td>
                {fullName && <td>{formatNumber(bar.full ?? 0)}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}
