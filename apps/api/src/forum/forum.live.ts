import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { AuthorView, EventType } from '@passerelle/contract';
import { type Actor, Database, inForce } from '../platform/index.js';
import { type EventContent, EventViews, type LogRow } from '../realtime/index.js';
import { PostQueries } from './post.queries.js';
import { type AuthorColumns, presentAuthor } from './post.presenter.js';
import { ReadingService } from './reading.service.js';
import { ThreadQueries } from './thread.queries.js';
import { withheldAuthor } from './withheld.js';

const POST_FACTS = ['post.created', 'post.edited', 'post.removed', 'post.restored', 'post.reacted'] as const satisfies EventType[];
const THREAD_FACTS = ['thread.created', 'thread.edited', 'thread.moved', 'thread.split', 'thread.merged', 'thread.summarised'] as const satisfies EventType[];
const PERSONAL_FACTS = ['follow.changed', 'draft.saved', 'thread.left', 'access.changed', 'session.ended', 'profile.edited', 'held.moved', 'delegation.changed', 'mailbox.changed'] as const satisfies EventType[];

/** How the forum's facts look on the wire: the object as it is now, loaded in bulk. */
@Injectable()
export class ForumLive implements OnModuleInit {
  constructor(
    private readonly views: EventViews,
    private readonly posts: PostQueries,
    private readonly threads: ThreadQueries,
    private readonly reading: ReadingService,
    private readonly database: Database,
  ) {}

  onModuleInit(): void {
    this.views.register(POST_FACTS, (rows, viewer) => this.postFacts(rows, viewer));
    this.views.register(THREAD_FACTS, (rows, viewer) => this.threadFacts(rows, viewer));
    this.views.register(['read.moved'], (rows) => this.readFacts(rows));
    this.views.register(PERSONAL_FACTS, async (rows) => rows.map((row) => ({ actor: null, data: { subject: row.subject_id, ...row.detail } })));
  }

  private async postFacts(rows: LogRow[], viewer: Actor | null): Promise<EventContent[]> {
    const views = await this.posts.byIds(rows.map((row) => row.post_id ?? ''), viewer);
    // For a message just written the author is the actor; only other acts need a look at who did them.
    const actors = await this.actorsOf(rows.filter((row, index) => row.type !== 'post.created' && views[index]));
    return rows.map((row, index) => {
      const view = views[index];
      if (!view) return { actor: null, data: null };
      return { actor: row.type === 'post.created' ? view.author : actorBeside(view.author, actors.get(row.actor_person_id ?? '')), data: view };
    });
  }

  private async threadFacts(rows: LogRow[], viewer: Actor | null): Promise<EventContent[]> {
    const [views, actors] = await Promise.all([this.threads.rowsByIds(rows.map((row) => row.thread_id ?? ''), viewer), this.actorsOf(rows)]);
    return rows.map((row, index) => ({ actor: actorBeside(views[index]?.author, actors.get(row.actor_person_id ?? '')), data: views[index] ?? null }));
  }

  private async readFacts(rows: LogRow[]): Promise<EventContent[]> {
    const contents = new Map<number, EventContent>();
    for (const account of new Set(rows.map((row) => row.account_id ?? ''))) {
      const own = rows.filter((row) => row.account_id === account);
      const positions = await this.reading.positions(account, own.map((row) => row.subject_id ?? ''));
      own.forEach((row, index) => contents.set(row.cursor, { actor: null, data: positions[index] ?? null }));
    }
    return rows.map((row) => contents.get(row.cursor) ?? { actor: null, data: null });
  }

  private async actorsOf(rows: LogRow[]): Promise<Map<string, AuthorView>> {
    const ids = [...new Set(rows.flatMap((row) => row.actor_person_id ?? []))];
    if (ids.length === 0) return new Map();
    const people = await this.database.rows<AuthorColumns & { id: string }>(ACTORS, [ids]);
    return new Map(people.map((person) => [person.id, presentAuthor(person)]));
  }
}

/** Who did something, where the thread names people: whoever edits or reacts where names are withheld isn't named either. */
const actorBeside = (author: AuthorView | undefined, actor: AuthorView | undefined): AuthorView | null => (author?.withheld ? withheldAuthor(null) : (actor ?? null));

const ACTORS = `
  SELECT DISTINCT ON (pe.id) pe.id, 'shown' AS naming, pe.name AS author_name, m.function AS author_function, o.name AS organisation, o.slug AS organisation_slug, o.country
  FROM person pe JOIN mandate m ON m.person_id = pe.id JOIN organisation o ON o.id = m.organisation_id
  WHERE pe.id = ANY($1::uuid[]) AND ${inForce('m')} ORDER BY pe.id, m.valid_from DESC NULLS LAST, m.id`;
