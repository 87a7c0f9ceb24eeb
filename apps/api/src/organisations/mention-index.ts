import { Inject, Injectable } from '@nestjs/common';
import type { MentionTarget } from '@passerelle/contract';
import { fold, functionOfCity } from '@passerelle/text';
import type { MentionMatch } from '@passerelle/text/markdown';
import { Database, inForce, type Sql } from '../platform/index.js';

const MAX_WORDS = 16;
const REFRESH_MS = 10 * 60_000;

export interface Mentioned {
  organisationId: string;
  function: string;
}

interface Target extends MentionTarget {
  organisationId: string;
}

/** Who can be mentioned: every member organisation and the functions held there. Small enough to stay in memory. */
@Injectable()
export class MentionIndex {
  private targets: Target[] = [];
  private byLabel = new Map<string, Target>();
  private loadedAt = 0;
  private epoch = 0;
  private version = '0';

  constructor(@Inject(Database) private readonly database: Pick<Sql, 'rows'>) {}

  /** The list that clients keep on the device, with a version to compare. */
  async list(): Promise<{ items: MentionTarget[]; version: string }> {
    await this.refresh();
    return { items: this.targets.map(({ organisationId: _, ...target }) => target), version: this.version };
  }

  /** Loads the list when it is old; call before matching. */
  async refresh(): Promise<void> {
    if (Date.now() - this.loadedAt < REFRESH_MS) return;
    const epoch = this.epoch;
    this.targets = await this.database.rows<Target & Record<string, unknown>>(TARGETS);
    for (const target of this.targets) target.label = target.function ? functionOfCity(target.function, target.organisation) : target.organisation;
    this.byLabel = new Map(
      this.targets.flatMap((target) => {
        const names = [target.label, ...(target.function ? [`${target.function} ${target.organisation}`, `${target.function} d ${target.organisation}`, `${target.function} de ${target.organisation}`] : [])];
        return names.map((name) => [fold(name), target] as const);
      }),
    );
    const now = Date.now();
    this.version = String(now);
    // Functions changed while we read: what we hold may be from before.
    if (epoch === this.epoch) this.loadedAt = now;
  }

  /** Functions changed: the next refresh reads the table again. */
  forget(): void {
    this.epoch++;
    this.loadedAt = 0;
  }

  /** A matcher for one text that remembers whom it met, by longest label first. */
  matcher(): { match: (text: string) => MentionMatch | null; mentioned: () => Mentioned[] } {
    const met = new Map<string, Mentioned>();
    const match = (text: string): MentionMatch | null => {
      const ends = [...text.matchAll(/[\p{L}\p{N}]+/gu)].slice(0, MAX_WORDS).map((word) => word.index + word[0].length);
      // Only what follows `@` directly, on the same line, can be a label.
      if (!/^[\p{L}\p{N}]/u.test(text)) return null;
      const line = text.search(/\n/);
      for (const end of ends.reverse()) {
        if (line !== -1 && end > line) continue;
        const target = this.byLabel.get(fold(text.slice(0, end)));
        if (!target) continue;
        met.set(`${target.organisationId} ${target.function ?? ''}`, { organisationId: target.organisationId, function: target.function ?? '' });
        return { length: end, href: `/villes/${target.organisationSlug}` };
      }
      return null;
    };
    return { match, mentioned: () => [...met.values()] };
  }
}

// Functions come from mandates in force, in any space: an office is public within the network, membership of a space is not.
const TARGETS = `
  SELECT NULL AS function, o.id AS "organisationId", o.name AS organisation, o.slug AS "organisationSlug", o.country, o.country_name AS "countryName", '' AS label
  FROM organisation o
  UNION ALL
  SELECT DISTINCT m.function, o.id, o.name, o.slug, o.country, o.country_name, ''
  FROM mandate m JOIN organisation o ON o.id = m.organisation_id
  WHERE ${inForce('m')}
  ORDER BY 3, 1 NULLS FIRST`;
