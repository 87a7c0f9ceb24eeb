import { moneyOf, ProjectContent, type ProjectStage } from '@passerelle/contract';
import { type Actor, inOffice, NotFound, preparesOnly, signsBy, type Sql, themeOf } from '../platform/index.js';
import { peopleOf } from './capacity.js';
import type { ProjectFacts } from './project.policy.js';
import { assertMember } from './project.visibility.js';

export interface StoredProject extends ProjectFacts {
  id: string; ref: string; version: number; content: ProjectContent; following: boolean;
  /** By which the actor signs here for another; null in their own right. */
  delegation: string | null;
  lastAction: { action: string; person: string } | null;
}

interface Row extends Record<string, unknown> {
  id: string; ref: string; version: number; content: unknown; stage: ProjectStage; stage_before: ProjectStage | null; organisation_id: string; joined: boolean; prepares_only: boolean; delegation: string | null; following: boolean;
  last_action: StoredProject['lastAction'];
}

/** Ids of the cities of project `p`: the lead and those that have joined. */
export const CITIES_OF = (project: string) => `SELECT organisation_id FROM project WHERE id = ${project} UNION SELECT organisation_id FROM project_city WHERE project_id = ${project} AND left_at IS NULL`;

/** Account `account` follows project `p`: by its own choice, or because its city `organisation` takes part. The reader's twin of FOLLOWERS. */
export const follows = (p: string, account: string, organisation: string) =>
  `coalesce((SELECT f.following FROM project_follow f WHERE f.project_id = ${p}.id AND f.account_id = ${account}), ${organisation} IN (${CITIES_OF(`${p}.id`)}), false)`;

const SELECT = `
  SELECT p.id, p.ref, p.version, p.content, p.stage, p.stage_before, p.organisation_id, ${preparesOnly('$3', themeOf('p.theme_id'))} AS prepares_only, ${signsBy('$3', themeOf('p.theme_id'))} AS delegation,
    EXISTS (SELECT 1 FROM project_city c WHERE c.project_id = p.id AND c.organisation_id = $2 AND c.left_at IS NULL) AS joined,
    ${follows('p', '$4', '$2')} AS following,
    (SELECT jsonb_build_object('action', x.action, 'person', x.actor_person_id) FROM project_transition x WHERE x.project_id = p.id ORDER BY x.at DESC, x.id DESC LIMIT 1) AS last_action
  FROM project p WHERE p.ref = $1`;

/** A project with what decides about the actor's part in it. @throws NotFound when absent, and for guests. */
export async function loadProject(sql: Sql, actor: Actor, ref: string, { lock = false } = {}): Promise<StoredProject> {
  assertMember(actor);
  // A lock of its own first: what a statement reads of other tables is older than the lock for which it waited.
  if (lock) await sql.run('SELECT 1 FROM project WHERE ref = $1 FOR UPDATE', [ref]);
  const row = await sql.row<Row>(SELECT, [ref, actor.capacity?.organisationId ?? null, actor.capacity?.mandateId ?? null, actor.accountId]);
  if (!row) throw new NotFound();
  return {
    id: row.id, ref: row.ref, version: row.version, content: ProjectContent.parse(row.content), stage: row.stage, before: row.stage_before, organisationId: row.organisation_id, joined: row.joined,
    preparesOnly: row.prepares_only, delegation: row.delegation, following: row.following, lastAction: row.last_action,
  };
}

/** Columns that lists and filters read, drawn from the sheet, in the order of DERIVED. */
export function derivedColumns(content: ProjectContent): unknown[] {
  const { calendar } = content;
  const money = moneyOf(content);
  return [
    JSON.stringify(content), content.title, content.language, content.theme, content.concepts, [...new Set(content.sought.map((item) => item.kind))], calendar.start, calendar.end, money.budget, content.currency,
    money.citiesShare, calendar.milestones.filter((milestone) => milestone.done).length, calendar.milestones.length,
  ];
}
export const DERIVED = ['content', 'title', 'language', 'theme_id', 'concepts', 'sought', 'starts', 'ends', 'budget', 'currency', 'cities_share', 'milestones_done', 'milestones_total'];

/** Accounts that follow project $1: by their choice, or because their city takes part and they have not chosen otherwise. */
export const FOLLOWERS = `
  SELECT a.id FROM account a WHERE a.disabled_at IS NULL AND a.role <> 'guest' AND ${inOffice('a.person_id')}
    AND (a.person_id IN (${peopleOf(CITIES_OF('$1'))}) OR a.id IN (SELECT f.account_id FROM project_follow f WHERE f.project_id = $1 AND f.following))
    AND NOT EXISTS (SELECT 1 FROM project_follow f WHERE f.project_id = $1 AND f.account_id = a.id AND NOT f.following) ORDER BY a.id`;
