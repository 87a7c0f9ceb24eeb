import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { MyModerationView, PostView, RevisionView, ThreadView } from '@passerelle/contract';
import { LiveIndex } from '../src/search/index.js';
import { buildMember, buildPost, buildSpace, buildThread, type Member, type Space } from './builders/forum.js';
import { buildModerators, Desk } from './builders/moderation.js';
import { buildTrialLibrary } from './builders/trial-library.js';
import { TestApp, until } from './support/app.js';

let app: TestApp, desk: Desk;
let author: Member, reporter: Member, first: Member, second: Member, space: Space, other: Space, thread: string, post: PostView;

beforeAll(async () => {
  app = await TestApp.start();
  desk = new Desk(app);
  [first, second] = await buildModerators(app);
  reporter = await buildMember(app);
  [space, other] = [await buildSpace(app), await buildSpace(app)];
});
beforeEach(async () => {
  author = await buildMember(app);
  thread = (await buildThread(app, author, space)).id;
  post = await buildPost(app, author, thread, { body: 'Nos camions rutilants en huit semaines' });
});
afterAll(() => app.stop());

const postOf = (who: Member, id = post.id) => desk.read<PostView>(who, `/api/posts/${id}`);
const threadOf = (id = thread) => desk.read<ThreadView>(reporter, `/api/threads/${id}`);
const revisionsOf = async (who: Member) => (await desk.read<{ items: RevisionView[] }>(who, `/api/posts/${post.id}/revisions`)).items?.map(({ body }) => body);
const edit = { measure: 'edit', duration: 'definitive', replacement: 'Nos camions sont arrivés.' };
/** Reports it and decides. @returns the decision. */
async function decided(kind: string, target: string, changes: Record<string, unknown>, who = first): Promise<string> {
  await desk.report(reporter, kind, target);
  const seen = (await desk.view(who, (await desk.caseOf(who, target)).id)).seen;
  const { id, answer } = await desk.decide(who, target, { seen, ...changes });
  expect([answer.status, answer.text.slice(0, answer.status === 201 ? 0 : 400)]).toEqual([201, '']);
  return id;
}
const found = async (words: string) => {
  await app.app.get(LiveIndex).settled();
  return (await desk.read<{ hits: { id: string }[] }>(reporter, `/api/search?q=${words}`)).hits.length > 0;
};

describe('a message that moderation edits', () => {
  it('says so to all, live, and keeps the words of its author for them and moderation alone', async () => {
    const { socket, events } = await app.socket(reporter.cookie);
    await new Promise((done) => socket.emit('watch', { thread }, done));
    await decided('post', post.id, edit);
    await until(() => events.some(({ type, data }) => type === 'post.edited' && (data as PostView).body === edit.replacement), 'the edit');
    expect(await postOf(reporter)).toMatchObject({ body: edit.replacement, moderated: { act: 'edited' }, editedAt: null });
    expect([await revisionsOf(reporter), await revisionsOf(author), await revisionsOf(second)]).toEqual([[], [post.body], [post.body]]);
    expect([await found('rutilants'), await found('arrivés')]).toEqual([false, true]);
    const [letter] = (await desk.read<MyModerationView>(author, '/api/me/moderation')).decisions;
    expect(letter).toMatchObject({ measure: 'edit', duration: 'definitive', replacement: edit.replacement });
  });

  it('is not edited by its author while that stands', async () => {
    await decided('post', post.id, edit);
    const now = await postOf(author);
    expect([now.abilities.edit, (await desk.ask(author, 'PATCH', `/api/posts/${post.id}`, { version: now.version, body: post.body })).json.code]).toEqual([false, 'held-by-decision']);
  });

  it('gets its words back by an undo, as if nothing had been', async () => {
    await desk.ask(author, 'PATCH', `/api/posts/${post.id}`, { version: 1, body: 'Nos camions, corrigés' });
    const before = await postOf(reporter);
    await desk.undo(first, await decided('post', post.id, edit));
    expect(await postOf(reporter)).toEqual({ ...before, version: before.version + 2 });
    expect(await revisionsOf(reporter)).toEqual([post.body]);
  });

  it('gets its words back when an appeal is heard, and shows its case both', async () => {
    const decision = await decided('post', post.id, edit);
    await desk.contest(author, decision);
    const one = await desk.caseOf(second, post.id, 'appeal');
    expect(await desk.view(second, one.id)).toMatchObject({ original: post.body, words: edit.replacement });
    await desk.ask(second, 'POST', `/api/moderation/cases/${one.id}/answer`, { version: one.version, outcome: 'reversed', answer: 'Le texte était une réponse.' });
    expect(await postOf(reporter)).toMatchObject({ body: post.body, moderated: null });
  });

  it('is refused when its author has changed it since it was read', async () => {
    await desk.report(reporter, 'post', post.id);
    const { seen } = await desk.view(first, (await desk.caseOf(first, post.id)).id);
    await desk.ask(author, 'PATCH', `/api/posts/${post.id}`, { version: 1, body: 'Un texte neuf' });
    expect((await desk.decide(first, post.id, { ...edit, seen })).answer.json.code).toBe('case-changed');
    expect((await desk.decide(first, post.id, { measure: 'hide', duration: 3, seen })).answer.json.code).toBe('case-changed');
    expect((await postOf(reporter)).body).toBe('Un texte neuf');
  });

  it.each([
    ['no words', { ...edit, replacement: null, seen: 1 }, 'replacement'],
    ['a time', { ...edit, duration: 3, seen: 1 }, 'duration'],
    ['no version that was read', { ...edit, seen: null }, 'replacement'],
    ['the same words', { ...edit, replacement: 'Nos camions rutilants en huit semaines', seen: 1 }, 'replacement'],
    ['words with another measure', { measure: 'warn', replacement: 'Un texte', seen: 1 }, 'replacement'],
  ])('is refused with %s', async (_what, changes, path) => {
    await desk.report(reporter, 'post', post.id);
    const { answer } = await desk.decide(first, post.id, changes);
    expect([answer.status, answer.json.errors?.[0]?.path]).toEqual([400, path]);
  });
});

describe('a message that moderation removes', () => {
  it('leaves a trace, and shows its words to the case alone', async () => {
    post = await buildPost(app, author, thread, { body: 'Un chameau écarlate' });
    const decision = await decided('post', post.id, { measure: 'remove', duration: 'definitive' });
    for (const who of [reporter, author, second]) expect(await postOf(who)).toMatchObject({ state: 'removed', body: '', html: '', moderated: { act: 'removed' } });
    expect([await revisionsOf(second), await found('écarlate'), (await threadOf()).postCount]).toEqual([undefined, false, 2]);
    await desk.contest(author, decision);
    const { context } = await desk.view(second, (await desk.caseOf(second, post.id, 'appeal')).id);
    expect(context.find(({ isTarget }) => isTarget)?.text).toBe(post.body);
  });

  it('comes back by an undo, with its count', async () => {
    const decision = await decided('post', post.id, { measure: 'remove', duration: 'definitive' });
    await desk.undo(first, decision);
    expect([await postOf(reporter), (await threadOf()).postCount]).toEqual([expect.objectContaining({ state: 'visible', body: post.body, moderated: null }), 2]);
  });

  it('is held also when its author had taken it away before, and goes back to them as it was', async () => {
    await desk.report(reporter, 'post', post.id);
    await desk.ask(author, 'DELETE', `/api/posts/${post.id}?version=1`);
    const restore = async () => desk.ask(author, 'POST', `/api/posts/${post.id}/restore`, { version: (await postOf(author)).version });
    const { id } = await desk.decide(first, post.id, { measure: 'remove', duration: 'definitive' });
    expect([(await restore()).json.code, (await postOf(reporter)).moderated?.act, (await threadOf()).postCount]).toEqual(['held-by-decision', 'removed', 1]);
    await desk.undo(first, id);
    expect([await postOf(reporter), (await threadOf()).postCount]).toEqual([expect.objectContaining({ state: 'removed', moderated: null }), 1]);
    expect([(await restore()).status, (await postOf(reporter)).body, (await threadOf()).postCount]).toEqual([200, post.body, 2]);
  });

  it('comes back by no ordinary way, for as long as the decision stands', async () => {
    for (const measure of ['hide', 'remove']) {
      const one = await buildPost(app, author, thread);
      const decision = await decided('post', one.id, { measure, duration: 'definitive' });
      const restore = async (who: Member) => (await desk.ask(who, 'POST', `/api/posts/${one.id}/restore`, { version: (await postOf(who, one.id)).version })).json.code;
      expect([await restore(second), await restore(author), await restore(reporter)]).toEqual(['held-by-decision', 'held-by-decision', 'forbidden']);
      expect((await postOf(second, one.id)).abilities.restore).toBe(false);
      await desk.appeal(author, second, { decision, target: one.id, outcome: 'reversed' });
      expect((await postOf(reporter, one.id)).state).toBe('visible');
    }
  });
});

describe('a thread', () => {
  it('gets another title, which its author may not take back, until the appeal is heard', async () => {
    const { title } = await threadOf();
    const decision = await decided('thread', thread, { measure: 'edit', duration: 'definitive', replacement: 'Un titre sans attaque' });
    const now = await threadOf();
    expect([now.title, (await desk.ask(author, 'PATCH', `/api/threads/${thread}`, { version: now.version, title })).json.code]).toEqual(['Un titre sans attaque', 'held-by-decision']);
    await desk.appeal(author, second, { decision, target: thread, outcome: 'reversed' });
    expect((await threadOf()).title).toBe(title);
  });

  it('that a decision closed is opened by no ordinary way', async () => {
    const decision = await decided('thread', thread, { measure: 'close', duration: 7 });
    const open = async () => (await desk.ask(second, 'PATCH', `/api/threads/${thread}`, { version: (await threadOf()).version, status: 'open' })).json.code;
    expect(await open()).toBe('held-by-decision');
    await desk.end(decision);
    expect((await threadOf()).status).toBe('open');
  });

  it('moves to another space and back', async () => {
    const decision = await decided('thread', thread, { measure: 'move', duration: 'definitive', destination: { space: other.slug } });
    expect((await threadOf()).space.slug).toBe(other.slug);
    await desk.undo(first, decision);
    expect((await threadOf()).space.slug).toBe(space.slug);
  });

  it('goes neither into nor out of a confidential space by somebody who does not belong to it, and what is said of it goes along', async () => {
    const inside = await buildMember(app, { role: 'moderator' });
    await app.database.run(`UPDATE organisation SET country = 'BE' WHERE id = $1`, [inside.organisationId]);
    const hidden = await buildSpace(app, { access: 'confidential', members: [inside, author] });
    await desk.report(reporter, 'thread', thread);
    const move = { measure: 'move', duration: 'definitive', destination: { space: hidden.slug } };
    expect((await desk.decide(first, thread, move)).answer.status).toBe(400);
    const one = await desk.caseOf(first, thread);
    expect((await desk.decide(inside, thread, move)).answer.status).toBe(201);
    expect([(await desk.ask(first, 'GET', `/api/moderation/cases/${one.id}`)).status, (await desk.ask(inside, 'GET', `/api/moderation/cases/${one.id}`)).status]).toEqual([404, 200]);
    // Appeals of the next tests are for the second moderator.
    await app.database.run(`UPDATE account SET role = 'member' WHERE id = $1`, [inside.accountId]);
  });
});

describe('a message that moves', () => {
  const away = (destination: unknown) => decided('post', post.id, { measure: 'move', duration: 'definitive', destination });

  it('starts another thread with its answers, and comes back with what was answered there since', async () => {
    const answer = await buildPost(app, reporter, thread, { replyTo: post.id });
    const decision = await away({ title: 'Les camions dans leur propre fil' });
    const moved = await postOf(reporter);
    expect([moved.thread === thread, (await postOf(reporter, answer.id)).thread]).toEqual([false, moved.thread]);
    const later = await buildPost(app, reporter, moved.thread, { replyTo: post.id });
    await desk.appeal(author, second, { decision, target: post.id, outcome: 'reversed' });
    const back = [await postOf(reporter), await postOf(reporter, answer.id), await postOf(reporter, later.id)];
    expect(back.map((one) => [one.thread, one.position > 3, one.replyTo?.id])).toEqual([[thread, false, undefined], [thread, false, post.id], [thread, true, post.id]]);
  });

  it('joins another thread of the space and comes back to its place', async () => {
    const other = (await buildThread(app, reporter, space)).id;
    const decision = await away({ thread: other });
    expect([(await postOf(reporter)).thread, (await threadOf(other)).postCount, (await threadOf()).postCount]).toEqual([other, 2, 1]);
    await desk.undo(first, decision);
    expect([await postOf(reporter), (await threadOf(other)).postCount]).toEqual([expect.objectContaining({ thread, position: post.position }), 1]);
  });

  it('leaves no answer behind that hangs on a message of another thread', async () => {
    const other = (await buildThread(app, reporter, space)).id;
    const decision = await away({ thread: other });
    const answer = await buildPost(app, reporter, other, { body: 'Une réponse', replyTo: post.id });
    expect(answer.replyTo?.id).toBe(post.id);
    await desk.undo(first, decision);
    expect(await desk.read<PostView>(reporter, `/api/posts/${answer.id}`)).toMatchObject({ thread: other, replyTo: null });
  });

  it.each([
    ['a thread of another space', async () => ({ thread: (await buildThread(app, reporter, other)).id })],
    ['its own thread', async () => ({ thread })],
    ['a space', async () => ({ space: other.slug })],
  ])('does not go to %s', async (_what, to) => {
    await desk.report(reporter, 'post', post.id);
    const { answer } = await desk.decide(first, post.id, { measure: 'move', duration: 'definitive', destination: await to() });
    expect([answer.status, (await postOf(reporter)).thread]).toEqual([400, thread]);
  });
});

describe('a practice that moderation withdraws', () => {
  it('is gone for members and visitors, and stands as before when an appeal is heard', async () => {
    await buildTrialLibrary(app, { published: author });
    await app.database.run(`UPDATE practice SET owner_person_id = $1 WHERE ref = 'essai-published'`, [author.personId]);
    const status = async () => (await desk.ask(reporter, 'GET', '/api/practices/essai-published')).status;
    const standing = () => app.database.row('SELECT state, state_before, consent, validated, due_at FROM practice WHERE ref = $1', ['essai-published']);
    const before = await standing();
    const { id } = (await app.database.row<{ id: string }>('SELECT id FROM practice WHERE ref = $1', ['essai-published'])) ?? { id: '' };
    const decision = await decided('practice', id, { measure: 'remove', duration: 'definitive' });
    expect(await status()).toBe(404);
    await desk.appeal(author, second, { decision, target: id, outcome: 'reversed' });
    expect([await status(), await standing()]).toEqual([200, before]);
  });
});
