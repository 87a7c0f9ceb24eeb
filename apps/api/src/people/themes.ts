import { InvalidInput, type Sql } from '../platform/index.js';

/** @throws InvalidInput for a theme that the thesaurus doesn't know. */
export async function assertThemes(tx: Sql, themes: string[]): Promise<void> {
  const unknown = await tx.row('SELECT 1 FROM unnest($1::text[]) t(id) WHERE NOT EXISTS (SELECT 1 FROM theme WHERE theme.id = t.id)', [themes]);
  if (unknown) throw new InvalidInput('themes', 'not_found');
}
