import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { IntroductionMessagesPage, IntroductionsPage, IntroductionView, NeedView } from '@passerelle/contract';
import { v7 as uuid } from 'uuid';
import { loadReference } from '../src/demo/index.js';
import { buildCity, buildMember, type Member } from './builders/forum.js';
import { buildDelegation } from './builders/practices.js';
import { actOnNeed, answer, buildIntroduction, buildOffer, buildPublishedNeed, introduce, meet, post, slugOf } from './builders/projects.js';
import { TestApp, until } from './support/app.js';

let app: TestApp;
let asker: Member, cabinet: Member, helper: Member, stranger: Member, moderator: Member, guest: Member;

beforeAll(async () => {
  app = await TestApp.start();
  await loadReference(app.database);
  asker = await buildMember(app, { function: 'Maire' });
  cabinet = await buildMember(app, { organisationId: asker.organisationId, function: 'Cabinet' });
  await buildDelegation(app, asker, cabinet);
  helper = await buildMember(app, { organisationId: await buildCity(app, { country: 'MA' }) });
  stranger = await buildMember(app);
  moderator = await buildMember(app, { role: 'moderator' });
  guest = await buildMember(app, { role: 'guest' });
});
afterAll(() => app.stop());

const get = (who: Member, path: string) => app.call('GET', path, { cookie: who.cookie });
const json = async <T>(who: Member, path: string) => (await get(who, path)).json as unknown as T;
const statuses = async (path: string, ...who: Member[]) => Promise.all(who.map(async (one) => (await get(one, path)).status));
const seen = (who: Member, introduction: IntroductionView) => json<IntroductionView>(who, `/api/introductions/${introduction.id}`);

describe('an introduction', () => {
  it('by moderation asks the city in need first, then the other, and puts the need in contact', async () => {
    const need = await buildPublishedNeed(app, asker);
    const offer = await buildOffer(app, helper);
    const introduction = await buildIntroduction(app, moderator, { need: need.id, offer: offer.id, message: 'Vous avez le même sujet.' });
    expect(introduction).toMatchObject({ state: 'proposed', side: 'moderator', offer: { id: offer.id }, reasons: [{ code: 'same-concept' }, { code: 'same-language' }, { code: 'available' }] });
    expect(await statuses(`/api/introductions/${introduction.id}`, asker, helper, stranger, moderator, guest)).toEqual([200, 404, 404, 200, 404]);
    expect([(await answer(app, moderator, introduction, 'accept-by-asker')).status, (await answer(app, cabinet, introduction, 'accept-by-asker')).json.code]).toEqual([403, 'mandate-required']);
    const accepted = await meet(app, introduction, [asker, 'accept-by-asker'], [helper, 'accept-by-helper']);
    expect([accepted.state, (await json<NeedView>(stranger, `/api/needs/${need.id}`)).state]).toEqual(['accepted', 'in-contact']);
    const end = await meet(app, accepted, [helper, 'begin'], [asker, 'conclude']);
    expect(end.state).toBe('concluded');
    expect((await actOnNeed(app, asker, { id: need.id, version: 3 }, 'meet')).status).toBe(200);
  });

  it('by a city that comes forward needs only the other’s yes; by the city in need only the helper’s', async () => {
    const need = await buildPublishedNeed(app, asker);
    const forward = await buildIntroduction(app, helper, { need: need.id });
    expect((await meet(app, forward, [asker, 'accept-by-asker'])).state).toBe('accepted');
    const called = await buildIntroduction(app, asker, { need: need.id, organisation: await slugOf(app, stranger.organisationId) });
    expect([called.state, (await meet(app, called, [stranger, 'accept-by-helper'])).state]).toEqual(['accepted-by-a', 'accepted']);
    expect((await introduce(app, helper, { need: need.id })).json.code).toBe('not-possible-now');
  });

  it('may be asked for again, and is proposed by those two cities and moderation only', async () => {
    const need = await buildPublishedNeed(app, asker);
    const slug = await slugOf(app, helper.organisationId);
    const body = { id: uuid(), need: need.id, organisation: slug };
    const twice = await Promise.all([introduce(app, moderator, body), introduce(app, moderator, body)]);
    expect(twice.map((one) => one.status).sort()).toEqual([200, 201]);
    expect((await introduce(app, moderator, { ...body, message: 'Autre' })).json.code).toBe('id-reused');
    expect([(await introduce(app, stranger, { need: need.id, organisation: slug })).status, (await introduce(app, cabinet, { need: need.id, organisation: slug })).json.code, (await introduce(app, asker, { need: need.id })).json.errors?.[0]?.message]).toEqual([403, 'mandate-required', 'same_city']);
    expect((await introduce(app, guest, { need: need.id })).status).toBe(404);
  });

  it('keeps a refusal and its reason with the side that declined and with moderation', async () => {
    const need = await buildPublishedNeed(app, asker);
    const introduction = await meet(app, await buildIntroduction(app, moderator, { need: need.id, organisation: await slugOf(app, helper.organisationId) }), [asker, 'accept-by-asker']);
    expect((await answer(app, helper, introduction, 'decline', 'court')).json.errors?.[0]?.path).toBe('reason');
    const sockets = await Promise.all([helper, moderator, asker].map((who) => app.socket(who.cookie)));
    expect((await answer(app, helper, introduction, 'decline', 'Notre équipe est réduite cette année.')).status).toBe(200);
    const heard = (index: number) => (sockets[index]?.events ?? []).filter((event) => event.type === 'introduction.moved').length;
    await until(() => heard(0) === 1 && heard(1) === 1, 'the facts');
    expect(heard(2)).toBe(0);
    const views = await Promise.all([helper, moderator, asker].map((who) => seen(who, introduction)));
    expect(views.map((view) => [view.state, view.declined?.reason ?? null, view.actions])).toEqual([
      ['declined', 'Notre équipe est réduite cette année.', ['reconsider']], ['declined', 'Notre équipe est réduite cette année.', []], ['no-answer', null, []]]);
    const whole = JSON.stringify([await get(asker, `/api/needs/${need.id}`), await get(asker, '/api/introductions'), await get(asker, '/api/events?since=0&limit=500')]);
    expect(whole).not.toContain('réduite');
    const again = await answer(app, asker, views[2] ?? introduction, 'accept-by-asker');
    expect([again.json.code, (again.json as { params?: unknown }).params]).toEqual(['not-possible-now', { state: 'no-answer', action: 'accept-by-asker' }]);
    expect((await meet(app, views[0] ?? introduction, [helper, 'reconsider'], [asker, 'accept-by-asker'])).state).toBe('accepted');
  });

  it('declined by the city in need is never known to the other', async () => {
    const need = await buildPublishedNeed(app, asker);
    const introduction = await buildIntroduction(app, moderator, { need: need.id, organisation: await slugOf(app, helper.organisationId) });
    await meet(app, introduction, [asker, 'decline']);
    expect([(await get(helper, `/api/introductions/${introduction.id}`)).status, (await json<NeedView>(helper, `/api/needs/${need.id}`)).introductions]).toEqual([404, []]);
  });

  it('lets the two sides write to each other once both have agreed, and nobody else read along', async () => {
    const need = await buildPublishedNeed(app, asker);
    const proposed = await buildIntroduction(app, helper, { need: need.id });
    const say = (who: Member, body = 'Quand **venez**-vous ?', id: string = uuid()) => post(app, who, `/api/introductions/${proposed.id}/messages`, { id, body });
    expect((await say(helper)).json.code).toBe('not-possible-now');
    await meet(app, proposed, [asker, 'accept-by-asker']);
    const id = uuid();
    expect([(await say(cabinet, 'Bonjour', id)).status, (await say(cabinet, 'Bonjour', id)).status, (await say(cabinet, 'Autre', id)).json.code, (await say(moderator)).status, (await say(stranger)).status]).toEqual([201, 200, 'id-reused', 403, 404]);
    expect([(await seen(helper, proposed)).messages.map((message) => [message.body, message.mine]), (await seen(moderator, proposed)).messages]).toEqual([[['Bonjour', false]], []]);
  });

  it('stands in lists with its newest messages only, and gives the earlier ones page by page', async () => {
    const need = await buildPublishedNeed(app, asker);
    const met = await meet(app, await buildIntroduction(app, helper, { need: need.id }), [asker, 'accept-by-asker']);
    for (let number = 1; number <= 45; number++) await post(app, number % 2 ? asker : helper, `/api/introductions/${met.id}/messages`, { id: uuid(), body: `Mot ${number}` });
    const words = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => `Mot ${from + index}`);
    const shown = await seen(helper, met);
    const listed = (await json<IntroductionsPage>(helper, '/api/introductions?limit=100')).items.find(({ id }) => id === met.id);
    expect([shown.messages.map(({ body }) => body), listed?.messages.length, (await seen(moderator, met)).messages]).toEqual([words(26, 45), 20, []]);
    const page = (cursor: string | null) => json<IntroductionMessagesPage>(helper, `/api/introductions/${met.id}/messages?cursor=${cursor}`);
    const before = await page(shown.earlier);
    const first = await page(before.nextCursor);
    expect([before.items.map(({ body }) => body), first.items.map(({ body }) => body), first.nextCursor]).toEqual([words(6, 25), words(1, 5), null]);
    expect((await get(helper, `/api/introductions/${met.id}/messages?cursor=abc`)).status).toBe(400);
  });

  it('takes one of two answers given at once', async () => {
    const need = await buildPublishedNeed(app, asker);
    const proposed = await buildIntroduction(app, helper, { need: need.id });
    const colleague = await buildMember(app, { organisationId: asker.organisationId, function: 'Adjointe' });
    const both = await Promise.all([answer(app, asker, proposed, 'accept-by-asker'), answer(app, colleague, proposed, 'decline', 'Nous avons déjà trouvé.')]);
    expect(both.map((one) => one.status).sort()).toEqual([200, 409]);
  });
});
