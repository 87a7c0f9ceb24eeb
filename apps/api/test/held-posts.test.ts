import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { CasesPage, CaseView, MyModerationView, PostsPage, PostView, RegisterPage, ThreadView } from '@passerelle/contract';
import { v7 as uuid } from 'uuid';
import { SessionStore } from '../src/platform/index.js';
import { EventTail } from '../src/realtime/index.js';
import { aPostBody, aThreadBody, buildMember, buildPost, buildSpace, buildThread, type Member, type Space } from './builders/forum.js';
import { indexed } from './builders/search.js';
import { buildAttachment } from './builders/uploads.js';
import { buildRule, deactivate, heldCase, heldOf } from './builders/watch.js';
import { TestApp, until } from './support/app.js';
import { whileLocked } from './support/locks.js';

let app: TestApp;
let author: Member, reader: Member, first: Member, second: Member;
let space: Space, other: Space, thread: ThreadView;

beforeAll(async () => {
  app = await TestApp.start();
  const staff = uuid();
  await app.database.run(`INSERT INTO organisation (id, slug, kind, name, country, country_name) VALUES ($1, 'association', 'association', 'Association', 'FR', 'France')`, [staff]);
  [first, second] = [await buildMember(app, { role: 'moderator', organisationId: staff }), await buildMember(app, { role: 'moderator', organisationId: staff })];
  [space, other] = [await buildSpace(app), await buildSpace(app)];
  await buildRule(app, first, space);
});
beforeEach(async () => {
  [author, reader] = [await buildMember(app), await buildMember(app)];
  thread = await buildThread(app, author, space);
});
afterAll(() => app.stop());

const ask = (who: Member, method: string, path: string, body?: unknown) => app.call(method, path, { cookie: who.cookie, ...(body !== undefined && { body }) });
const read = async <T>(who: Member, path: string) => (await ask(who, 'GET', path)).json as unknown as T;
const caught = (changes: Record<string, unknown> = {}) => aPostBody({ body: 'Une remise pour vous', ...changes });
const reply = (body = caught(), who = author, into = thread.id) => ask(who, 'POST', `/api/threads/${into}/posts`, body);
const posts = async (who: Member, into = thread.id) => (await read<PostsPage>(who, `/api/threads/${into}/posts?limit=100`)).items;
const publish = async (who: Member, id: string, version?: number) => {
  const one = await heldCase(app, who, id);
  return ask(who, 'POST', `/api/moderation/cases/${one.id}/publish`, { version: version ?? one.version });
};
const refuse = async (who: Member, id: string, changes = {}) => {
  const one = await heldCase(app, who, id);
  return ask(who, 'POST', `/api/moderation/cases/${one.id}/decision`, {
    id: uuid(), version: one.version, rule: 'commerce', facts: 'Le message propose une remise.', measure: 'refuse', duration: null, remedy: 'Vous pouvez écrire sans offre.', ...changes,
  });
};
/** A reply that is held. */
async function hold(changes: Record<string, unknown> = {}): Promise<string> {
  const body = caught(changes);
  expect((await reply(body)).status).toBe(202);
  return body.id;
}

describe('a message that a rule catches', () => {
  it('is stored, shown to its author with what the rule found, and to nobody else', async () => {
    const body = caught();
    const answer = await reply(body);
    expect([answer.status, answer.json]).toMatchObject([202, { id: body.id, state: 'held', position: 0, body: 'Une remise pour vous', waiting: { rules: [{ name: 'Offres commerciales', words: ['remise'] }] } }]);
    expect(await heldOf(app, author)).toMatchObject([{ id: body.id, kind: 'reply', thread: thread.id, title: thread.title, rules: [{ words: ['remise'] }] }]);
    for (const who of [author, reader, first]) {
      expect((await posts(who)).map(({ id }) => id)).not.toContain(body.id);
      expect((await ask(who, 'GET', `/api/posts/${body.id}`)).status).toBe(404);
    }
    expect(await heldOf(app, reader)).toEqual([]);
    expect((await read<ThreadView>(reader, `/api/threads/${thread.id}`)).postCount).toBe(1);
  });

  it('is held once, however often it is sent, and its id is nobody else’s', async () => {
    const body = caught();
    const answers = await Promise.all([reply(body), reply(body), reply(body)]);
    expect(answers.every(({ json }) => (json as unknown as PostView).state === 'held')).toBe(true);
    expect([(await reply(body)).status, (await reply({ ...body, body: 'Une autre remise' })).json.code, (await reply(body, reader)).json.code]).toEqual([200, 'id-reused', 'id-reused']);
    expect(await app.database.row('SELECT count(*) AS count FROM moderation_case WHERE target_id = $1', [body.id])).toEqual({ count: 1 });
  });

  it('is answered as held by a retry after the rule was taken out of force, and still waits', async () => {
    const room = await buildSpace(app, { members: [author, reader, first] });
    const into = await buildThread(app, author, room);
    const rule = await buildRule(app, first, room, { definition: { kind: 'words', terms: ['catalogue'] } });
    const body = caught({ body: 'Notre catalogue' });
    await reply(body, author, into.id);
    await deactivate(app, first, rule);
    expect([(await reply(body, author, into.id)).status, (await reply(caught({ body: 'Notre catalogue' }), author, into.id)).status]).toEqual([200, 201]);
    expect((await publish(first, body.id)).status).toBe(201);
    expect((await posts(reader, into.id)).map(({ body: words }) => words)).toEqual(['Premier message du fil.', 'Notre catalogue', 'Notre catalogue']);
  });

  it('whose thread leaves for a confidential space at that moment is judged by the rules there, and told to nobody outside', async () => {
    const hidden = await buildSpace(app, { access: 'confidential', members: [author], animators: [reader] });
    const body = caught({ body: 'Une remise confidentielle' });
    const answer = await whileLocked(app, ['SELECT 1 FROM thread WHERE id = $1 FOR UPDATE', [thread.id]], () => reply(body), (holder) => holder.query('UPDATE thread SET space_id = $2 WHERE id = $1', [thread.id, hidden.id]));
    expect(answer.status).toBe(201);
    expect(await app.database.rows('SELECT 1 FROM moderation_case WHERE target_id = $1', [body.id])).toEqual([]);
    // A rule of that space holds it there, before its animators.
    await buildRule(app, reader, hidden, { definition: { kind: 'words', terms: ['entre nous'] } });
    const held = caught({ body: 'Entre nous, une remise' });
    expect((await reply(held)).status).toBe(202);
    expect((await heldCase(app, reader, held.id)).found).toMatchObject([{ words: ['Entre nous'] }]);
    await expect(heldCase(app, first, held.id)).rejects.toThrow();
  });

  it('is held in a confidential space only where somebody may decide on it', async () => {
    const [animator, other] = [await buildMember(app), await buildMember(app)];
    const hidden = await buildSpace(app, { access: 'confidential', members: [author], animators: [animator] });
    await buildRule(app, animator, hidden);
    const into = (await buildThread(app, author, hidden)).id;
    // It is the only animator's own: it would wait for nobody.
    expect((await reply(caught(), animator, into)).status).toBe(201);
    expect((await reply(caught(), author, into)).status).toBe(202);
    await app.database.run(`INSERT INTO space_member (space_id, person_id, role) VALUES ($1, $2, 'animator')`, [hidden.id, other.personId]);
    const held = caught();
    expect((await reply(held, animator, into)).status).toBe(202);
    expect((await publish(other, held.id)).status).toBe(201);
  });

  it('lets its files be read by those who decide on it, and by nobody else', async () => {
    const hidden = await buildSpace(app, { access: 'confidential', members: [author], animators: [reader] });
    await buildRule(app, reader, hidden);
    const file = await buildAttachment(app, author);
    await reply(caught({ attachments: [file.id] }), author, (await buildThread(app, author, hidden)).id);
    const seen = async (who: Member) => (await ask(who, 'GET', `/api/attachments/${file.id}`)).status;
    expect([await seen(reader), await seen(author), await seen(first), await seen(await buildMember(app))]).toEqual([200, 200, 404, 404]);
  });

  it('is not held in a thread that would not take it', async () => {
    await ask(first, 'PATCH', `/api/threads/${thread.id}`, { version: 1, status: 'closed' });
    const hidden = await buildThread(app, reader, await buildSpace(app, { access: 'closed', members: [reader] }));
    expect([(await reply()).json.code, (await reply(caught(), author, hidden.id)).status, (await reply(caught({ replyTo: uuid() }), reader)).json.code]).toEqual(['thread-closed', 404, 'thread-closed']);
  });

  it('is none of moderation’s own, nor of another space', async () => {
    const elsewhere = await buildThread(app, author, other);
    expect([(await reply(caught(), first)).status, (await reply(caught(), author, elsewhere.id)).status]).toEqual([201, 201]);
  });

  it('comes back to its author, who takes it away; nobody lets it through then', async () => {
    const id = await hold();
    const one = await heldCase(app, first, id);
    expect([(await ask(reader, 'DELETE', `/api/me/held/${id}`)).status, (await ask(author, 'DELETE', `/api/me/held/${id}`)).status, (await ask(author, 'DELETE', `/api/me/held/${id}`)).status]).toEqual([404, 204, 204]);
    expect((await ask(first, 'POST', `/api/moderation/cases/${one.id}/publish`, { version: one.version })).json.code).toBe('not-possible-now');
    expect([await heldOf(app, author), (await app.database.row<{ body: string }>('SELECT body FROM held_post WHERE id = $1', [id]))?.body]).toEqual([[], '']);
    // Nor does its case keep what was found in it.
    expect((await read<CaseView>(second, `/api/moderation/cases/${one.id}`)).found).toEqual([]);
  });

  it('is one of twenty at most', async () => {
    for (let count = 0; count < 20; count += 1) await hold();
    expect((await reply()).json.code).toBe('too-many-held');
  });

  it('may be a thread, with its title and its first message', async () => {
    const body = aThreadBody(space, { title: 'Nos promotions de printemps' });
    const answer = await ask(author, 'POST', '/api/threads', body);
    expect([answer.status, answer.json]).toMatchObject([202, { id: body.id, state: 'held', kind: 'thread', rules: [{ words: ['promotions'] }] }]);
    expect([(await ask(author, 'POST', '/api/threads', body)).status, (await ask(author, 'GET', `/api/threads/${body.id}`)).status]).toEqual([200, 404]);
    const { events } = await app.socket(reader.cookie);
    expect((await publish(first, body.id)).status).toBe(201);
    await until(() => events.some(({ type, thread: id }) => type === 'thread.created' && id === body.id), 'the thread at the reader');
    expect(events.find(({ type }) => type === 'thread.created')?.actor?.function).toBe('Services techniques');
    expect((await posts(reader, body.id)).map(({ position }) => position)).toEqual([1]);
    expect((await ask(author, 'POST', '/api/threads', body)).status).toBe(200);
    expect((await read<ThreadView>(author, `/api/threads/${body.id}`)).follow).toBe('all');
  });

  it('that goes into a confidential space later takes its case along', async () => {
    const inside = await buildMember(app, { role: 'moderator', organisationId: first.organisationId });
    const confidential = await buildSpace(app, { access: 'confidential', members: [inside, author] });
    const body = aThreadBody(space, { title: 'Nos promotions de printemps' });
    await ask(author, 'POST', '/api/threads', body);
    const { id } = await heldCase(app, first, body.id);
    await publish(first, body.id);
    app.app.get(SessionStore).forgetAll();
    expect((await ask(inside, 'POST', `/api/threads/${body.id}/move`, { id: uuid(), space: confidential.slug, version: 1 })).status).toBe(200);
    const decided = async (who: Member) => (await read<CasesPage>(who, '/api/moderation/cases?which=decided')).items.filter((one) => one.id === id).map(({ target }) => target.title);
    expect([await decided(first), (await ask(first, 'GET', `/api/moderation/cases/${id}`)).status, await decided(inside)]).toEqual([[], 404, [body.title]]);
  });
});

describe('a message that moderation lets through', () => {
  it('appears at that moment, at the next position, live, with its mentions and files', async () => {
    const file = await buildAttachment(app, author);
    const city = await app.database.row<{ name: string; id: string }>('SELECT name, id FROM organisation WHERE id = $1', [reader.organisationId]);
    const id = await hold({ body: `Une remise, @${city?.name ?? ''}`, attachments: [file.id] });
    await buildPost(app, reader, thread.id);
    expect([(await ask(reader, 'GET', `/api/attachments/${file.id}`)).status, (await ask(first, 'GET', `/api/attachments/${file.id}`)).status]).toEqual([404, 200]);
    const watching = await app.socket(reader.cookie);
    await watching.socket.emitWithAck('watch', { thread: thread.id });
    const own = await app.socket(author.cookie);
    expect((await publish(first, id)).status).toBe(201);
    await until(() => watching.events.some(({ type, post }) => type === 'post.created' && post === id), 'the message at the reader');
    await until(() => own.events.some(({ type }) => type === 'held.moved'), 'the news at the author');
    const shown = await posts(reader);
    expect([shown.map(({ position }) => position), shown.at(-1)?.id, shown.at(-1)?.attachments.map((one) => one.id), shown.at(-1)?.author.function]).toEqual([[1, 2, 3], id, [file.id], 'Services techniques']);
    expect(await app.database.row('SELECT organisation_id FROM post_mention WHERE post_id = $1', [id])).toEqual({ organisation_id: city?.id });
    expect((await read<ThreadView>(reader, `/api/threads/${thread.id}`)).postCount).toBe(3);
    await indexed(app);
    expect((await ask(reader, 'GET', '/api/search?q=remise')).json['total']).toBeGreaterThan(0);
    expect(await heldOf(app, author)).toEqual([]);
    // A client that never got an answer repeats its request.
    expect((await reply(caught({ id, body: `Une remise, @${city?.name ?? ''}`, attachments: [file.id] }))).status).toBe(200);
  });

  it('is decided once, whoever lets it through or refuses it at the same moment', async () => {
    for (let turn = 0; turn < 4; turn += 1) {
      const id = await hold();
      const answers = await Promise.all([publish(first, id), refuse(second, id)]);
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
      const appears = (await posts(reader)).some((post) => post.id === id);
      expect(appears).toBe(answers[0]?.status === 201);
    }
  });

  it('keeps positions without a gap, however many appear while others write', async () => {
    const held: string[] = [];
    for (let count = 0; count < 5; count += 1) held.push(await hold());
    await Promise.all([...held.map((id) => publish(first, id)), ...Array.from({ length: 5 }, () => buildPost(app, reader, thread.id))]);
    expect((await posts(reader)).map(({ position }) => position)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    await app.app.get(EventTail).settled();
  });

  it('follows its thread into another space', async () => {
    const moved = await hold();
    await ask(first, 'POST', `/api/threads/${thread.id}/move`, { id: uuid(), space: other.slug, version: 1 });
    expect((await publish(first, moved)).status).toBe(201);
    expect((await posts(reader)).at(-1)).toMatchObject({ id: moved, position: 3 });
  });

  it('is not let into a thread that was closed meanwhile, until it is open again', async () => {
    const id = await hold();
    await ask(first, 'PATCH', `/api/threads/${thread.id}`, { version: 1, status: 'closed' });
    expect((await publish(first, id)).json.code).toBe('thread-closed');
    expect((await heldCase(app, first, id)).state).toBe('open');
    await ask(first, 'PATCH', `/api/threads/${thread.id}`, { version: 2, status: 'open' });
    expect((await publish(first, id)).status).toBe(201);
  });

  it('goes where its thread was merged, however often', async () => {
    const [by, into] = [await buildThread(app, reader, space), await buildThread(app, reader, space)];
    const id = await hold();
    await ask(first, 'POST', `/api/threads/${thread.id}/merge`, { id: uuid(), into: by.id });
    await ask(first, 'POST', `/api/threads/${by.id}/merge`, { id: uuid(), into: into.id });
    expect((await publish(first, id)).status).toBe(201);
    expect((await posts(reader, into.id)).at(-1)?.id).toBe(id);
  });

  it('does not appear while its author reads no more there', async () => {
    const room = await buildSpace(app, { access: 'closed', members: [author, first] });
    await buildRule(app, first, room);
    const into = await buildThread(app, author, room);
    const body = caught();
    await reply(body, author, into.id);
    await app.database.run('DELETE FROM space_member WHERE space_id = $1 AND person_id = $2', [room.id, author.personId]);
    expect((await publish(first, body.id)).json.code).toBe('not-possible-now');
  });

  it('is read by moderation alone, with what was found', async () => {
    const id = await hold();
    const one = await heldCase(app, first, id);
    expect([one.target, one.found, one.held]).toMatchObject([
      { kind: 'held', title: thread.title, url: `/fils/${thread.id}` }, [{ name: 'Offres commerciales', words: ['remise'] }], { kind: 'reply', state: 'waiting', text: { text: 'Une remise pour vous', marks: [[4, 10]] }, by: { function: 'Services techniques' } }]);
    expect((await ask(reader, 'GET', `/api/moderation/cases/${one.id}`)).status).toBe(403);
  });
});

describe('a message that moderation refuses', () => {
  it('gives its author the reasons, and appears when an appeal is heard', async () => {
    const id = await hold();
    expect((await refuse(first, id)).status).toBe(201);
    const [decision] = (await read<MyModerationView>(author, '/api/me/moderation')).decisions;
    expect(decision).toMatchObject({ measure: 'refuse', target: { kind: 'held', title: thread.title }, duration: null });
    expect(await heldOf(app, author)).toEqual([]);
    await ask(author, 'POST', `/api/me/decisions/${decision?.id ?? ''}/appeal`, { id: uuid(), body: 'Ce n’est pas une offre.' });
    const { items } = await read<{ items: CaseView[] }>(second, '/api/moderation/cases');
    const appeal = items.find((one) => one.kind === 'appeal' && one.target.id === id);
    const view = await read<CaseView>(second, `/api/moderation/cases/${appeal?.id ?? ''}`);
    expect(view.held?.text.text).toBe('Une remise pour vous');
    expect((await ask(second, 'POST', `/api/moderation/cases/${view.id}/answer`, { version: view.version, outcome: 'reversed', answer: 'Vous avez raison.' })).status).toBe(201);
    expect((await posts(reader)).at(-1)).toMatchObject({ id, position: 2, body: 'Une remise pour vous' });
  });

  it('waits again when the refusal is undone, and its author may be silenced with it', async () => {
    const id = await hold();
    await refuse(first, id, { measure: 'mute', duration: 1 });
    const { decisions } = await read<CaseView>(first, `/api/moderation/cases/${(await app.database.row<{ case_id: string }>('SELECT case_id FROM held_post WHERE id = $1', [id]))?.case_id ?? ''}`);
    expect((await reply()).status).toBe(403);
    await ask(first, 'POST', `/api/moderation/decisions/${decisions[0]?.id ?? ''}/undo`);
    expect((await publish(second, id)).status).toBe(201);
  });

  it('waits again when an appeal is heard while its thread is closed, and appears when that is open', async () => {
    const id = await hold();
    await refuse(first, id);
    const [decision] = (await read<MyModerationView>(author, '/api/me/moderation')).decisions;
    await ask(author, 'POST', `/api/me/decisions/${decision?.id ?? ''}/appeal`, { id: uuid(), body: 'Ce n’est pas une offre.' });
    const status = async (value: string) => ask(first, 'PATCH', `/api/threads/${thread.id}`, { version: (await read<ThreadView>(first, `/api/threads/${thread.id}`)).version, status: value });
    await status('closed');
    const { items } = await read<CasesPage>(second, '/api/moderation/cases');
    const appeal = items.find((one) => one.kind === 'appeal' && one.target.id === id);
    expect((await ask(second, 'POST', `/api/moderation/cases/${appeal?.id ?? ''}/answer`, { version: appeal?.version, outcome: 'reversed', answer: 'Vous avez raison.' })).status).toBe(201);
    expect([(await read<MyModerationView>(author, '/api/me/moderation')).decisions[0]?.appeal?.outcome, (await heldOf(app, author)).map((one) => one.id), (await publish(second, id)).json.code]).toEqual(['reversed', [id], 'thread-closed']);
    await status('open');
    expect([(await publish(second, id)).status, (await posts(reader)).some((post) => post.id === id)]).toEqual([201, true]);
  });

  it('names no author of a thread that withholds names by what was decided before', async () => {
    const nameless = await buildThread(app, author, space, { naming: 'withheld' });
    const body = aPostBody({ body: 'Une remise confiée sans nom' });
    await ask(author, 'POST', `/api/threads/${nameless.id}/posts`, body);
    const one = await heldCase(app, first, body.id);
    expect((await refuse(first, body.id)).status).toBe(201);
    const plain = await buildPost(app, author, (await buildThread(app, author, space)).id);
    await ask(reader, 'POST', '/api/reports', { id: uuid(), targetKind: 'post', targetId: plain.id, reason: 'other', text: '' });
    const { author: told } = await heldCase(app, first, plain.id);
    expect(told?.past.map(({ number }) => number)).not.toContain(one.number);
    expect(told?.cases).toBe(0);
  });

  it('is in the register without words, and what was held and let through in its figures', async () => {
    const before = (await read<RegisterPage>(reader, '/api/register')).months.at(-1);
    await refuse(first, await hold());
    await publish(first, await hold());
    const { items, months } = await read<RegisterPage>(reader, '/api/register');
    expect(items[0]).toMatchObject({ target: 'held', measure: 'refuse' });
    expect([(months.at(-1)?.held ?? 0) - (before?.held ?? 0), (months.at(-1)?.released ?? 0) - (before?.released ?? 0)]).toEqual([2, 1]);
    expect(JSON.stringify(items)).not.toContain('remise');
  });
});

describe('an edit that a rule catches', () => {
  const edit = (post: PostView, body: string, version = 1) => ask(author, 'PATCH', `/api/posts/${post.id}`, { body, version });

  it('waits while the message stands as it was, and takes its place when it is let through', async () => {
    const post = await buildPost(app, author, thread.id, { body: 'Un message' });
    expect((await edit(post, 'Un message avec remise')).json).toMatchObject({ body: 'Un message', version: 1, waiting: { rules: [{ words: ['remise'] }] } });
    await edit(post, 'Un message avec promotion');
    const [held, more] = await heldOf(app, author);
    expect([held, more]).toMatchObject([{ kind: 'edit', post: post.id, position: 2, body: 'Un message avec promotion' }, undefined]);
    const one = await heldCase(app, first, held?.id ?? '');
    expect([one.held?.before, one.found.map(({ words }) => words)]).toEqual(['Un message', [['promotion']]]);
    expect((await publish(first, held?.id ?? '')).status).toBe(201);
    expect((await posts(reader)).at(-1)).toMatchObject({ body: 'Un message avec promotion', version: 2 });
    const events = (await read<{ items: { type: string; actor: { function: string } | null }[] }>(reader, `/api/events?since=0&limit=500`)).items;
    expect(events.filter(({ type }) => type === 'post.edited').at(-1)?.actor?.function).toBe('Services techniques');
  });

  it('is not refused any more by an undo, and does not come back where its author has sent another since', async () => {
    const post = await buildPost(app, author, thread.id, { body: 'Un message' });
    await edit(post, 'Un message avec remise');
    const [before] = await heldOf(app, author);
    await refuse(first, before?.id ?? '');
    await edit(post, 'Un message avec promotion');
    const [decision] = (await read<MyModerationView>(author, '/api/me/moderation')).decisions;
    expect((await ask(first, 'POST', `/api/moderation/decisions/${decision?.id ?? ''}/undo`)).status).toBe(201);
    expect([(await heldOf(app, author)).map(({ body }) => body), (await read<CasesPage>(first, '/api/moderation/cases')).items.filter(({ target }) => target.id === before?.id)]).toEqual([['Un message avec promotion'], []]);
  });

  it('is one however often it is sent, also at once, and a repeat does not change its case', async () => {
    const post = await buildPost(app, author, thread.id, { body: 'Un message' });
    const answers = await Promise.all([1, 2, 3].map(() => edit(post, 'Un message avec remise')));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    const [held, more] = await heldOf(app, author);
    const { version } = await heldCase(app, first, held?.id ?? '');
    await edit(post, 'Un message avec remise');
    expect([more, (await heldCase(app, first, held?.id ?? '')).version]).toEqual([undefined, version]);
    await edit(post, 'Un message avec deux remises, une remise');
    expect((await heldCase(app, first, held?.id ?? '')).version).toBe(version + 1);
  });

  it('tells nobody but the author of the message what a rule looks for', async () => {
    const hidden = await buildSpace(app, { access: 'confidential', members: [author], animators: [reader] });
    await buildRule(app, reader, hidden, { action: 'ask', name: 'Dossier réservé', definition: { kind: 'words', terms: ['quetzal'] } });
    const post = await buildPost(app, author, (await buildThread(app, author, hidden)).id);
    const outsider = await buildMember(app);
    const probe = (who: Member, body: string) => ask(who, 'PATCH', `/api/posts/${post.id}`, { version: 1, body });
    const told = (answers: Awaited<ReturnType<typeof probe>>[]) => answers.map(({ status, json }) => [status, json.code]);
    expect(told([await probe(outsider, 'Le quetzal'), await probe(outsider, 'Rien')])).toEqual([[404, 'not-found'], [404, 'not-found']]);
    expect(told([await probe(reader, 'Le quetzal'), await probe(reader, 'Rien')])).toEqual([[403, 'forbidden'], [403, 'forbidden']]);
    expect((await probe(author, 'Le quetzal')).json.code).toBe('reconsider');
  });

  it('of words that stood there already is no new one', async () => {
    const id = await hold();
    await publish(first, id);
    expect((await ask(author, 'PATCH', `/api/posts/${id}`, { body: 'Une remise pour vous tous', version: 1 })).json).toMatchObject({ version: 2, body: 'Une remise pour vous tous' });
  });

  it('has nothing left to decide once the message has changed', async () => {
    const post = await buildPost(app, author, thread.id, { body: 'Un message' });
    await edit(post, 'Un message avec remise');
    const [held] = await heldOf(app, author);
    await edit(post, 'Un autre message');
    expect(await heldOf(app, author)).toEqual([]);
    const answer = await publish(first, held?.id ?? '');
    expect([answer.status, answer.json]).toMatchObject([201, { state: 'decided', held: { state: 'withdrawn' } }]);
    expect((await posts(reader)).at(-1)?.body).toBe('Un autre message');
  });
});
