import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EventType } from '@passerelle/contract';
import { Database } from '../platform/index.js';
import { type EventContent, EventViews, type LogRow } from '../realtime/index.js';

const PROJECT_FACTS = ['project.created', 'project.edited', 'project.moved', 'project.joined', 'project.left', 'project.updated', 'project.followed'] as const satisfies EventType[];
const NOTHING: EventContent = { actor: null, data: null };

/** Facts about projects, needs, offers and introductions say which one; the page reads the rest under its own rule. */
@Injectable()
export class ProjectLive implements OnModuleInit {
  constructor(
    private readonly views: EventViews,
    private readonly database: Database,
  ) {}

  onModuleInit(): void {
    this.views.register(PROJECT_FACTS, (rows) => this.projects(rows));
    this.views.register(['need.edited', 'need.moved'], (rows) => this.needs(rows));
    this.views.register(['offer.edited'], async (rows) => rows.map((row) => ({ actor: null, data: { id: row.subject_id } })));
    // The two sides read different states, so that the fact holds none.
    this.views.register(['introduction.moved'], async (rows) => rows.map((row) => ({ actor: null, data: { id: row.subject_id, ...row.detail } })));
  }

  private async projects(rows: LogRow[]): Promise<EventContent[]> {
    const found = await this.database.rows<{ id: string; ref: string; title: string; stage: string; version: number; joined: number }>(
      `SELECT p.id, p.ref, p.title, p.stage, p.version, (SELECT count(*) FROM project_city c WHERE c.project_id = p.id AND c.left_at IS NULL) AS joined FROM project p WHERE p.id = ANY($1::uuid[])`, [subjectsOf(rows)]);
    const byId = new Map(found.map((row) => [row.id, row]));
    return rows.map((row) => {
      const project = byId.get(row.subject_id ?? '');
      // `personal`: told to somebody who follows, and not only to whoever has the page open.
      return project ? { actor: null, data: { ...project, ...row.detail, personal: row.audience === 'account' } } : NOTHING;
    });
  }

  private async needs(rows: LogRow[]): Promise<EventContent[]> {
    const found = await this.database.rows<{ id: string; open: boolean }>(`SELECT id, published_at IS NOT NULL AND visibility = 'members' AS open FROM need WHERE id = ANY($1::uuid[])`, [subjectsOf(rows)]);
    const open = new Map(found.map((row) => [row.id, row.open]));
    // A need that has become discreet since is not told to all members.
    return rows.map((row) => (open.get(row.subject_id ?? '') || row.audience === 'account' ? { actor: null, data: { id: row.subject_id } } : NOTHING));
  }
}

const subjectsOf = (rows: LogRow[]) => [...new Set(rows.flatMap((row) => row.subject_id ?? []))];
