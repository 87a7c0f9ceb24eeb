export interface Figure {
  scenario: string;
  figure: string;
  value: number;
  unit: string;
  n: number;
}

const figures: Figure[] = [];

/** Notes a figure and prints it as one JSON line. */
export function report(scenario: string, figure: string, value: number, unit: string, n: number): void {
  const line = { scenario, figure, value: Math.round(value * 1000) / 1000, unit, n };
  figures.push(line);
  console.log(JSON.stringify(line));
}

interface Bound {
  atLeast?: number;
  atMost?: number;
  above?: number;
  below?: number;
}
const missed: string[] = [];

/** Notes a figure that must keep within a bound. */
export function reportBound(scenario: string, figure: string, value: number, unit: string, n: number, { atLeast = -Infinity, atMost = Infinity, above = -Infinity, below = Infinity }: Bound): void {
  report(scenario, figure, value, unit, n);
  if (!(value >= atLeast && value <= atMost && value > above && value < below)) missed.push(`${scenario}, ${figure}: ${value}`);
}

/** Says which figures do not keep within their bounds. @returns whether all do. */
export function boundsAreKept(): boolean {
  for (const line of missed) console.error(`Out of bounds: ${line}`);
  return missed.length === 0;
}

/** All figures of this run as a table. */
export function printTable(): void {
  const rows = figures.map(({ scenario, figure, value, unit, n }) => [scenario, figure, String(value), unit, String(n)]);
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0), 6));
  console.log('');
  for (const row of [['scenario', 'figure', 'value', 'unit', 'n'], ...rows])
    console.log(row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '));
}

/** The value below which `share` (0…1) of the sorted copy lies. */
export function percentile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

export const median = (values: number[]) => percentile(values, 0.5);
