import type { TransferLine } from '@passerelle/contract';
import { frenchTypography } from '@passerelle/text';
import { Link } from 'wouter';
import { useI18n } from '../../i18n';
import { Flag } from '../../ui';

/** The arcs of the map in words: from where to where, what, and how far it came. */
export function ExchangeList({ lines }: { lines: TransferLine[] }) {
  const { t } = useI18n();
  return (
    <ul className="list mt-3">
      {lines.map((line) => (
        <li key={line.id}>
          {line.country && <Flag country={line.country} />}
          <span>
            <Link href={`/reprises/${line.id}`}>
              {line.from.name} → {line.to}
            </Link>
            <span className="meta">{frenchTypography([line.title, line.year].filter(Boolean).join(', '))}</span>
          </span>
          <span className={line.state.startsWith('taken') ? 'num tag tag-ok' : 'num tag'}>{t(`practices.state.${line.state}`)}</span>
        </li>
      ))}
    </ul>
  );
}

/** What the map draws of it. */
export const exchangeOf = ({ from, to, latitude, longitude, state }: TransferLine) => ({ from, to: { name: to, latitude, longitude }, state });
