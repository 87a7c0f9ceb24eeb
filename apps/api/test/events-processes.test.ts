import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { MandateClock } from '../src/accounts/index.js';
import { SessionStore } from '../src/platform/index.js';
import { buildMember, buildPost, buildSpace, buildThread, type Member, type Space } from './builders/forum.js';
import { endMandate } from './builders/relay.js';
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

describe('several processes', () => {
  it('deliver each other’s facts to their own sockets', async () => {
    const second = await TestApp.start({}, app.databaseUrl);
    try {
      const thread = await buildThread(app, author, open);
      const { socket, events } = await second.socket(reader.cookie);
      await socket.emitWithAck('watch', { thread: thread.id });
      const posts = await Promise.all([
        buildPost(app, author, thread.id),
        buildPost(second, reader, thread.id),
        buildPost(app, author, thread.id),
      ]);
      await until(() => posts.every((post) => events.some((event) => event.post === post.id)), 'messages of both processes');
      const cursors = events.map((event) => Number(event.cursor));
      expect(cursors).toEqual([...cursors].sort((a, b) => a - b));
    } finally {
      await second.stop();
    }
  });

  it('know of each other’s offices: who can be mentioned changes in all of them', async () => {
    const second = await TestApp.start({}, app.databaseUrl);
    try {
      const offices = async () => (await second.call('GET', '/api/mention-targets', { cookie: reader.cookie })).text;
      expect(await offices()).not.toContain('Maître des écluses');
      await app.call('PATCH', '/api/me', { cookie: author.cookie, body: { function: 'Maître des écluses' } });
      await until(async () => (await offices()).includes('Maître des écluses'), 'the office in the other process');
      await endMandate(app, author);
      await second.app.get(MandateClock).work();
      await until(async () => !(await offices()).includes('Maître des écluses'), 'the end of the office');
    } finally {
      await app.database.run('UPDATE mandate SET valid_to = NULL WHERE person_id = $1', [author.personId]);
      for (const one of [app, second]) one.app.get(SessionStore).forgetAll();
      await second.stop();
    }
  });

  it('store a message once when its retry reaches another process at the same moment', async () => {
    const second = await TestApp.start({}, app.databaseUrl);
    try {
      const thread = await buildThread(app, author, open);
      const bodies = Array.from({ length: 40 }, () => ({ id: uuid(), body: 'Le même message, envoyé deux fois.' }));
      const send = (target: TestApp, body: object) =>
        target.call('POST', `/api/threads/${thread.id}/posts`, { cookie: author.cookie, body });
      const answers = await Promise.all(bodies.flatMap((body) => [send(app, body), send(second, body)]));
      expect(answers.map((answer) => answer.status).sort()).toEqual([...bodies.map(() => 200), ...bodies.map(() => 201)]);
      const stored = await app.database.rows('SELECT 1 FROM post WHERE thread_id = $1', [thread.id]);
      expect(stored).toHaveLength(bodies.length + 1);
    } finally {
      await second.stop();
    }
  });

  it('go on after the listening connection broke', async () => {
    const thread = await buildThread(app, author, open);
    const { socket, events } = await app.socket(reader.cookie);
    await socket.emitWithAck('watch', { thread: thread.id });
    await app.database.run(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND pid <> pg_backend_pid()`);
    const post = await buildPost(app, author, thread.id);
    await until(() => events.some((event) => event.post === post.id), 'the message after the break');
  });
});
