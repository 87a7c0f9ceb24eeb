/** Cities along the deck from west to east, one arch per exchange that the sources note (apps/api/data/practices.json). */
const CITIES: [name: string, longitude: number][] = [
  ['Praia', -23.5],
  ['Dakar', -17.4],
  ['Nouakchott', -15.9],
  ['Kindia', -12.9],
  ['Abidjan', -4],
  ['Bobo-Dioulasso', -4.3],
  ['Ouagadougou', -1.5],
  ['Niamey', 2.1],
  ['Douala', 9.7],
  ['Yaoundé', 11.5],
  ["N'Djaména", 15],
  ['Bukavu', 28.9],
  ['Phnom Penh', 104.9],
  ['Hué', 107.6],
];
const EXCHANGES: [string, string][] = [
  ['Dakar', 'Ouagadougou'],
  ['Dakar', 'Niamey'],
  ['Dakar', 'Praia'],
  ['Dakar', 'Douala'],
  ['Yaoundé', 'Phnom Penh'],
  ['Yaoundé', 'Hué'],
  ['Yaoundé', 'Nouakchott'],
  ['Yaoundé', 'Ouagadougou'],
  ['Yaoundé', 'Kindia'],
  ['Yaoundé', 'Bukavu'],
  ['Bobo-Dioulasso', 'Abidjan'],
  ['Douala', "N'Djaména"],
];
const WIDE = { width: 720, height: 300, pad: 26, labelled: ['Praia', 'Dakar', 'Ouagadougou', 'Yaoundé', 'Bukavu', 'Hué'] };
const COMPACT = { width: 340, height: 130, pad: 14, labelled: ['Praia', 'Yaoundé', 'Hué'] };
/** Room below the deck for the names. */
const FOOT = 26;
const EDGE = 40;

function placeCities({ width, pad }: typeof WIDE): Map<string, number> {
  const ordered = [...CITIES].sort((a, b) => a[1] - b[1]);
  const west = ordered[0]?.[1] ?? 0;
  const span = (ordered.at(-1)?.[1] ?? 1) - west;
  // Mostly evenly spaced, a little by longitude: the order is true, the labels stay readable.
  return new Map(
    ordered.map(([name, longitude], k) => [
      name,
      pad + (width - 2 * pad) * ((0.72 * k) / (ordered.length - 1) + (0.28 * (longitude - west)) / span),
    ]),
  );
}

/** The cover's figure; compact on phones, where six names would not be readable. */
export function CoverArcs({ label, compact = false }: { label: string; compact?: boolean }) {
  const size = compact ? COMPACT : WIDE;
  const deck = size.height - FOOT;
  const places = placeCities(size);
  const x = (city: string) => places.get(city) ?? 0;
  const longest = Math.max(...EXCHANGES.map(([a, b]) => Math.abs(x(a) - x(b))));
  return (
    <svg className="arcs" viewBox={`0 0 ${size.width} ${size.height}`} role="img" aria-label={label}>
      <path className="deck" d={`M0 ${deck}h${size.width}`} />
      {EXCHANGES.map(([a, b]) => {
        const width = Math.abs(x(a) - x(b));
        const height = (size.height - FOOT - 8) * (width / longest) ** 0.8;
        return (
          <path
            key={a + b}
            d={`M${Math.min(x(a), x(b)).toFixed(1)} ${deck}a${(width / 2).toFixed(1)} ${height.toFixed(1)} 0 0 1 ${width.toFixed(1)} 0`}
          />
        );
      })}
      {CITIES.map(([name]) => (
        <circle key={name} cx={x(name).toFixed(1)} cy={deck} r="4.5" />
      ))}
      {size.labelled.map((name) => (
        <text
          key={name}
          x={x(name).toFixed(1)}
          y={size.height - 5}
          textAnchor={x(name) < EDGE ? 'start' : x(name) > size.width - EDGE ? 'end' : 'middle'}
          dx={x(name) < EDGE ? -6 : 0}
        >
          {name}
        </text>
      ))}
    </svg>
  );
}
