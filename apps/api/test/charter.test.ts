import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { MyModerationView, PreparedReasonView, RegisterPage, RulesView, RuleVersionView } from '@passerelle/contract';
import { v7 as uuid } from 'uuid';
import { buildMember, buildPost, buildSpace, buildThread, type Member, type Space } from './builders/forum.js';
import { buildModerators, Desk } from './builders/moderation.js';
import { TestApp } from './support/app.js';

let app: TestApp, desk: Desk;
let member: Member, moderator: Member, secretariat: Member, space: Space;

beforeAll(async () => {
  app = await TestApp.start();
  desk = new Desk(app);
  [moderator] = await buildModerators(app);
  secretariat = await buildMember(app, { role: 'administrator', organisationId: moderator.organisationId });
  member = await buildMember(app);
  space = await buildSpace(app);
});
afterAll(() => app.stop());

const rules = async () => (await desk.read<RulesView>(member, '/api/moderation/rules')).items;
const rule = async (id: string) => (await rules()).find((one) => one.id === id);
const aRule = (version: number, changes: Record<string, unknown> = {}) => ({ version, fr: 'Article 1. Rester au sujet', en: 'Article 1. Stay on the subject', textFr: 'Une question par fil.', textEn: 'One question for each thread.', position: 1, ...changes });
const word = (id: string, body: unknown, who = secretariat) => desk.ask(who, 'PUT', `/api/moderation/rules/${id}`, body);

describe('the rules of exchanges', () => {
  it('are worded by the secretariat alone, and by it only just after it has shown who it is', async () => {
    expect([(await word('sujet', aRule(1), moderator)).status, (await word('sujet', aRule(1), member)).status]).toEqual([403, 403]);
    await app.database.run(`UPDATE session SET authenticated_at = now() - interval '1 day' WHERE id = $1`, [secretariat.sessionId]);
    expect((await word('sujet', aRule(1))).json.code).toBe('fresh-sign-in-required');
    await app.database.run('UPDATE session SET authenticated_at = now() WHERE id = $1', [secretariat.sessionId]);
  });

  it('leave decisions the words under which they were taken, in the letter and in the register', async () => {
    const post = await buildPost(app, member, (await buildThread(app, member, space)).id);
    await desk.report(await buildMember(app), 'post', post.id);
    const before = await rule('sujet');
    await desk.decide(moderator, post.id, { measure: 'warn' });
    const body = aRule(1);
    expect([(await word('sujet', body)).status, (await word('sujet', body)).status, (await word('sujet', aRule(1, { fr: 'Un autre titre' }))).json.code]).toEqual([200, 200, 'stale-version']);
    expect(await rule('sujet')).toMatchObject({ fr: body.fr, textFr: body.textFr, version: 2 });
    const [letter] = (await desk.read<MyModerationView>(member, '/api/me/moderation')).decisions;
    const [line] = (await desk.read<RegisterPage>(member, '/api/register?limit=1')).items;
    expect([letter?.rule.fr, line?.rule.fr]).toEqual([before?.fr, before?.fr]);
    const { items } = await desk.read<{ items: RuleVersionView[] }>(member, '/api/moderation/rules/sujet/versions');
    expect(items.map(({ version, fr }) => [version, fr])).toEqual([[2, body.fr], [1, before?.fr]]);
  });

  it('are added and retired: a retired one is cited no more, and the last one stays', async () => {
    expect((await word('article-8', aRule(0, { fr: 'Article 8. Une règle neuve', position: 8 }))).status).toBe(200);
    expect((await rules()).at(-1)?.id).toBe('article-8');
    await word('article-8', aRule(1, { fr: 'Article 8. Une règle neuve', position: 8, retired: true }));
    const post = await buildPost(app, member, (await buildThread(app, member, space)).id);
    await desk.report(await buildMember(app), 'post', post.id);
    expect((await desk.decide(moderator, post.id, { rule: 'article-8' })).answer.json.errors?.[0]?.path).toBe('rule');
  });
});

describe('prepared reasons', () => {
  const aReason = (version: number, changes: Record<string, unknown> = {}) => ({
    version, rule: 'commerce', measure: 'hide', labelFr: 'Offre de camions', labelEn: 'Offer of trucks', factsFr: 'Le message vend des camions.', factsEn: 'The message sells trucks.', remedyFr: 'Racontez votre achat.', remedyEn: 'Tell of your purchase.', ...changes,
  });
  const list = async () => (await desk.read<{ items: PreparedReasonView[] }>(moderator, '/api/moderation/prepared-reasons')).items;
  const save = (id: string, body: unknown, who = moderator) => desk.ask(who, 'PUT', `/api/moderation/prepared-reasons/${id}`, body);

  it('are kept by moderators in both languages, with versions, and removed', async () => {
    const id = uuid();
    expect([(await save(id, aReason(0), member)).status, (await save(id, aReason(0))).status, (await save(id, aReason(0))).status]).toEqual([403, 200, 200]);
    expect((await save(id, aReason(0, { factsEn: '' }))).status).toBe(400);
    const edits = await Promise.all(['Deux', 'Trois'].map((labelFr) => save(id, aReason(1, { labelFr }))));
    expect(edits.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect((await list()).find((one) => one.id === id)).toMatchObject({ version: 2, factsEn: 'The message sells trucks.' });
    const remove = (version: number) => desk.ask(moderator, 'DELETE', `/api/moderation/prepared-reasons/${id}?version=${version}`);
    expect([(await remove(1)).status, (await remove(2)).status, (await remove(2)).status]).toEqual([409, 200, 200]);
    expect((await list()).some((one) => one.id === id)).toBe(false);
    const kept = await app.database.rows<{ version: number }>('SELECT version FROM prepared_reason_version WHERE reason_id = $1 ORDER BY version', [id]);
    expect(kept.map(({ version }) => version)).toEqual([1, 2, 3]);
  });

  it('are bounded in number', async () => {
    await app.database.run(
      `INSERT INTO prepared_reason (id, rule_id, label_fr, label_en, facts_fr, facts_en, remedy_fr, remedy_en) SELECT gen_random_uuid(), 'sujet', 'x', 'x', 'x', 'x', 'x', 'x' FROM generate_series(1, 100)`);
    expect((await save(uuid(), aReason(0))).json.code).toBe('quota-exceeded');
  });
});
