import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { HandOverView, HeldMandateView, PeoplePage, PersonView } from '@passerelle/contract';
import { v7 as uuid } from 'uuid';
import { MandateClock } from '../src/accounts/index.js';
import { SessionStore } from '../src/platform/index.js';
import { aPostBody, buildCity, buildMember, buildPost, buildSpace, buildThread, type Member, type Space } from './builders/forum.js';
import { aRequestBody, invite } from './builders/spaces.js';
import { TestApp, until } from './support/app.js';
import { countStatements } from './support/statements.js';

let app: TestApp, secretariat: Member, official: Member, successor: Member, colleague: Member, stranger: Member, space: Space, closed: Space;

beforeAll(async () => {
  app = await TestApp.start();
  secretariat = await buildMember(app, { role: 'administrator' });
  official = await buildMember(app, { organisationId: await buildCity(app, { name: 'Ouahigouya' }), function: 'Adjointe aux eaux' });
  successor = await buildMember(app, { organisationId: official.organisationId, function: 'Adjoint aux eaux' });
  [colleague, stranger] = [await buildMember(app), await buildMember(app)];
  space = await buildSpace(app);
  closed = await buildSpace(app, { access: 'closed', members: [official, colleague] });
});
afterAll(() => app.stop());

const call = (who: Member, method: string, path: string, body?: unknown) => app.call(method, path, { cookie: who.cookie, ...(body !== undefined && { body }) });
const person = async (who: Member) => (await call(secretariat, 'GET', `/api/people/${who.personId}`)).json as unknown as PersonView;
const mandateOf = async (who: Member): Promise<HeldMandateView> => {
  const [mandate] = (await person(who)).mandates;
  if (!mandate) throw new Error('No mandate');
  return mandate;
};
/** @param days from today, in UTC. */
const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const act = async (who: Member, action: string, body: object) => {
  const { id, version } = await mandateOf(who);
  return call(secretariat, 'POST', `/api/mandates/${id}/${action}`, { version, ...body });
};
const sees = async (who: Member, path: string) => (await call(who, 'GET', path)).status === 200;
const list = async (query: string) => ((await call(secretariat, 'GET', `/api/people?${query}`)).json as unknown as PeoplePage).items.map(({ id }) => id);

describe('people, for the secretariat', () => {
  it('are found by office, city, address and role, page by page, in as many statements however many there are', async () => {
    expect(await list('q=adjointe%20eaux')).toEqual([official.personId]);
    expect((await list('q=ouahigouya')).sort()).toEqual([official.personId, successor.personId].sort());
    expect(await list('role=administrator')).toEqual([secretariat.personId]);
    const first = (await call(secretariat, 'GET', '/api/people?limit=2')).json as unknown as PeoplePage;
    const second = (await call(secretariat, 'GET', `/api/people?limit=100&cursor=${first.nextCursor}`)).json as unknown as PeoplePage;
    expect([first.items.length, second.nextCursor]).toEqual([2, null]);
    expect(new Set([...first.items, ...second.items].map(({ id }) => id)).size).toBe(first.items.length + second.items.length);
    expect(await countStatements(app, () => call(secretariat, 'GET', '/api/people?limit=1'))).toBe(await countStatements(app, () => call(secretariat, 'GET', '/api/people?limit=100')));
  });

  it('get another role, never the one who gives it, and not over what somebody else changed meanwhile', async () => {
    const second = await buildMember(app, { role: 'administrator' });
    const role = (who: Member, of: Member, was: string, to: string) => call(who, 'PUT', `/api/people/${of.personId}/role`, { was, role: to });
    expect((await role(secretariat, secretariat, 'administrator', 'member')).json.errors).toEqual([{ path: 'role', message: 'own' }]);
    expect((await role(secretariat, stranger, 'moderator', 'guest')).json.code).toBe('not-possible-now');
    const both = await Promise.all([role(secretariat, second, 'administrator', 'member'), role(second, secretariat, 'administrator', 'member')]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 403]);
    expect(await list('role=administrator')).toHaveLength(1);
    await app.database.run(`UPDATE account SET role = 'administrator' WHERE id = $1`, [secretariat.accountId]);
    app.app.get(SessionStore).forgetAll();
  });
});

describe('somebody who becomes a guest', () => {
  const become = (who: Member, was: string, role: string) => call(secretariat, 'PUT', `/api/people/${who.personId}/role`, { was, role });

  it('leaves all spaces and what waits there, live; a confidential one that they alone animated goes to another', async () => {
    const [who, heir] = [await buildMember(app), await buildMember(app)];
    const confidential = await buildSpace(app, { access: 'confidential', animators: [who], members: [heir] });
    const [own, waiting] = [await buildSpace(app, { access: 'closed', animators: [who] }), await buildSpace(app, { access: 'confidential', animators: [stranger] })];
    const invitation = (await invite(app, stranger, waiting, who)).json as unknown as { id: string };
    await call(who, 'POST', `/api/spaces/${closed.slug}/requests`, aRequestBody());
    const thread = (await buildThread(app, who, own)).id;
    const { socket, events } = await app.socket(who.cookie);
    await new Promise((done) => socket.emit('watch', { thread }, done));
    expect((await become(who, 'member', 'guest')).status).toBe(200);
    await until(() => events.some(({ type }) => type === 'access.changed'), 'the news');
    expect(await Promise.all([confidential, own, waiting, space].map(async ({ slug }) => (await call(who, 'GET', `/api/spaces/${slug}`)).status))).toEqual([404, 404, 404, 404]);
    expect([await sees(who, `/api/threads/${thread}`), (await call(who, 'POST', `/api/space-invitations/${invitation.id}/answer`, { accept: true })).status]).toEqual([false, 409]);
    expect((await call(heir, 'GET', `/api/spaces/${confidential.slug}`)).json).toMatchObject({ role: 'animator', memberCount: 1 });
    expect((await app.database.rows('SELECT 1 FROM space_member WHERE person_id = $1 UNION ALL SELECT 1 FROM space_request WHERE person_id = $1 AND state = $2', [who.personId, 'sent']))).toEqual([]);
  });

  it('or gets any other role is told by mail, in their language, once', async () => {
    const who = await buildMember(app);
    const mails = async () => (await app.database.rows<{ subject: string; body: string }>('SELECT subject, body FROM mail_waiting WHERE recipient = (SELECT email FROM account WHERE id = $1) ORDER BY id', [who.accountId])).map(({ subject, body }) => [subject, body.split('\n\n')[1]]);
    for (let time = 0; time < 2; time++) expect((await become(who, 'member', 'moderator')).status).toBe(200);
    expect(await mails()).toEqual([['Votre rôle sur Passerelle', 'Le secrétariat permanent a changé votre rôle, qui est désormais\u00a0: modération.']]);
    await app.database.run(`UPDATE account SET interface_language = 'en' WHERE id = $1`, [who.accountId]);
    expect((await become(who, 'moderator', 'guest')).status).toBe(200);
    expect((await mails())[1]).toEqual(['Your role on Passerelle', 'The permanent secretariat has changed your role, which is now: guest. You no longer belong to any space: whoever animates a thread can admit you to it.']);
  });
});

describe('a mandate that is suspended', () => {
  it('opens nothing, live, keeps what was written, and opens again when it is reinstated', async () => {
    const thread = (await buildThread(app, colleague, space)).id;
    const { socket, events } = await app.socket(colleague.cookie);
    await new Promise((done) => socket.emit('watch', { thread }, done));
    const body = { id: uuid(), from: day(0), reason: 'Délégation spéciale' };
    const before = await mandateOf(colleague);
    expect((await act(colleague, 'suspend', body)).status).toBe(204);
    // The same request again, with the version of then.
    expect((await call(secretariat, 'POST', `/api/mandates/${before.id}/suspend`, { ...body, version: before.version })).status).toBe(204);
    await until(async () => !(await sees(colleague, `/api/threads/${thread}`)), 'the end of access');
    expect((await call(colleague, 'POST', `/api/threads/${thread}/posts`, aPostBody())).status).toBe(403);
    const heard = events.length;
    await buildPost(app, stranger, thread, {});
    expect(events.slice(heard).filter(({ type }) => type === 'post.created')).toEqual([]);
    expect(await mandateOf(colleague)).toMatchObject({ state: 'suspended', suspensions: [{ from: day(0), to: null, reason: 'Délégation spéciale' }] });
    expect((await act(colleague, 'suspend', { ...body, id: uuid() })).json.code).toBe('not-possible-now');
    expect((await act(colleague, 'reinstate', { from: day(0) })).status).toBe(204);
    expect([await sees(colleague, `/api/threads/${thread}`), (await mandateOf(colleague)).state]).toEqual([true, 'in-force']);
  });

  it('from a later day on is told by the clock on that day', async () => {
    const thread = (await buildThread(app, stranger, space)).id;
    expect(await sees(colleague, `/api/threads/${thread}`)).toBe(true);
    expect((await act(colleague, 'suspend', { id: uuid(), from: day(3), reason: 'Enquête' })).status).toBe(204);
    expect((await mandateOf(colleague)).state).toBe('in-force');
    await app.database.run(`UPDATE mandate_suspension SET valid_from = current_date WHERE valid_from = $1`, [day(3)]);
    await app.database.run(`UPDATE event SET at = at - interval '1 day' WHERE type = 'access.changed'`);
    await app.app.get(MandateClock).work();
    await until(async () => !(await sees(colleague, `/api/threads/${thread}`)), 'the end of access');
    expect((await act(colleague, 'reinstate', { from: day(0) })).status).toBe(204);
  });

  it('is not changed over what somebody else changed meanwhile', async () => {
    const { id, version } = await mandateOf(stranger);
    const ends = [day(10), day(20)].map((last) => call(secretariat, 'POST', `/api/mandates/${id}/end`, { version, last }));
    expect((await Promise.all(ends)).map(({ status }) => status).sort()).toEqual([204, 409]);
  });

  it('is ended and reinstated as well by the same request once more, with the version of then', async () => {
    const who = await buildMember(app);
    const { id, version } = await mandateOf(who);
    const twice = async (action: string, body: object) => [(await call(secretariat, 'POST', `/api/mandates/${id}/${action}`, body)).status, (await call(secretariat, 'POST', `/api/mandates/${id}/${action}`, body)).status];
    expect((await act(who, 'suspend', { id: uuid(), from: day(0), reason: 'Enquête' })).status).toBe(204);
    expect(await twice('reinstate', { version: version + 1, from: day(1) })).toEqual([204, 204]);
    expect(await twice('end', { version: version + 2, last: day(10) })).toEqual([204, 204]);
    expect((await call(secretariat, 'POST', `/api/mandates/${id}/end`, { version: version + 2, last: day(9) })).json.code).toBe('stale-version');
    const told = await app.database.rows<{ subject: string }>('SELECT subject FROM mail_waiting WHERE recipient = (SELECT email FROM account WHERE id = $1)', [who.accountId]);
    expect([told.length, (await mandateOf(who)).version]).toEqual([3, version + 3]);
  });
});

describe('a hand-over', () => {
  const mine = async (who: Member) => ((await call(who, 'GET', '/api/hand-overs')).json as unknown as { items: HandOverView[] }).items;
  const named = async (from: Member, to: Member, id = uuid()) => call(secretariat, 'POST', '/api/hand-overs', { id, from: (await mandateOf(from)).id, to: (await mandateOf(to)).id });

  it('goes to somebody of the same city, once, and back to nobody else', async () => {
    expect((await named(official, stranger)).json.errors).toEqual([{ path: 'to', message: 'not_found' }]);
    const id = uuid();
    expect([(await named(official, successor, id)).status, (await named(official, successor, id)).status]).toEqual([201, 200]);
    expect([(await mine(official)).map(({ side }) => side), (await mine(successor)).map(({ side }) => side), await mine(stranger), await mine(secretariat)]).toEqual([['outgoing'], ['incoming'], [], []]);
    expect((await mandateOf(official)).handOver).toEqual({ to: 'Adjoint aux eaux', takenAt: null });
  });

  it('shows what is followed and what waits, to each side only what it reads', async () => {
    const [open, hidden] = [await buildThread(app, colleague, space), await buildThread(app, colleague, closed)];
    for (const { id } of [open, hidden]) await call(official, 'PUT', `/api/threads/${id}/follow`, { level: 'all' });
    const asked = await buildThread(app, official, space, { kind: 'question' });
    const [forOfficial, forSuccessor] = [(await mine(official))[0], (await mine(successor))[0]];
    const urls = (lines: { url: string }[] = []) => lines.map(({ url }) => url);
    expect(urls(forOfficial?.follows)).toEqual(expect.arrayContaining([`/fils/${open.id}`, `/fils/${hidden.id}`]));
    expect(urls(forSuccessor?.follows)).toContain(`/fils/${open.id}`);
    expect(JSON.stringify(forSuccessor)).not.toContain(hidden.id);
    expect(urls(forSuccessor?.questions)).toContain(`/fils/${asked.id}`);
  });

  it('carries a word of the one who leaves, is taken once, and follows what may be read', async () => {
    const [out] = await mine(official);
    if (!out) throw new Error('No hand-over');
    const note = (who: Member) => call(who, 'PATCH', `/api/hand-overs/${out.id}`, { version: out.version, note: 'Le marché de l’eau attend une signature.' });
    expect([(await note(successor)).status, (await note(official)).status, (await note(official)).json.code]).toEqual([403, 200, 'stale-version']);
    expect((await act(official, 'end', { last: day(-1) })).status).toBe(204);
    expect(await sees(official, `/api/threads/${uuid()}`)).toBe(false);
    const [incoming] = await mine(successor);
    const take = (who: Member) => call(who, 'POST', `/api/hand-overs/${out.id}/take`, { version: incoming?.version });
    expect((await take(official)).status).toBe(403);
    const taken = await Promise.all([take(successor), take(successor)]);
    expect(taken.map(({ status }) => status)).toEqual([200, 200]);
    const followed = await app.database.rows<{ space_id: string }>('SELECT t.space_id FROM follow f JOIN thread t ON t.id = f.thread_id WHERE f.account_id = $1', [successor.accountId]);
    expect(new Set(followed.map(({ space_id: id }) => id))).toEqual(new Set([space.id]));
    expect((await named(official, successor)).status).toBe(200);
  });

  it('is told by mail in the language of the one who takes over, and recorded', async () => {
    const subjects = (await app.database.rows<{ subject: string }>('SELECT subject FROM mail_waiting WHERE recipient = (SELECT email FROM account WHERE id = $1)', [successor.accountId])).map(({ subject }) => subject);
    const acts = await app.database.rows<{ act: string }>(`SELECT act FROM audit_entry WHERE act LIKE 'hand-over.%' OR act LIKE 'mandate.%' ORDER BY at, id`);
    expect(subjects).toEqual(['Une passation vous attend']);
    expect(new Set(acts.map((one) => one.act))).toEqual(new Set(['mandate.suspended', 'mandate.reinstated', 'mandate.ended', 'hand-over.opened', 'hand-over.taken']));
  });
});

describe('the secretariat', () => {
  it('keeps somebody in office: the last mandate of it is neither ended nor suspended, from any day on, before another one holds', async () => {
    const suspension = (from: string) => ({ id: uuid(), from, reason: 'Enquête' });
    const refused = [
      await act(secretariat, 'end', { last: day(-1) }),
      await act(secretariat, 'end', { last: day(30) }),
      await act(secretariat, 'suspend', suspension(day(0))),
      await act(secretariat, 'suspend', suspension(day(30))),
    ];
    expect(refused.map(({ status, json }) => [status, json.code])).toEqual(refused.map(() => [409, 'last-administrator']));
    const second = await buildMember(app, { role: 'administrator' });
    const statuses = [];
    for (const [who, last] of [[second, 40], [secretariat, 40], [secretariat, 20], [secretariat, 60]] as const) statuses.push((await act(who, 'end', { last: day(last) })).status);
    // A later end takes nobody out of office.
    expect(statuses).toEqual([204, 409, 204, 204]);
  });

  it('is not emptied by two who end the mandate of each other at once', async () => {
    const [one, two] = [await buildMember(app, { role: 'administrator' }), await buildMember(app, { role: 'administrator' })];
    await app.database.run(`UPDATE account SET role = 'member' WHERE role = 'administrator' AND id <> ALL($1::uuid[])`, [[one.accountId, two.accountId]]);
    app.app.get(SessionStore).forgetAll();
    const [ofOne, ofTwo] = await Promise.all([one, two].map(async (who) => (await app.database.row<{ id: string; version: number }>('SELECT id, version FROM mandate WHERE person_id = $1', [who.personId])) ?? { id: '', version: 0 }));
    const end = (by: Member, mandate = { id: '', version: 0 }) => call(by, 'POST', `/api/mandates/${mandate.id}/end`, { version: mandate.version, last: day(-1) });
    expect((await Promise.all([end(one, ofTwo), end(two, ofOne)])).map(({ status }) => status).sort()).toEqual([204, 403]);
  });
});
