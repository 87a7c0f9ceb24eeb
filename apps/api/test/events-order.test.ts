import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { EventsPage } from '@passerelle/contract';
import { v7 as uuid } from 'uuid';
import { EVENT_LOCK, EventRetention, WriteTransaction } from '../src/realtime/index.js';
import { buildMember, buildPost, buildSpace, buildThread, type Member, type Space } from './builders/forum.js';
import { TestApp, until } from './support/app.js';

let app: TestApp;
let author: Member;
let reader: Member;
let open: Space;

beforeAll(async () => {
  app = await TestApp.start();
  [author, reader, open] = [await buildMember(app), await buildMember(app), await buildSpace(app)];
});
afterAll(() => app.stop());

const since = async (who: Member, cursor?: string, limit = 500) =>
  (await app.call('GET', `/api/events?limit=${limit}${cursor === undefined ? '' : `&since=${cursor}`}`, { cookie: who.cookie }))
    .json as unknown as EventsPage;

describe('the cursor', () => {
  it('grows in commit order, also when a slow transaction began first', async () => {
    const write = app.app.get(WriteTransaction);
    const order: string[] = [];
    let finishSlow: () => void = () => undefined;
    const slowMayEnd = new Promise<void>((resolve) => (finishSlow = resolve));
    const fact = () => ({ type: 'practice.published' as const, audience: 'members' as const, subject: uuid() });
    const { cursor } = await since(reader);
    const slow = write
      .run(author, async ({ tx, record }) => {
        record(fact());
        await tx.run('UPDATE person SET name = name WHERE id = $1', [author.personId]);
        await slowMayEnd;
      })
      .then(() => order.push('slow'));
    await Promise.all(
      Array.from({ length: 10 }, (_, n) => write.run(reader, async ({ record }) => record(fact())).then(() => order.push(`quick-${n}`))),
    );
    // A reader who asks now misses nothing later: the slow fact gets a cursor behind all that it has seen.
    const seen = await since(reader, cursor);
    finishSlow();
    await slow;
    const rest = await since(reader, seen.cursor);
    expect(seen.items).toHaveLength(10);
    expect(rest.items).toHaveLength(1);
    expect(Number(rest.items[0]?.cursor)).toBeGreaterThan(Math.max(...seen.items.map((event) => Number(event.cursor))));
    expect(order.at(-1)).toBe('slow');
  });

  it('is never visible out of order: a reader who polls under concurrent writers meets every fact once', async () => {
    const thread = await buildThread(app, author, open);
    let { cursor } = await since(reader);
    const met: string[] = [];
    let writing = true;
    const polling = (async () => {
      for (;;) {
        const last = !writing;
        const page = await since(reader, cursor, 7);
        cursor = page.cursor;
        met.push(...page.items.filter((event) => event.type === 'post.created').map((event) => event.post ?? ''));
        if (last && !page.more) return;
      }
    })();
    const written = await Promise.all(Array.from({ length: 40 }, (_, n) => buildPost(app, n % 2 ? author : reader, thread.id)));
    writing = false;
    await polling;
    expect([...met].sort()).toEqual(written.map((post) => post.id).sort());
  });

  it('waits for the lock of the log, not for slow work', async () => {
    const holder = await app.database.pool.connect();
    await holder.query('BEGIN');
    await holder.query('SELECT pg_advisory_xact_lock($1)', [EVENT_LOCK]);
    const thread = buildThread(app, author, open);
    const early = await Promise.race([
      thread.then(() => 'committed'),
      until(
        async () => (await app.database.row(`SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted`)) && 'waiting',
        'a writer at the lock',
      ),
    ]);
    await holder.query('COMMIT');
    holder.release();
    expect(early).toBe('waiting');
    expect((await thread).id).toBeTruthy();
  });

  it.each([
    ['abc', 400, 'cursor-invalid'],
    ['999999999', 400, 'cursor-invalid'],
    ['-1', 400, 'cursor-invalid'],
  ])('%s is answered clearly', async (cursor, status, code) => {
    const answer = await app.call('GET', `/api/events?since=${cursor}`, { cookie: reader.cookie });
    expect([answer.status, answer.json.code]).toEqual([status, code]);
  });

  it('older than the log is answered with 410, so that the client reloads', async () => {
    await buildThread(app, author, open);
    await app.database.run(`UPDATE event SET at = now() - interval '401 days' WHERE cursor < (SELECT max(cursor) FROM event)`);
    expect(await app.app.get(EventRetention).sweep()).toBeGreaterThan(0);
    const answer = await app.call('GET', '/api/events?since=0', { cookie: reader.cookie });
    expect([answer.status, answer.json.code]).toEqual([410, 'cursor-expired']);
  });
});
