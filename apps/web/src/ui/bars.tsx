import { useI18n } from '../i18n';
import './bars.css';

export interface Bar {
  label: string;
  value: number;
  /** Part of the value that is shown full; the rest is lighter. */
  full?: number;
  href?: string;
}

const ROW = 26;
const LABEL = 220;
const WIDTH = 560;

/** Horizontal bars, longest label first read: a picture for the eye, with the same figures as a table behind. */
export function Bars({ title, bars, columns }: { title: string; bars: Bar[]; columns: [label: string, value: string, full?: string] }) {
  const { formatNumber, t } = useI18n();
  const max = Math.max(1, ...bars.map((bar) => bar.value));
  const length = (value: number) => (value / max) * (WIDTH - LABEL - 50);
  const [labelName, valueName, fullName] = columns;
  return (
    <figure className="plot">
      <figcaption>
        <h3>{title}</h3>
      </figcaption>
      <svg
        viewBox={`0 0 ${WIDTH} ${bars.length * ROW}`}
        role="img"
        aria-label={`${title} : ${bars.map((bar) => `${bar.label} ${formatNumber(bar.value)}`).join(', ')}`}
      >
        {bars.map((bar, index) => (
          <g key={bar.label} transform={`translate(0 ${index * ROW})`}>
            <text x={LABEL - 8} y={17} textAnchor="end">
              {bar.label.length > 29 ? `${bar.label.slice(0, 28)}…` : bar.label}
            </text>
            <rect className={bar.full === undefined ? 'bar' : 'bar bar-l'} x={LABEL} y={4} height={18} width={length(bar.value)} rx={2} />
            {bar.full !== undefined && bar.full > 0 && <rect className="bar" x={LABEL} y={4} height={18} width={length(bar.full)} rx={2} />}
            <text x={LABEL + length(bar.value) + 6} y={17}>
              {formatNumber(bar.value)}
            </text>
          </g>
        ))}
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
