import { v7 as uuid } from 'uuid';
import type { TestApp } from '../support/app.js';
import type { Member } from './forum.js';
import { buildThemeSpace } from './projects.js';

/** A theme and a concept `essai`, their space, and a practice `essai-STATE` for the city of each owner, from a public source. */
export async function buildTrialLibrary(app: TestApp, owners: Record<string, Member>): Promise<void> {
  await app.database.run(`INSERT INTO theme (id, name_fr, name_en, position) VALUES ('essai', 'Essai', 'Trial', 1)`);
  await app.database.run(`INSERT INTO concept (id, theme_id, name_fr, name_en) VALUES ('essai', 'essai', 'Essai', 'Trial')`);
  await buildThemeSpace(app, 'essai');
  for (const [state, { organisationId }] of Object.entries(owners))
    await app.database.run(
      `INSERT INTO practice (id, ref, organisation_id, city_name, country, title, summary, language, theme_id, cost_range, source_url, state)
       VALUES ($1, 'essai-' || $2, $3, 'Ville', 'CM', 'Une pratique', 'Un résumé', 'fr', 'essai', 'unknown', 'https://exemple.test', $2)`,
      [uuid(), state, organisationId],
    );
}
