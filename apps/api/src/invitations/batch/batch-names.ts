import { fold } from '@passerelle/text';
import type { Actor, Sql } from '../../platform/index.js';

/** What a name in a file may mean: nothing, one thing, or several. */
export type Meaning = { slug: string } | 'unknown' | 'ambiguous';

/** Looks names up as offices write them: by slug, or by name without regard to accents and capitals. */
export class Names {
  private readonly slugs = new Set<string>();
  private readonly byName = new Map<string, Set<string>>();

  constructor(entries: { slug: string; names: string[] }[]) {
    for (const { slug, names } of entries) {
      this.slugs.add(slug);
      for (const name of names) this.byName.set(fold(name), (this.byName.get(fold(name)) ?? new Set()).add(slug));
    }
  }

  find(text: string): Meaning {
    if (this.slugs.has(text)) return { slug: text };
    const [first, second] = this.byName.get(fold(text)) ?? [];
    return first === undefined ? 'unknown' : second === undefined ? { slug: first } : 'ambiguous';
  }
}

/** Cities and associations; a city is told from its namesake as "Saint-Louis, Sénégal". */
export async function namesOfOrganisations(sql: Sql): Promise<Names> {
  const rows = await sql.rows<{ slug: string; name: string; country_name: string; country: string }>('SELECT slug, name, country_name, country FROM organisation');
  return new Names(rows.map(({ slug, name, country_name, country }) => ({ slug, names: [name, `${name}, ${country_name}`, `${name}, ${country}`] })));
}

/** Spaces that the inviter reads: the others have no name here. */
export async function namesOfSpaces(sql: Sql, actor: Actor): Promise<Names> {
  const rows = await sql.rows<{ slug: string; fr: string; en: string }>('SELECT slug, name_fr AS fr, name_en AS en FROM space WHERE id = ANY($1::uuid[])', [actor.spaceIds]);
  return new Names(rows.map(({ slug, fr, en }) => ({ slug, names: [fr, en] })));
}
