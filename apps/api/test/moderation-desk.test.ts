import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { CasesPage, CaseView, MyModerationView, PostView, RegisterPage } from '@passerelle/contract';
import { v7 as uuid } from 'uuid';
import { ModerationClock } from '../src/moderation/index.js';
import { SessionStore } from '../src/platform/index.js';
import { aPostBody, buildCity, buildMember, buildPost, buildSpace, buildThread, type Member, type Space } from './builders/forum.js';
import { TestApp, until } from './support/app.js';

let app: TestApp;
let author: Member, reporter: Member, first: Member, second: Member, secretariat: Member, space: Space, thread: string, post: PostView;

async function anAssociation(): Promise<string> {
  const id = uuid();
  await app.database.run(`INSERT INTO organisation (id, slug, kind, name, country, country_name) VALUES ($1, $2, 'association', 'Association', 'FR', 'France')`, [id, `association-${id.slice(-8)}`]);
  return id;
}
beforeAll(async () => {
  app = await TestApp.start();
  const staff = await anAssociation();
  [first, second] = [await buildMember(app, { role: 'moderator', organisationId: staff }), await buildMember(app, { role: 'moderator', organisationId: staff })];
  secretariat = await buildMember(app, { role: 'administrator', organisationId: staff });
  reporter = await buildMember(app);
  space = await buildSpace(app);
});
beforeEach(async () => {
  author = await buildMember(app);
  thread = (await buildThread(app, author, space)).id;
  post = await buildPost(app, author, thread, { body: 'Nos camions en huit semaines' });
});
afterAll(() => app.stop());

const ask = (who: Member, method: string, path: string, body?: unknown) => app.call(method, path, { cookie: who.cookie, ...(body !== undefined && { body }) });
const read = async <T>(who: Member, path: string) => (await ask(who, 'GET', path)).json as unknown as T;
const report = (who = reporter, target = post.id, id = uuid()) => ask(who, 'POST', '/api/reports', { id, targetKind: 'post', targetId: target, reason: 'advertising', text: 'Une offre commerciale' });
const caseOf = async (target = post.id, who = first) => {
  const found = (await read<CasesPage>(who, '/api/moderation/cases')).items.find((one) => one.target.id === target);
  if (!found) throw new Error('No such case');
  return found;
};
const aDecision = (version: number, changes = {}) => ({ id: uuid(), version, rule: 'commerce', facts: 'Le message propose une livraison et une remise.', measure: 'hide', duration: 'definitive', remedy: 'Vous pouvez écrire un message sans offre.', ...changes });
const decide = async (who: Member, changes = {}, target = post.id) => {
  const one = await caseOf(target, who);
  return ask(who, 'POST', `/api/moderation/cases/${one.id}/decision`, aDecision(one.version, changes));
};
const mine = (who: Member) => read<MyModerationView>(who, '/api/me/moderation');
const stateOf = async () => ((await ask(reporter, 'GET', `/api/posts/${post.id}`)).json as unknown as PostView).state;

describe('a report', () => {
  it('opens one case for one thing, which gathers what others say', async () => {
    const other = await buildMember(app);
    expect([(await report()).status, (await report(other)).status]).toEqual([201, 201]);
    const one = await caseOf();
    expect([one.reports, one.number]).toEqual([2, expect.stringMatching(/^\d{4}-\d{3,}$/)]);
    const view = await read<CaseView>(first, `/api/moderation/cases/${one.id}`);
    expect([view.reported.map(({ text }) => text), view.context.find(({ isTarget }) => isTarget)?.text]).toEqual([['Une offre commerciale', 'Une offre commerciale'], 'Nos camions en huit semaines']);
  });

  it('is filed once by a repeat', async () => {
    const id = uuid();
    expect([(await report(reporter, post.id, id)).status, (await report(reporter, post.id, id)).status, (await caseOf()).reports]).toEqual([201, 200, 1]);
  });

  it('is filed once when it comes several times at once', async () => {
    const id = uuid();
    const answers = await Promise.all([1, 2, 3].map(() => report(reporter, post.id, id)));
    expect([answers.map(({ status }) => status).sort(), (await caseOf()).reports]).toEqual([[200, 200, 201], 1]);
  });

  it('counts once for each person: the same words again change nothing, other words are read', async () => {
    const say = (text: string) => ask(reporter, 'POST', '/api/reports', { id: uuid(), targetKind: 'post', targetId: post.id, reason: 'advertising', text });
    expect([(await say('Une offre')).status, (await say('Une offre')).status]).toEqual([201, 200]);
    expect(await caseOf()).toMatchObject({ reports: 1, version: 1 });
    expect((await say('Une offre, et un lien')).status).toBe(201);
    expect(await caseOf()).toMatchObject({ reports: 1, version: 2 });
  });

  it('gives numbers without a gap to reports that come at once', async () => {
    const posts = await Promise.all(Array.from({ length: 5 }, () => buildPost(app, author, thread)));
    await Promise.all(posts.map(({ id }) => report(reporter, id)));
    const numbers = (await Promise.all(posts.map(({ id }) => caseOf(id)))).map(({ number }) => Number(number.split('-')[1])).sort((a, b) => a - b);
    expect(numbers.map((number) => number - (numbers[0] ?? 0))).toEqual([0, 1, 2, 3, 4]);
  });

  it('is answered as filed by a repeat when what was reported is hidden since', async () => {
    const id = uuid();
    await report(reporter, post.id, id);
    await decide(first);
    expect((await report(reporter, post.id, id)).status).toBe(200);
  });

  it('names nothing to its reporter, nor a decision to the author, of a thread that they read no more', async () => {
    const inside = await buildMember(app, { role: 'moderator', organisationId: first.organisationId });
    const hidden = await buildSpace(app, { access: 'confidential', members: [inside] });
    await report();
    await decide(first, { measure: 'warn', duration: null });
    app.app.get(SessionStore).forgetAll();
    const version = async () => (await read<{ version: number }>(inside, `/api/threads/${thread}`)).version;
    await ask(inside, 'POST', `/api/threads/${thread}/move`, { id: uuid(), space: hidden.slug, version: await version() });
    expect((await ask(inside, 'PATCH', `/api/threads/${thread}`, { version: await version(), title: 'Un titre qui ne sort pas' })).status).toBe(200);
    expect([(await mine(reporter)).reports[0]?.target, (await mine(author)).decisions[0]?.target]).toMatchObject([{ title: '', url: null }, { title: '', url: null }]);
    // Nothing is given to them in what follows.
    await app.database.run(`UPDATE account SET role = 'member' WHERE id = $1`, [inside.accountId]);
  });

  it('tells the reporter what became of it', async () => {
    await report();
    const { events } = await app.socket(reporter.cookie);
    expect((await mine(reporter)).reports[0]).toMatchObject({ reason: 'advertising', outcome: 'waiting' });
    await decide(first);
    await until(() => events.some(({ type }) => type === 'report.answered'), 'the answer');
    expect((await mine(reporter)).reports[0]?.outcome).toBe('hide');
  });
});

describe('a case', () => {
  it('is taken by one moderator, which the others see live, and is decided by nobody else', async () => {
    await report();
    const { events } = await app.socket(second.cookie);
    const one = await caseOf();
    const claim = (who: Member) => ask(who, 'PUT', `/api/moderation/cases/${one.id}/claim`);
    expect([(await claim(first)).status, (await claim(first)).status, (await claim(second)).json.code]).toEqual([200, 200, 'not-possible-now']);
    await until(() => events.some(({ type, data }) => type === 'case.moved' && (data as { subject: string }).subject === one.id), 'the claim');
    expect([(await caseOf(post.id, second)).claimedBy?.mine, (await decide(second)).json.code]).toEqual([false, 'not-possible-now']);
    await ask(first, 'DELETE', `/api/moderation/cases/${one.id}/claim`);
    expect((await decide(second)).status).toBe(201);
  });

  it('is not decided on what a moderator has not seen', async () => {
    await report();
    const one = await caseOf();
    await report(await buildMember(app));
    expect((await ask(first, 'POST', `/api/moderation/cases/${one.id}/decision`, aDecision(one.version))).json.code).toBe('stale-version');
  });

  it('on a thread is not decided when its first message has changed since', async () => {
    await ask(reporter, 'POST', '/api/reports', { id: uuid(), targetKind: 'thread', targetId: thread, reason: 'other', text: '' });
    const { seen } = await caseOf(thread);
    const opening = (await read<{ items: PostView[] }>(author, `/api/threads/${thread}/posts`)).items[0];
    await ask(author, 'PATCH', `/api/posts/${opening?.id}`, { version: 1, body: 'Tout autre chose' });
    expect((await decide(first, { measure: 'close', duration: 3, seen }, thread)).json.code).toBe('case-changed');
    expect((await decide(first, { measure: 'close', duration: 3, seen: (await caseOf(thread)).seen }, thread)).status).toBe(201);
  });

  it('is decided once, whoever decides at the same moment', async () => {
    await report();
    const answers = await Promise.all([decide(first), decide(second)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
  });

  it('is left by a moderator of the city or the country of the author', async () => {
    const neighbour = await buildMember(app, { role: 'moderator', organisationId: await buildCity(app) });
    const colleague = await buildMember(app, { role: 'moderator', organisationId: author.organisationId });
    await report();
    expect([(await caseOf(post.id, neighbour)).barred, (await caseOf(post.id, colleague)).barred]).toEqual(['country', 'city']);
    expect([(await decide(neighbour)).json.code, (await decide(colleague)).json.code]).toEqual(['recused', 'recused']);
  });

  it('of a confidential space is seen by moderators who belong to it, and leaves no trace for others', async () => {
    const inside = await buildMember(app, { role: 'moderator' });
    await app.database.run(`UPDATE organisation SET country = 'BE' WHERE id = $1`, [inside.organisationId]);
    const hidden = await buildSpace(app, { access: 'confidential', members: [author, reporter, inside] });
    const before = await read<RegisterPage>(secretariat, '/api/register');
    post = await buildPost(app, author, (await buildThread(app, author, hidden)).id, { body: 'Le message signalé' });
    await report();
    await expect(caseOf(post.id, first)).rejects.toThrow();
    await expect(caseOf(post.id, secretariat)).rejects.toThrow();
    const one = await caseOf(post.id, inside);
    expect((await ask(secretariat, 'GET', `/api/moderation/cases/${one.id}`)).status).toBe(404);
    expect((await decide(inside)).status).toBe(201);
    const mail = await app.database.row<{ body: string }>('SELECT w.body FROM mail_waiting w JOIN account a ON a.email = w.recipient WHERE a.id = $1', [author.accountId]);
    expect(mail?.body).not.toContain('Le message propose');
    expect(await read<RegisterPage>(secretariat, '/api/register')).toEqual(before);
  });
});

describe('a decision', () => {
  it.each([
    ['a rule', { rule: 'aucune' }, 'rule'],
    ['facts', { facts: '' }, 'facts'],
    ['a duration', { duration: null }, 'duration'],
    ['a remedy', { remedy: ' ' }, 'remedy'],
  ])('is refused without %s', async (_what, changes, path) => {
    await report();
    const { status, json } = await decide(first, changes);
    expect([status, json.errors?.[0]?.path, await stateOf()]).toEqual([400, path, 'visible']);
  });

  it('hides the message, leaves its place, and writes to the author with everything that was weighed', async () => {
    await report();
    expect((await decide(first, { duration: 7 })).status).toBe(201);
    expect(await stateOf()).toBe('removed');
    const [letter] = (await mine(author)).decisions;
    expect(letter).toMatchObject({ measure: 'hide', duration: 7, facts: 'Le message propose une livraison et une remise.', rule: { id: 'commerce' }, appeal: null });
    expect(JSON.stringify(letter)).not.toContain(first.personId);
    const mail = await app.database.row<{ body: string }>('SELECT w.body FROM mail_waiting w JOIN account a ON a.email = w.recipient WHERE a.id = $1', [author.accountId]);
    expect(mail?.body).toContain('Le message propose une livraison et une remise.');
    expect(mail?.body).not.toContain('Nos camions en huit semaines');
  });

  it('ends when its time is over', async () => {
    await report();
    await decide(first, { duration: 1 });
    await app.database.run(`UPDATE moderation_decision SET ends_at = now() WHERE author_person_id = $1`, [author.personId]);
    await app.app.get(ModerationClock).work();
    expect(await stateOf()).toBe('visible');
  });

  it('that mutes ends writing at once and for its time only; reading goes on', async () => {
    await report();
    await decide(first, { measure: 'mute', duration: 3 });
    const reply = async () => (await ask(author, 'POST', `/api/threads/${thread}/posts`, aPostBody())).status;
    await until(async () => (await reply()) === 403, 'the end of writing');
    expect((await ask(author, 'GET', `/api/threads/${thread}`)).status).toBe(200);
    await app.database.run('UPDATE sanction SET ends_at = now() WHERE person_id = $1', [author.personId]);
    await app.database.run('DELETE FROM session WHERE account_id = $1', [author.accountId]);
    expect(await app.database.row('SELECT 1 FROM sanction WHERE person_id = $1 AND (ends_at IS NULL OR ends_at > now())', [author.personId])).toBeUndefined();
  });

  it('that suspends closes the exchanges, not the letter', async () => {
    await report();
    await decide(first, { measure: 'suspend', duration: 'definitive' });
    await until(async () => (await ask(author, 'GET', `/api/threads/${thread}`)).status === 404, 'the end of access');
    expect((await mine(author)).decisions).toHaveLength(1);
  });

  it('that slows a thread makes each wait between two messages', async () => {
    await report();
    await decide(first, { measure: 'slow', duration: 1 });
    const reply = (who: Member) => ask(who, 'POST', `/api/threads/${thread}/posts`, aPostBody());
    expect([(await reply(reporter)).status, (await reply(reporter)).json.code, (await reply(author)).json.code]).toEqual([201, 'slow-mode', 'slow-mode']);
  });

  it('is undone by whoever took it, within ten minutes', async () => {
    await report();
    const decided = await decide(first);
    const id = (decided.json as unknown as CaseView).decisions[0]?.id;
    expect([(await ask(second, 'POST', `/api/moderation/decisions/${id}/undo`)).status, (await ask(first, 'POST', `/api/moderation/decisions/${id}/undo`)).status]).toEqual([403, 201]);
    expect([await stateOf(), (await caseOf()).state, (await mine(author)).decisions.map(({ undone }) => undone)]).toEqual(['visible', 'open', [true]]);
    const again = (await decide(first)).json as unknown as CaseView;
    await app.database.run(`UPDATE moderation_decision SET at = now() - interval '11 minutes' WHERE id = $1`, [again.decisions[0]?.id]);
    expect((await ask(first, 'POST', `/api/moderation/decisions/${again.decisions[0]?.id}/undo`)).json.code).toBe('undo-expired');
  });

  it('that is undone is told to whoever had its letter', async () => {
    await report();
    const decided = await decide(first, { measure: 'suspend', duration: 30 });
    const { decisions, number } = decided.json as unknown as CaseView;
    await ask(first, 'POST', `/api/moderation/decisions/${decisions[0]?.id}/undo`);
    const mails = await app.database.rows<{ subject: string }>('SELECT w.subject FROM mail_waiting w JOIN account a ON a.email = w.recipient WHERE a.id = $1 ORDER BY w.subject', [author.accountId]);
    expect(mails.map(({ subject }) => subject)).toEqual([`Décision de modération ${number}`, `Décision de modération ${number} annulée`]);
  });

  it('ends by the clock while whoever answers its appeal has the thread', async () => {
    await report();
    const { decisions } = (await decide(first, { duration: 1 })).json as unknown as CaseView;
    await app.database.run('UPDATE moderation_decision SET ends_at = now() WHERE id = $1', [decisions[0]?.id]);
    const answering = await app.database.pool.connect();
    await answering.query('BEGIN');
    await answering.query('SELECT 1 FROM thread WHERE id = $1 FOR UPDATE', [thread]);
    const clock = app.app.get(ModerationClock).work();
    await until(async () => (await app.database.row(`SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%FROM thread%FOR UPDATE%'`)) !== undefined, 'the clock at the thread');
    await answering.query('UPDATE moderation_decision SET ended_at = coalesce(ended_at, now()) WHERE id = $1', [decisions[0]?.id]);
    await answering.query('ROLLBACK');
    answering.release();
    await clock;
    expect(await stateOf()).toBe('visible');
  });

  it('is taken once by a repeat, and told apart from another under the same id', async () => {
    await report();
    const one = await caseOf();
    const body = aDecision(one.version);
    const send = (changes = {}) => ask(first, 'POST', `/api/moderation/cases/${one.id}/decision`, { ...body, ...changes });
    expect([(await send()).status, (await send()).status, (await send({ remedy: 'Une autre voie est possible.' })).json.code]).toEqual([201, 201, 'id-reused']);
  });
});

describe('an appeal', () => {
  const letter = async () => (await mine(author)).decisions[0]?.id;
  const contest = async (who = author, id = uuid()) => ask(who, 'POST', `/api/me/decisions/${await letter()}/appeal`, { id, body: 'Ce message répondait à une question.' });
  const appealCase = async (who: Member) => {
    const found = (await read<CasesPage>(who, '/api/moderation/cases')).items.find((one) => one.kind === 'appeal' && one.target.id === post.id);
    if (!found) throw new Error('No appeal');
    return found;
  };
  const answer = async (who: Member, outcome: string) => {
    const one = await appealCase(who);
    return ask(who, 'POST', `/api/moderation/cases/${one.id}/answer`, { version: one.version, outcome, answer: 'La réponse était attendue ; le message revient.' });
  };

  it('goes to another moderator, never to whoever decided, and is answered in words', async () => {
    await report();
    await decide(first);
    const id = uuid();
    expect([(await contest(author, id)).status, (await contest(author, id)).status, (await contest()).json.code]).toEqual([201, 201, 'not-possible-now']);
    expect([(await appealCase(first)).barred, (await appealCase(second)).barred]).toEqual(['first', null]);
    expect([(await answer(first, 'upheld')).json.code, (await answer(second, 'reversed')).status, await stateOf()]).toEqual(['recused', 201, 'visible']);
    expect((await mine(author)).decisions[0]?.appeal).toMatchObject({ outcome: 'reversed', answer: 'La réponse était attendue ; le message revient.' });
  });

  it('may be contested for six months by its author only', async () => {
    await report();
    await decide(first);
    expect((await contest(reporter)).status).toBe(404);
    await app.database.run(`UPDATE moderation_decision SET appeal_until = now() WHERE author_person_id = $1`, [author.personId]);
    expect((await contest()).json.code).toBe('not-possible-now');
  });

  it('that is upheld changes nothing but the answer', async () => {
    await report();
    await decide(first);
    await contest();
    expect([(await answer(second, 'upheld')).status, await stateOf()]).toEqual([201, 'removed']);
  });

  it('on another decision under the same id is refused', async () => {
    const id = uuid();
    await report();
    await decide(first);
    expect((await contest(author, id)).status).toBe(201);
    const other = await buildPost(app, author, thread);
    await report(reporter, other.id);
    await decide(first, {}, other.id);
    expect((await contest(author, id)).json.code).toBe('id-reused');
  });
});

describe('the register', () => {
  it('shows members each act with rule, date and appeal, and nobody', async () => {
    await report();
    await decide(first);
    const register = await read<RegisterPage>(reporter, '/api/register?limit=5');
    expect(register.items[0]).toMatchObject({ target: 'post', rule: { id: 'commerce' }, measure: 'hide', duration: 'definitive', appeal: 'none' });
    for (const word of [author.personId, first.personId, 'camions', 'Une offre commerciale', space.slug]) expect(JSON.stringify(register)).not.toContain(word);
    expect(register.months.at(-1)?.measures).toBeGreaterThan(0);
  });
});
