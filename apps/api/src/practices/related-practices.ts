import { Injectable } from '@nestjs/common';
import type { RelatedPractice } from '@passerelle/contract';
import { Database } from '../platform/index.js';
import { EventTail } from '../realtime/index.js';
import type { CommittedContent } from './practice-store.js';
import { PRACTICE_COLUMNS, PRACTICE_FROM, type PracticeColumns, presentPractice } from './practice.presenter.js';
import { inLibrary } from './practice.visibility.js';

const SHOWN = 3;
const REMEMBERED = 2_000;
const CHANGES_LIBRARY = /^(practice\.(published|edited|closed)|transfer\.)/;

/**
 * Practices near another: most shared concepts first, with what is shared. Every reader of a page gets the same ones, so
 * they are kept until the event log tells of a change in the library, by whichever process.
 */
@Injectable()
export class RelatedPractices {
  private readonly known = new Map<string, RelatedPractice[]>();
  private epoch = 0;

  constructor(
    private readonly database: Database,
    tail: EventTail,
  ) {
    tail.subscribe(async (events) => {
      if (!events.some((event) => CHANGES_LIBRARY.test(event.type))) return;
      this.epoch++;
      this.known.clear();
    });
  }

  async of({ id, version, content }: CommittedContent, guest: boolean): Promise<RelatedPractice[]> {
    const key = `${id} ${version} ${guest}`;
    const known = this.known.get(key);
    if (known) return known;
    const { epoch } = this;
    const rows = await this.database.rows<PracticeColumns & { shared: string[]; same_theme: boolean }>(NEAREST, [id, content.concepts, content.theme, guest]);
    const related = rows.map((row): RelatedPractice => {
      const { id: other, ref, title, city } = presentPractice(row);
      return { id: other, ref, title, city, sharedConcepts: row.shared, sameTheme: row.same_theme };
    });
    if (this.known.size >= REMEMBERED) this.known.clear();
    // What was read before a change must not outlive it.
    if (epoch === this.epoch) this.known.set(key, related);
    return related;
  }
}

const NEAREST = `
  SELECT ${PRACTICE_COLUMNS}, ARRAY(SELECT unnest(p.concepts) INTERSECT SELECT unnest($2::text[]) ORDER BY 1) AS shared, p.theme_id IS NOT DISTINCT FROM $3 AS same_theme ${PRACTICE_FROM}
  WHERE ${inLibrary('p', '$4')} AND p.id <> $1 AND p.concepts && $2::text[]
  ORDER BY cardinality(ARRAY(SELECT unnest(p.concepts) INTERSECT SELECT unnest($2::text[]))) DESC, (p.theme_id = $3) DESC, p.ref LIMIT ${SHOWN}`;
