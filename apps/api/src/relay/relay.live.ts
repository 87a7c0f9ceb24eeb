import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '../platform/index.js';
import { type EventContent, EventViews, type LogRow } from '../realtime/index.js';
import { sideOf } from './relay.visibility.js';

const NOTHING: EventContent = { actor: null, data: null };

/** Facts about letters say which conversation moved; its page reads the words under the rule of visibility. */
@Injectable()
export class RelayLive implements OnModuleInit {
  constructor(
    private readonly views: EventViews,
    private readonly database: Database,
  ) {}

  onModuleInit(): void {
    this.views.register(['relay.sent', 'relay.read'], (rows) => this.relays(rows));
  }

  /** Whoever has left office since learns nothing from an older fact. */
  private async relays(rows: LogRow[]): Promise<EventContent[]> {
    const found = await this.database.rows<{ id: string; account: string }>(READABLE, [rows.map((row) => row.subject_id), rows.map((row) => row.account_id)]);
    const readable = new Set(found.map(({ id, account }) => `${id} ${account}`));
    return rows.map((row) => (readable.has(`${row.subject_id} ${row.account_id}`) ? { actor: null, data: { id: row.subject_id, ...row.detail } } : NOTHING));
  }
}

const READABLE = `
  SELECT DISTINCT r.id, a.id AS account FROM unnest($1::uuid[], $2::uuid[]) AS f(relay, account) JOIN relay r ON r.id = f.relay JOIN account a ON a.id = f.account WHERE ${sideOf('r', 'a')} IS NOT NULL`;
