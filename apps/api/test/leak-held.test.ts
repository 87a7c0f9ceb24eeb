import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { strFromU8, unzipSync } from 'fflate';
import { v7 as uuid } from 'uuid';
import { DataExportService } from '../src/privacy/index.js';
import { EventTail } from '../src/realtime/index.js';
import { aPostBody, aThreadBody, buildPost } from './builders/forum.js';
import { indexed } from './builders/search.js';
import { buildRule, heldOf } from './builders/watch.js';
import { imagineSecrets, pathsOf } from './leak/paths.js';
import { buildStage, COMMON, stage } from './leak/secret.js';
import { routesOf } from './support/routes.js';

/** Stands in what is held in a space that everybody reads, and nowhere else. */
const HELD = 'Brimborillon';
const tells = (text: string) => text.toLowerCase().includes(HELD.toLowerCase());
const outsiders = (): [name: string, cookie: string | undefined][] => [['member', stage.member.cookie], ['guest', stage.guest.cookie], ['former', stage.former.cookie], ['visitor', undefined]];
const heard = new Map<string, unknown[]>();
let ids: string[];

beforeAll(async () => {
  await buildStage();
  imagineSecrets();
  const { app, insider, member, moderator, open, openThread } = stage;
  await buildRule(app, moderator, null, { definition: { kind: 'words', terms: [HELD] } });
  for (const name of ['member', 'guest', 'former'] as const) {
    const { socket } = await app.socket(stage[name].cookie);
    const all: unknown[] = [];
    socket.onAny((...message: unknown[]) => all.push(message));
    await socket.emitWithAck('watch', { thread: openThread.id });
    heard.set(name, all);
  }
  const city = await app.database.row<{ name: string }>('SELECT name FROM organisation WHERE id = $1', [member.organisationId]);
  const post = await buildPost(app, insider, openThread.id, { body: 'Un message qui paraît' });
  const [reply, thread] = [aPostBody({ body: `${HELD}, dit @${city?.name ?? ''} aux ${COMMON}` }), aThreadBody(open, { title: `Le ${HELD} des ${COMMON}`, practice: stage.practice, kind: 'practice' })];
  ids = [reply.id, thread.id];
  const send = (method: string, path: string, body: unknown) => app.call(method, path, { cookie: insider.cookie, body });
  expect([(await send('POST', `/api/threads/${openThread.id}/posts`, reply)).status, (await send('POST', '/api/threads', thread)).status, (await send('PATCH', `/api/posts/${post.id}`, { body: `Un ${HELD}`, version: 1 })).status]).toEqual([202, 202, 200]);
  await indexed(app);
  await app.app.get(EventTail).settled();
}, 120_000);
afterAll(() => stage.app.stop());

describe('what is held', () => {
  it('waits: the reply, the thread and the new text', async () => {
    expect((await heldOf(stage.app, stage.insider)).map(({ kind }) => kind)).toEqual(['reply', 'thread', 'edit']);
  });

  it.each(['member', 'guest', 'former', 'visitor'])('is told to the %s by no route', async (name) => {
    const cookie = new Map(outsiders()).get(name);
    const telling: string[] = [];
    const paths = [...new Set(routesOf(stage.app).filter((route) => /^(GET|ALL) /.test(route)).flatMap((route) => pathsOf(route) ?? []))];
    expect(paths.length).toBeGreaterThan(60);
    for (const path of [...paths, `/api/search?q=${HELD}`, `/api/search/suggest?q=${HELD}`, `/api/threads/similar?title=${HELD}%20des%20${COMMON}`, ...ids.flatMap((id) => [`/api/posts/${id}`, `/api/threads/${id}`, `/api/threads/${id}/posts`])]) {
      const { text } = await stage.app.call('GET', path, cookie ? { cookie } : {});
      if (tells(text.replaceAll(`"q":"${HELD}"`, '')) || ids.some((id) => text.includes(id) && !path.includes(id))) telling.push(path);
    }
    expect(telling).toEqual([]);
  });

  it('counts in no thread, and follows nobody home', async () => {
    const thread = (await stage.app.call('GET', `/api/threads/${stage.openThread.id}`, { cookie: stage.member.cookie })).json;
    expect([thread['postCount'], thread['lastPosition']]).toEqual([3, 3]);
    expect((await stage.app.call('GET', `/api/search?q=${HELD}`, { cookie: stage.insider.cookie })).json['total']).toBe(0);
  });

  it('is heard by no socket, and leaves in no mail and no export of others', async () => {
    expect([...heard.values()].some((all) => tells(JSON.stringify(all)) || ids.some((id) => JSON.stringify(all).includes(id)))).toBe(false);
    const outbox = join(stage.app.dataDir, 'outbox');
    if (existsSync(outbox)) for (const file of readdirSync(outbox)) expect(tells(readFileSync(join(outbox, file), 'utf8'))).toBe(false);
    const exported = async (cookie: string) => {
      const id = uuid();
      await stage.app.call('POST', '/api/me/exports', { cookie, body: { id } });
      await stage.app.app.get(DataExportService).work();
      const response = await fetch(`${stage.app.url}/api/me/exports/${id}/file`, { headers: { cookie } });
      return Object.values(unzipSync(new Uint8Array(await response.arrayBuffer()))).map((content) => strFromU8(content)).join('\n');
    };
    expect(tells(await exported(stage.member.cookie))).toBe(false);
    expect(tells(await exported(stage.insider.cookie))).toBe(true);
  });
});
