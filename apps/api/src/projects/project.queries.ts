import { Injectable } from '@nestjs/common';
import {
  moneyOf, type PracticeContent, PROJECT_STAGES, type ProjectsBoard, type ProjectsPage, type ProjectsQuery, type ProjectUpdatesPage, type ProjectView,
} from '@passerelle/contract';
import { z } from 'zod';
import { type Actor, Database, CursorInstant, decodeCursor, DomainError, encodeCursor, Forbidden, onBehalf, readableThread } from '../platform/index.js';
import { listed } from '../practices/index.js';
import { NEED_STATE, needReadable, needReader } from './need.visibility.js';
import { practiceFromProject } from './practice-draft.js';
import { FOLLOWERS, loadProject, type StoredProject } from './project-store.js';
import { canDraftPractice, canEditProject, canJoin, canLeave, canUpdate, offeredActions } from './project.policy.js';
import { presentProject, presentUpdate, PROJECT_COLUMNS, PROJECT_FROM, type ProjectColumns, type UpdateColumns } from './project.presenter.js';
import { PROJECT_BOARD, PROJECT_CITIES, PROJECT_FACETS, PROJECT_LIST, PROJECT_UPDATES } from './project.sql.js';
import { assertMember } from './project.visibility.js';

const BOARD_COLUMN = 20;
const UPDATES_SHOWN = 20;
const HISTORY_MAX = 100;
const After = z.tuple([z.number(), z.string(), z.string()]);
const AfterUpdate = z.tuple([CursorInstant, z.uuid()]);

/** Reads of projects; each page is a fixed number of statements. */
@Injectable()
export class ProjectQueries {
  constructor(private readonly database: Database) {}

  /** One page with the number of projects behind each value of each facet. */
  async list(actor: Actor, query: ProjectsQuery): Promise<ProjectsPage> {
    assertMember(actor);
    const after = query.cursor ? decodeCursor(query.cursor, After) : null;
    const filters = filtersOf(query);
    const [rows, counts] = await Promise.all([
      this.database.rows<ProjectColumns & { k1: number; k2: string }>(PROJECT_LIST[query.sort], [...filters, ...(after ?? [null, null, null]), query.limit + 1]),
      this.database.rows<{ facet: string; value: string; label: string; count: number }>(PROJECT_FACETS, filters),
    ]);
    const page = rows.slice(0, query.limit);
    const last = page.at(-1);
    const facet = (name: string) => counts.filter((row) => row.facet === name).map(({ value, label, count }) => ({ value, label, count }));
    return {
      items: page.map(presentProject), nextCursor: rows.length > query.limit && last ? encodeCursor([last.k1, last.k2, last.ref]) : null,
      total: counts.find((row) => row.facet === 'total')?.count ?? 0, facets: { theme: facet('theme'), country: facet('country'), stage: facet('stage'), sought: facet('sought') },
    };
  }

  /** The same list by stage, in the order of a project's life; empty stages too. */
  async board(actor: Actor, query: ProjectsQuery): Promise<ProjectsBoard> {
    assertMember(actor);
    const rows = await this.database.rows<ProjectColumns & { stage_count: number }>(PROJECT_BOARD, [...filtersOf(query), BOARD_COLUMN]);
    const columns = PROJECT_STAGES.map((stage) => {
      const own = rows.filter((row) => row.stage === stage);
      return { stage, count: own[0]?.stage_count ?? 0, items: own.map(presentProject) };
    });
    return { columns };
  }

  async get(actor: Actor, ref: string): Promise<ProjectView> {
    const project = await loadProject(this.database, actor, ref);
    const { id } = project;
    const [row, cities, updates, followers, needs, practices, history, files] = await Promise.all([
      this.sheet(actor, id), this.database.rows<ProjectView['cities'][number]>(PROJECT_CITIES, [id]), this.page(actor, project, null),
      this.database.row<{ count: number }>(`SELECT count(*) AS count FROM (${FOLLOWERS}) f`, [id]), this.needs(actor, id), this.practices(id), this.history(id), this.files(project),
    ]);
    return {
      ...presentProject(row), content: project.content, version: project.version, createdAt: row.created_at, stageSince: row.stage_at, money: moneyOf(project.content), cities,
      thread: row.thread_id ? { id: row.thread_id, title: row.thread_title ?? '', postCount: row.post_count ?? 0 } : null, files, updates, followers: followers?.count ?? 0, following: project.following, needs, practices, history,
      abilities: {
        edit: canEditProject(actor, project), update: canUpdate(actor, project), join: canJoin(actor, project), leave: canLeave(actor, project), draftPractice: canDraftPractice(actor, project),
        actions: offeredActions(actor, project),
      },
    };
  }

  /** Lines of the journal, newest first. */
  async updates(actor: Actor, ref: string, cursor: string | undefined): Promise<ProjectUpdatesPage> {
    return this.page(actor, await loadProject(this.database, actor, ref), cursor ? decodeCursor(cursor, AfterUpdate) : null);
  }

  /** The beginning of a practice, for the cities of a finished project. @throws DomainError `not-possible-now` before its end. */
  async practiceDraft(actor: Actor, ref: string): Promise<PracticeContent> {
    const project = await loadProject(this.database, actor, ref);
    if (!canUpdate(actor, project)) throw new Forbidden();
    if (!canDraftPractice(actor, project)) throw new DomainError('not-possible-now', 'conflict', { state: project.stage, action: 'practice-draft' });
    return practiceFromProject(project.content, { ref: project.ref, on: new Date().toISOString().slice(0, 10) });
  }

  private async sheet(actor: Actor, id: string) {
    const row = await this.database.row<ProjectColumns & { created_at: string; stage_at: string; thread_id: string | null; thread_title: string | null; post_count: number | null }>(
      `SELECT ${PROJECT_COLUMNS}, p.created_at, p.stage_at, t.id AS thread_id, t.title AS thread_title, t.post_count ${PROJECT_FROM}
       LEFT JOIN thread own ON own.project_id = p.id LEFT JOIN thread t ON t.id = coalesce(own.merged_into_id, own.id) AND ${readableThread('t', '$2', '$3')} WHERE p.id = $1`, [id, actor.spaceIds, actor.threadIds]);
    if (!row) throw new Error(`The project ${id} went away while it was read`);
    return row;
  }

  private async page(actor: Actor, project: StoredProject, after: [string, string] | null): Promise<ProjectUpdatesPage> {
    const rows = await this.database.rows<UpdateColumns>(PROJECT_UPDATES, [project.id, ...(after ?? [null, null]), UPDATES_SHOWN + 1]);
    const page = rows.slice(0, UPDATES_SHOWN);
    const last = page.at(-1);
    return { items: page.map((row) => presentUpdate(actor, row)), nextCursor: rows.length > UPDATES_SHOWN && last ? encodeCursor([last.at, last.id]) : null };
  }

  private needs(actor: Actor, projectId: string): Promise<ProjectView['needs']> {
    return this.database.rows(
      `SELECT n.id, n.title, ${NEED_STATE('n')} AS state FROM need n WHERE n.project_id = $1 AND (${needReadable('n', '$2', '$3')}) ORDER BY n.created_at DESC LIMIT ${HISTORY_MAX}`, [projectId, ...needReader(actor)]);
  }

  /** What the library has of it; a project is read by members. */
  private practices(projectId: string): Promise<ProjectView['practices']> {
    return this.database.rows(`SELECT p.ref, p.title FROM practice p WHERE p.linked_project_id = $1 AND ${listed('p')} ORDER BY p.created_at LIMIT ${HISTORY_MAX}`, [projectId]);
  }

  private history(projectId: string): Promise<ProjectView['history']> {
    return this.database.rows(
      `SELECT action, from_stage AS "from", to_stage AS "to", reason, actor_name AS name, actor_function AS function, at, ${onBehalf('x.delegation_id')} AS "onBehalf" FROM project_transition x WHERE project_id = $1 ORDER BY at DESC, id DESC LIMIT ${HISTORY_MAX}`, [projectId]);
  }

  private files({ id, content }: StoredProject): Promise<ProjectView['files']> {
    return this.database.rows('SELECT id, name, type, bytes FROM attachment WHERE project_id = $1 AND id = ANY($2::uuid[]) ORDER BY array_position($2::uuid[], id)', [id, content.documents.map((document) => document.attachment)]);
  }
}

const filtersOf = (query: ProjectsQuery) => [...[query.theme, query.country, query.stage, query.sought].map((values) => (values && values.length > 0 ? values : null)), query.organisation ?? null];
