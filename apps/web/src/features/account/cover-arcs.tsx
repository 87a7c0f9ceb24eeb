/** Cities along the deck from west to east, one arch per exchange that the sources note (apps/api/data/practices.json). */
const CITIES: [name: string, longitude: number, labelled: boolean][] = [
  ['Praia', -23.5, true], ['Dakar', -17.4, true], ['Nouakchott', -15.9, false], ['Kindia', -12.9, false], ['Abidjan', -4, false], ['Bobo-Dioulasso', -4.3, false], ['Ouagadougou', -1.5, true],
  ['Niamey', 2.1, false], ['Douala', 9.7, false], ['Yaoundé', 11.5, true], ["N'Djaména", 15, false], ['Bukavu', 28.9, true], ['Phnom Penh', 104.9, false], ['Hué', 107.6, true],
];
const EXCHANGES: [string, string][] = [
  ['Dakar', 'Ouagadougou'], ['Dakar', 'Niamey'], ['Dakar', 'Praia'], ['Dakar', 'Douala'], ['Yaoundé', 'Phnom Penh'], ['Yaoundé', 'Hué'], ['Yaoundé', 'Nouakchott'], ['Yaoundé', 'Ouagadougou'], ['Yaoundé', 'Kindia'],
  ['Yaoundé', 'Bukavu'], ['Bobo-Dioulasso', 'Abidjan'], ['Douala', "N'Djaména"],
];
const WIDTH = 720;
const HEIGHT = 300;
const PAD = 26;
const DECK = HEIGHT - 26;

function placeCities(): Map<string, number> {
  const ordered = [...CITIES].sort((a, b) => a[1] - b[1]);
  const west = ordered[0]?.[1] ?? 0;
  const span = (ordered.at(-1)?.[1] ?? 1) - west;
  // Mostly evenly spaced, a little by longitude: the order is true, the labels stay readable.
  return new Map(ordered.map(([name, longitude], k) => [name, PAD + (WIDTH - 2 * PAD) * ((0.72 * k) / (ordered.length - 1) + (0.28 * (longitude - west)) / span)]));
}

export function CoverArcs({ label }: { label: string }) {
  const places = placeCities();
  const x = (city: string) => places.get(city) ?? 0;
  const longest = Math.max(...EXCHANGES.map(([a, b]) => Math.abs(x(a) - x(b))));
  return (
    <svg className="arcs" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      <path className="deck" d={`M0 ${DECK}h${WIDTH}`} />
      {EXCHANGES.map(([a, b]) => {
        const width = Math.abs(x(a) - x(b));
        const height = (HEIGHT - 34) * (width / longest) ** 0.8;
        return <path key={a + b} d={`M${Math.min(x(a), x(b)).toFixed(1)} ${DECK}a${(width / 2).toFixed(1)} ${height.toFixed(1)} 0 0 1 ${width.toFixed(1)} 0`} />;
      })}
      {CITIES.map(([name]) => (
        <circle key={name} cx={x(name).toFixed(1)} cy={DECK} r="4.5" />
      ))}
      {CITIES.filter(([, , labelled]) => labelled).map(([name]) => (
        <text key={name} x={x(name).toFixed(1)} y={HEIGHT - 5} textAnchor={x(name) < 40 ? 'start' : x(name) > WIDTH - 40 ? 'end' : 'middle'} dx={x(name) < 40 ? -6 : 0}>
          {name}
        </text>
      ))}
    </svg>
  );
}
