import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { WatchRulesPage, WatchRuleView, WatchTrialView } from '@passerelle/contract';
import { v7 as uuid } from 'uuid';
import { buildMember, buildPost, buildSpace, buildThread, type Member, type Space } from './builders/forum.js';
import { SessionStore } from '../src/platform/index.js';
import { buildModerators, Desk } from './builders/moderation.js';
import { aRuleBody, buildRule } from './builders/watch.js';
import { TestApp } from './support/app.js';

let app: TestApp;
let author: Member, moderator: Member, animator: Member, keeper: Member, insider: Member;
let open: Space, animated: Space, hidden: Space;

beforeAll(async () => {
  app = await TestApp.start();
  [author, animator, keeper, insider] = [await buildMember(app), await buildMember(app), await buildMember(app), await buildMember(app)];
  moderator = await buildMember(app, { role: 'moderator' });
  open = await buildSpace(app);
  animated = await buildSpace(app, { access: 'closed', members: [author], animators: [animator] });
  hidden = await buildSpace(app, { access: 'confidential', members: [insider], animators: [keeper] });
});
afterAll(() => app.stop());

const RULES = '/api/moderation/watch-rules';
const ask = (who: Member, method: string, path: string, body?: unknown) => app.call(method, path, { cookie: who.cookie, ...(body !== undefined && { body }) });
const create = (who: Member, body: object) => ask(who, 'POST', RULES, body);
const act = (who: Member, rule: { id: string }, what: string, version: number) => ask(who, 'POST', `${RULES}/${rule.id}/${what}`, { version });
const list = async (who: Member) => (await ask(who, 'GET', RULES)).json as unknown as WatchRulesPage;
const one = async (who: Member, id: string) => (await ask(who, 'GET', `${RULES}/${id}`)).json as unknown as WatchRuleView;
const attempt = async (who: Member, rule: { id: string }, version = 1) => (await act(who, rule, 'trial', version)).json as unknown as WatchTrialView;

describe('rules', () => {
  it('are made by moderation for all spaces and for one, and by animators for theirs', async () => {
    expect((await create(moderator, aRuleBody())).status).toBe(201);
    expect((await create(moderator, aRuleBody({ space: animated.id }))).status).toBe(201);
    expect((await create(animator, aRuleBody({ space: animated.id }))).status).toBe(201);
    expect([(await create(animator, aRuleBody())).status, (await create(animator, aRuleBody({ space: open.id }))).status, (await create(author, aRuleBody({ space: animated.id }))).status]).toEqual([403, 403, 403]);
    expect((await ask(author, 'GET', RULES)).status).toBe(403);
    const page = await list(animator);
    expect([page.everywhere, page.places.map(({ slug }) => slug), page.items.every(({ space }) => space?.id === animated.id)]).toEqual([false, [animated.slug], true]);
  });

  it('of a confidential space are its animators’ alone, and tell nobody else that they are there', async () => {
    const body = aRuleBody({ space: hidden.id, name: 'Le mot interdit' });
    expect([(await create(moderator, { ...body, id: uuid() })).json.errors?.[0]?.path, (await create(keeper, body)).status]).toEqual(['space', 201]);
    expect([(await ask(moderator, 'GET', `${RULES}/${body.id}`)).status, (await act(moderator, body, 'trial', 1)).status, (await ask(insider, 'GET', `${RULES}/${body.id}`)).status]).toEqual([404, 404, 404]);
    expect(JSON.stringify(await list(moderator))).not.toContain(hidden.id);
    // The secretariat reads the record of administration.
    expect(await app.database.rows('SELECT act FROM audit_entry WHERE subject_id = $1', [body.id])).toEqual([]);
  });

  it('are made by nobody whose mandate has ended or who is suspended', async () => {
    const [left, suspended] = [await buildMember(app), await buildMember(app)];
    const room = await buildSpace(app, { access: 'confidential', animators: [left, suspended] });
    const rule = (await create(left, aRuleBody({ space: room.id }))).json as unknown as WatchRuleView;
    await app.database.run('UPDATE mandate SET valid_to = current_date - 10 WHERE person_id = $1', [left.personId]);
    const post = await buildPost(app, suspended, (await buildThread(app, suspended, open)).id);
    const [judge] = await buildModerators(app);
    const desk = new Desk(app);
    await desk.report(author, 'post', post.id);
    expect((await desk.decide(judge, post.id, { measure: 'suspend', duration: 3 })).answer.status).toBe(201);
    for (const { accountId } of [left, suspended]) app.app.get(SessionStore).forgetAccount(accountId);
    for (const who of [left, suspended]) {
      const change = await ask(who, 'PATCH', `${RULES}/${rule.id}`, { version: 1, name: 'Autre nom', action: 'ask', definition: rule.definition });
      expect([(await ask(who, 'GET', RULES)).status, (await ask(who, 'GET', `${RULES}/${rule.id}`)).status, change.status, (await create(who, aRuleBody({ space: room.id }))).status]).toEqual([403, 404, 404, 400]);
    }
  });

  it('are stored once, changed under their version, and gone when removed', async () => {
    const body = aRuleBody({ definition: { kind: 'words', terms: ['Rabais', 'rabais', 'RABAIS'] } });
    expect([(await create(moderator, body)).status, (await create(moderator, body)).status, (await create(moderator, { ...body, name: 'Autre nom' })).json.code]).toEqual([201, 200, 'id-reused']);
    expect((await one(moderator, body.id)).definition).toEqual({ kind: 'words', terms: ['RABAIS'] });
    const change = (version: number) => ask(moderator, 'PATCH', `${RULES}/${body.id}`, { version, name: 'Rabais', action: 'queue', definition: { kind: 'words', terms: ['rabais'] } });
    expect(await app.database.rows('SELECT act, detail FROM audit_entry WHERE subject_id = $1', [body.id])).toEqual([{ act: 'watch-rule.created', detail: { space: null, kind: 'words', action: 'hold', terms: 1 } }]);
    expect([(await change(2)).json.code, (await change(1)).json['version']]).toEqual(['stale-version', 2]);
    expect([(await ask(moderator, 'DELETE', `${RULES}/${body.id}?version=1`)).status, (await ask(moderator, 'DELETE', `${RULES}/${body.id}?version=2`)).status, (await ask(moderator, 'DELETE', `${RULES}/${body.id}?version=2`)).status]).toEqual([409, 204, 204]);
  });

  it('say which term or domain can’t be looked for', async () => {
    const wrong = async (definition: object) => (await create(moderator, { ...aRuleBody(), definition })).json.errors?.[0]?.path;
    expect([await wrong({ kind: 'words', terms: ['bien', '!!!'] }), await wrong({ kind: 'links', mode: 'watched', domains: ['x y'], newcomers: false }), await wrong({ kind: 'links', mode: 'watched', domains: [], newcomers: false })])
      .toEqual(['definition.terms.1', 'definition.domains.0', 'definition.domains']);
    expect((await create(moderator, { ...aRuleBody(), definition: { kind: 'words', terms: Array.from({ length: 501 }, (_, index) => `mot${index}`) } })).status).toBe(400);
  });

  it('are bounded in number', async () => {
    const room = await buildSpace(app, { access: 'closed', animators: [animator] });
    const answers: number[] = [];
    for (let count = 0; count < 21; count += 1) answers.push((await create(animator, aRuleBody({ space: room.id }))).status);
    expect([answers.filter((status) => status === 201).length, answers.at(-1)]).toEqual([20, 409]);
  });
});

describe('a trial', () => {
  it('comes before a rule is in force, and again when it looks for something else', async () => {
    const body = aRuleBody();
    await create(moderator, body);
    expect((await act(moderator, body, 'activate', 1)).json.code).toBe('not-possible-now');
    await attempt(moderator, body);
    expect((await act(moderator, body, 'activate', 1)).json).toMatchObject({ active: true, version: 2 });
    const edit = (version: number, changes: object) => ask(moderator, 'PATCH', `${RULES}/${body.id}`, { version, name: body.name, action: 'hold', definition: body.definition, ...changes });
    expect((await edit(2, { name: 'Un autre nom' })).json).toMatchObject({ active: true, trial: expect.anything() });
    expect((await edit(3, { definition: { kind: 'words', terms: ['catalogue'] } })).json).toMatchObject({ active: false, trial: null });
    expect((await act(moderator, body, 'activate', 4)).json.code).toBe('not-possible-now');
    expect((await act(moderator, body, 'trial', 3)).json.code).toBe('stale-version');
  });

  it('shows what would have been caught, with the words marked, and counts what was looked at', async () => {
    const room = await buildSpace(app, { access: 'closed', members: [author, moderator], animators: [animator] });
    const thread = await buildThread(app, author, room, { title: 'Nos promotions de printemps' });
    const post = await buildPost(app, author, thread.id, { body: 'Une **remise** pour les vingt premières communes' });
    await buildPost(app, author, thread.id, { body: 'Merci à tous' });
    await buildPost(app, moderator, thread.id, { body: 'La remise ne se dit pas ici' });
    const body = aRuleBody({ space: room.id });
    await create(animator, body);
    const { rule, items } = await attempt(animator, body);
    expect(rule.trial).toMatchObject({ scanned: 3, caught: 2 });
    expect(items.map(({ id, words }) => [id, words])).toEqual([[post.id, ['remise']], [expect.any(String), ['promotions']]]);
    const [first] = items;
    expect(first?.excerpt.marks.map(([from, to]) => first.excerpt.text.slice(from, to))).toEqual(['remise']);
    expect(first?.url).toBe(`/fils/${thread.id}#m2`);
  });

  it('looks into no confidential space for a rule of all, and nowhere that the reader can’t read', async () => {
    const thread = await buildThread(app, insider, hidden, { title: 'Un sujet réservé', body: 'Le mot ornithorynque' });
    await buildThread(app, author, open, { title: 'Un sujet ouvert', body: 'Le mot ornithorynque' });
    const definition = { kind: 'words' as const, terms: ['ornithorynque'] };
    const [everywhere, inside] = [aRuleBody({ definition }), aRuleBody({ definition, space: hidden.id })];
    await create(moderator, everywhere);
    await create(keeper, inside);
    expect((await attempt(moderator, everywhere)).items.map(({ url }) => url.includes(thread.id))).toEqual([false]);
    expect((await attempt(keeper, inside)).items.map(({ url }) => url.includes(thread.id))).toEqual([true]);
  });

  it('of a rule about pace goes through what was written in the order in which it was', async () => {
    const room = await buildSpace(app, { access: 'closed', members: [author], animators: [animator] });
    const thread = await buildThread(app, author, room);
    for (const body of ['Achetez ici', 'Merci', 'achetez, ici !']) await buildPost(app, author, thread.id, { body });
    const [count, repeat] = [aRuleBody({ space: room.id, definition: { kind: 'rate', mode: 'count', count: 4, minutes: 60 } }), aRuleBody({ space: room.id, definition: { kind: 'rate', mode: 'repeat', count: 2, minutes: 60 } })];
    for (const body of [count, repeat]) await create(animator, body);
    expect([(await attempt(animator, count)).rule.trial, (await attempt(animator, repeat)).items.map(({ excerpt }) => excerpt.text)]).toMatchObject([{ scanned: 4, caught: 1 }, ['achetez, ici !']]);
  });

  it('is noted for everybody who makes the rules there', async () => {
    const rule = await buildRule(app, animator, animated, { definition: { kind: 'words', terms: ['introuvable'] } });
    expect((await one(moderator, rule.id)).trial).toMatchObject({ caught: 0 });
  });
});
