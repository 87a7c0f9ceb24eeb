import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { strFromU8, unzipSync } from 'fflate';
import { v7 as uuid } from 'uuid';
import { DataExportService } from '../src/privacy/index.js';
import { EventTail } from '../src/realtime/index.js';
import { aPostBody, buildPost, type Member } from './builders/forum.js';
import { disguised, imagineSecrets, pathsOf, tellsOf } from './leak/paths.js';
import { buildStage, COMMON, MARKER, stage, writeSecrets } from './leak/secret.js';
import type { TestSocket } from './support/app.js';
import { routesOf } from './support/routes.js';

/** Who is outside; a visitor has no cookie. */
const outsiders = (): [name: string, cookie: string | undefined][] => [
  ['member', stage.member.cookie],
  ['guest', stage.guest.cookie],
  ['moderator', stage.moderator.cookie],
  ['visitor', undefined],
  ['former', stage.former.cookie],
  ['administrator', stage.administrator.cookie],
];
const ask = (path: string, cookie: string | undefined) => stage.app.call('GET', path, cookie ? { cookie } : {});
const readable = () => routesOf(stage.app).filter((route) => /^(GET|ALL) /.test(route));
/** Moves with the asking itself: dates in a PDF, own sessions, what was looked for in vain. */
const MOVING = /\/pdf$|^\/api\/(me\/sessions|me\/data|search\/empty)$/;
/** Answers of one who is outside, by address; what moves by itself is left out. */
async function answersOf(cookie: string | undefined): Promise<Map<string, string>> {
  const answers = new Map<string, string>();
  for (const path of readable().flatMap((route) => pathsOf(route) ?? [])) {
    const { status, text } = await ask(path, cookie);
    answers.set(path, `${status} ${text.replace(/"(cursor|lastSeenAt|generatedAt|version)":"[^"]*"/g, '')}`);
  }
  return answers;
}

const before = new Map<string, Map<string, string>>();
const after = new Map<string, Map<string, string>>();
const heard = new Map<string, unknown[]>();
const sockets = new Map<string, TestSocket>();

/** Everything that comes over a socket, whatever it is called. */
async function listen(name: string, { cookie }: Pick<Member, 'cookie'>): Promise<void> {
  const { socket } = await stage.app.socket(cookie);
  const all: unknown[] = [];
  socket.onAny((...message: unknown[]) => all.push(message));
  sockets.set(name, socket);
  heard.set(name, all);
}

beforeAll(async () => {
  await buildStage();
  imagineSecrets();
  for (const [name, cookie] of outsiders()) if (name !== 'former') before.set(name, await answersOf(cookie));
  for (const name of ['member', 'guest', 'moderator', 'former', 'administrator', 'insider'] as const) await listen(name, stage[name]);
  await writeSecrets(async () => {
    await stage.app.app.get(EventTail).settled();
    await sockets.get('former')?.emitWithAck('unwatch', { thread: stage.thread.id });
    // What was heard inside was meant for a member.
    heard.get('former')?.splice(0);
  });
  await sockets.get('insider')?.emitWithAck('watch', { thread: stage.thread.id });
  for (const [name, socket] of sockets) if (name !== 'insider') await socket.emitWithAck('watch', { thread: stage.thread.id });
  await buildPost(stage.app, stage.animator, stage.thread.id, aPostBody({ body: `${MARKER} en direct` }));
  await stage.app.app.get(EventTail).settled();
  for (const [name, cookie] of outsiders()) after.set(name, await answersOf(cookie));
}, 120_000);
afterAll(() => stage.app.stop());

describe('what stands in a confidential space', () => {
  it('is asked for on every route that can be read: a new one says how it is filled', () => {
    expect(readable().filter((route) => pathsOf(route) === null)).toEqual([]);
    // What everybody may ask must be asked rightly: a refused question proves nothing.
    const refused = [...(after.get('administrator') ?? new Map<string, string>())].filter(([, answer]) => /^(400|5\d\d) /.test(answer)).map(([path]) => path);
    expect(refused.filter((path) => !path.startsWith('/api/uploads'))).toEqual([]);
  });

  it.each(['member', 'guest', 'moderator', 'visitor', 'former', 'administrator'])('is told to the %s by no route, neither in words nor by an id', (name) => {
    const own = [stage.space.id, stage.space.slug, stage.thread.id];
    const secrets = name === 'former' ? stage.later : [...stage.later, ...own];
    const telling = [...(after.get(name) ?? [])].filter(([path, answer]) => tellsOf(answer) || secrets.some((id) => answer.includes(id) && !path.includes(id)));
    expect(telling.map(([path]) => path)).toEqual([]);
  });

  it.each(['member', 'guest', 'moderator', 'visitor', 'administrator'])('moves no count, list or facet of the %s, and is answered as what was never there', (name) => {
    const [then, now] = [before.get(name), after.get(name)];
    expect(now?.size).toBe(then?.size);
    const still = [...(now ?? [])].filter(([path]) => !MOVING.test(path));
    expect(still.length).toBeGreaterThan(60);
    for (const [path, answer] of still) expect([path, disguised(answer)]).toEqual([path, then?.get(disguised(path))]);
  });

  it('is found by nobody outside, by its own word, a part of it or a slip of the pen', async () => {
    for (const [, cookie] of outsiders().filter(([name]) => name !== 'visitor')) {
      for (const words of [MARKER, `${MARKER}*`, `titre:${MARKER}`, `"${MARKER}"`]) {
        const { json } = await ask(`/api/search?q=${encodeURIComponent(words)}`, cookie);
        expect([json['total'], json['hits'], Object.values(json['facets'] ?? {}).flat()]).toEqual([0, [], []]);
      }
      expect((await ask(`/api/search/suggest?q=${MARKER}`, cookie)).json['hits']).toEqual([]);
    }
  });

  it('is heard by no socket outside', () => {
    for (const name of ['member', 'guest', 'moderator', 'administrator', 'former'] as const) {
      const all = JSON.stringify(heard.get(name));
      expect([name, tellsOf(all), stage.later.filter((id) => all.includes(id))]).toEqual([name, false, []]);
    }
    const told = (name: string) => (heard.get(name) ?? []).filter((message) => JSON.stringify(message).includes('"event"'));
    expect(['member', 'guest', 'moderator', 'administrator'].flatMap(told)).toEqual([]);
  });

  it('leaves in no export and in no mail', async () => {
    for (const [name, cookie] of outsiders()) {
      if (!cookie) continue;
      const id = uuid();
      await stage.app.call('POST', '/api/me/exports', { cookie, body: { id } });
      await stage.app.app.get(DataExportService).work();
      const response = await fetch(`${stage.app.url}/api/me/exports/${id}/file`, { headers: { cookie } });
      expect(response.status).toBe(200);
      const files = Object.values(unzipSync(new Uint8Array(await response.arrayBuffer()))).map((content) => strFromU8(content)).join('\n');
      expect([name, tellsOf(files), stage.later.filter((secret) => files.includes(secret))]).toEqual([name, false, []]);
    }
    const outbox = join(stage.app.dataDir, 'outbox');
    const mails = existsSync(outbox) ? readdirSync(outbox).map((file) => readFileSync(join(outbox, file), 'utf8')) : [];
    expect(mails.filter(tellsOf)).toEqual([]);
  });
});

describe('the test itself', () => {
  it('asks where there is something to be seen: whoever is inside sees it on each of these', async () => {
    const answers = await answersOf(stage.insider.cookie);
    const telling = new Set([...answers].filter(([, answer]) => tellsOf(answer)).map(([path]) => path.replace(/\?.*/, '')));
    const { slug } = stage.space;
    const [thread, post] = [`/api/threads/${stage.thread.id}`, `/api/posts/${stage.post.id}`];
    for (const path of ['/api/spaces', '/api/spaces/directory', `/api/spaces/${slug}`, '/api/threads', thread, `${thread}/posts`, post, `${post}/revisions`, '/api/threads/similar', '/api/search', '/api/search/suggest', '/api/events', '/api/drafts', `/api/drafts/thread:${stage.thread.id}`, '/api/home', `/api/practices/${stage.practice}`, `/api/organisations/${stage.city}`])
      expect([path, telling.has(path)]).toEqual([path, true]);
    expect((await ask(`/api/attachments/${stage.file}`, stage.insider.cookie)).status).toBe(200);
    expect((await ask(`/api/search?q=${MARKER}`, stage.insider.cookie)).json['total']).toBeGreaterThan(5);
    expect((await ask(`/api/search?q=${encodeURIComponent(COMMON)}`, stage.insider.cookie)).json['total']).toBeGreaterThan(3);
    expect(tellsOf(JSON.stringify(heard.get('insider')))).toBe(true);
  });

  it('looks through a route that it knows, and not through one that it does not', () => {
    expect(pathsOf('GET /api/themes')).toEqual(['/api/themes']);
    expect(pathsOf('GET /api/secrets/:id')).toBeNull();
  });
});
