import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { PracticeClock } from '../src/practices/practice-clock.js';
import { buildCity, buildMember, type Member } from './builders/forum.js';
import { act, buildAssociation, buildCast, buildDraft, buildExpertise, buildPublished, go, PRAISE, review, tasksOf, viewOf } from './builders/practices.js';
import { TestApp } from './support/app.js';

let app: TestApp;
let mayor: Member, cabinet: Member, elsewhere: Member, expert: Member, compatriot: Member, moderator: Member;

beforeAll(async () => {
  app = await TestApp.start();
  ({ mayor, cabinet, elsewhere, expert, compatriot, moderator } = await buildCast(app));
});
afterAll(() => app.stop());

const view = (who: Member, ref: string) => viewOf(app, who, ref);
const tasks = (who: Member) => tasksOf(app, who);
const published = () => buildPublished(app, { mayor, moderator });

describe('the expert’s mark', () => {
  it('is asked of an impartial expert, stays private, and validates when it speaks for the practice', async () => {
    const sent = await go(app, await published(), [moderator, 'send-to-experts']);
    expect(sent.standing?.reviews.map((item) => item.name)).toEqual(['Services techniques']);
    expect((await tasks(expert)).map((task) => [task.kind, task.ref])).toContainEqual(['expertise', sent.ref]);
    expect((await tasks(compatriot)).filter((task) => task.kind === 'expertise')).toEqual([]);
    expect((await act(app, moderator, sent, 'validate')).json.code).toBe('verdict-open');
    expect((await review(app, compatriot, sent.ref, PRAISE)).status).toBe(403);
    expect((await review(app, expert, sent.ref, PRAISE, 'Précisez le coût d’entretien.')).status).toBe(200);
    expect((await view(mayor, sent.ref)).standing?.reviews).toEqual([]);
    const validated = await go(app, await view(moderator, sent.ref), [moderator, 'validate']);
    expect([validated.validated, validated.standing?.state]).toEqual([true, 'validated']);
    expect((await view(mayor, sent.ref)).standing?.reviews).toMatchObject([{ name: '', advice: 'Précisez le coût d’entretien.' }]);
  });

  it('keeps what it needs while it lasts, whatever is open to whom', async () => {
    const sent = await go(app, await published(), [moderator, 'send-to-experts']);
    await review(app, expert, sent.ref, PRAISE);
    const open = await go(app, await view(moderator, sent.ref), [moderator, 'validate'], [mayor, 'open-to-public', { consentBy: { name: 'Maire de la ville', function: 'Maire' } }]);
    const answer = await app.call('PATCH', `/api/practices/${open.ref}`, { cookie: mayor.cookie, body: { version: open.version, content: { ...open.content, evidence: [] } } });
    expect([open.standing?.state, answer.status, answer.json.errors]).toEqual(['public', 400, [{ path: 'content.evidence', message: 'required' }]]);
  });

  it('returns the practice with advice when a criterion stands at nothing', async () => {
    const sent = await go(app, await published(), [moderator, 'send-to-experts']);
    await review(app, expert, sent.ref, { ...PRAISE, evidence: 0 }, 'Aucune preuve.');
    expect((await act(app, moderator, sent, 'validate')).json.code).toBe('not-possible-now');
    expect((await go(app, sent, [moderator, 'return-with-advice'])).standing?.state).toBe('published');
  });

  it('is not asked of an expert of the same country', async () => {
    const answer = await act(app, moderator, await published(), 'send-to-experts', { experts: [compatriot.accountId] });
    expect([answer.status, answer.json.code]).toEqual([400, 'own-country']);
  });

  it('is not asked of somebody who has two functions, one of them in the country', async () => {
    const other = await buildMember(app, { organisationId: await buildAssociation(app) });
    await app.database.run(`INSERT INTO mandate (id, person_id, organisation_id, function) VALUES ($1, $2, $3, 'Adjointe')`, [uuid(), other.personId, mayor.organisationId]);
    await buildExpertise(app, other);
    const practice = await published();
    expect((await act(app, moderator, practice, 'send-to-experts', { experts: [other.accountId] })).json.code).toBe('own-country');
    const sent = await go(app, practice, [moderator, 'send-to-experts']);
    expect((await tasks(other)).map((task) => task.ref)).not.toContain(sent.ref);
  });

  it('is not drawn by a moderator who has a second function in the country', async () => {
    const other = await buildMember(app, { role: 'moderator', organisationId: await buildAssociation(app) });
    await app.database.run(`INSERT INTO mandate (id, person_id, organisation_id, function, valid_from, valid_to) VALUES ($1, $2, $3, 'Adjointe', '2020-01-01', '2024-01-01')`, [uuid(), other.personId, mayor.organisationId]);
    const draft = await go(app, await buildDraft(app, mayor), [mayor, 'submit']);
    expect((await act(app, other, draft, 'take')).json.code).toBe('own-country');
  });

  it('is asked of everybody who is named, or of nobody', async () => {
    const practice = await published();
    const answer = await act(app, moderator, practice, 'send-to-experts', { experts: [expert.accountId, elsewhere.accountId] });
    expect([answer.status, answer.json.errors, (await view(moderator, practice.ref)).standing?.state]).toEqual([400, [{ path: 'experts.1', message: 'not_found' }], 'published']);
  });
});

describe('the clock', () => {
  const turn = () => app.app.get(PracticeClock).turn();

  it('asks to confirm after 18 months, and the city confirms in one step', async () => {
    const practice = await published();
    await app.database.run(`UPDATE practice SET confirmed_on = now() - interval '19 months' WHERE ref = $1`, [practice.ref]);
    await turn();
    await turn();
    const aged = await view(mayor, practice.ref);
    expect([aged.standing?.state, aged.standing?.history.filter((line) => line.action === 'let-age').length]).toEqual(['to-confirm', 1]);
    expect((await tasks(cabinet)).map((task) => [task.kind, task.ref])).toContainEqual(['confirm', practice.ref]);
    expect((await go(app, aged, [cabinet, 'confirm'])).standing?.state).toBe('published');
  });

  it('gives a late review to another moderator, and a late opinion to another impartial expert', async () => {
    const second = await buildMember(app, { role: 'moderator', organisationId: await buildAssociation(app) });
    const draft = await go(app, await buildDraft(app, mayor), [mayor, 'submit'], [moderator, 'take']);
    const sent = await go(app, await published(), [moderator, 'send-to-experts']);
    const otherExpert = await buildMember(app, { organisationId: await buildCity(app, { country: 'CA' }) });
    await buildExpertise(app, otherExpert);
    await app.database.run(`UPDATE practice SET due_at = now() - interval '1 hour' WHERE ref = $1`, [draft.ref]);
    await app.database.run(`UPDATE practice_review SET due_at = now() - interval '1 hour' WHERE practice_id = $1`, [sent.id]);
    await turn();
    const reviewer = await app.database.row<{ reviewer_person_id: string }>('SELECT reviewer_person_id FROM practice WHERE ref = $1', [draft.ref]);
    expect([second.personId]).toContain(reviewer?.reviewer_person_id);
    expect((await tasks(otherExpert)).map((task) => task.ref)).toContain(sent.ref);
    expect((await tasks(expert)).filter((task) => task.kind === 'expertise' && task.ref === sent.ref)).toEqual([]);
    expect(Date.parse((await view(moderator, sent.ref)).standing?.dueAt ?? '')).toBeGreaterThan(Date.now());
  });

  it('asks on where there is no other expert, and tells moderation so once', async () => {
    await app.database.run('DELETE FROM expertise WHERE person_id <> $1', [expert.personId]);
    const sent = await go(app, await published(), [moderator, 'send-to-experts']);
    await app.database.run(`UPDATE practice_review SET due_at = now() - interval '1 hour' WHERE practice_id = $1`, [sent.id]);
    const told = async () => (await app.database.rows(`SELECT 1 FROM event WHERE subject_id = $1 AND account_id = $2`, [sent.id, moderator.accountId])).length;
    const before = await told();
    for (let hour = 0; hour < 3; hour++) await turn();
    expect([(await told()) - before, (await tasks(expert)).map((task) => task.ref)]).toEqual([1, expect.arrayContaining([sent.ref])]);
  });

  it('gives a late review to nobody who worked on the practice', async () => {
    const author = await buildMember(app, { role: 'moderator', organisationId: await buildAssociation(app) });
    const draft = await go(app, await buildDraft(app, mayor), [mayor, 'submit'], [moderator, 'take']);
    await app.database.run(`UPDATE practice SET prepared_by = jsonb_build_object('person', $2::text), due_at = now() - interval '1 hour' WHERE id = $1`, [draft.id, author.personId]);
    await app.database.run(`UPDATE account SET disabled_at = now() WHERE role IN ('moderator', 'administrator') AND id <> ALL($1::uuid[])`, [[author.accountId, moderator.accountId]]);
    await turn();
    expect((await app.database.row<{ reviewer_person_id: string }>('SELECT reviewer_person_id FROM practice WHERE id = $1', [draft.id]))?.reviewer_person_id).toBe(moderator.personId);
    await app.database.run('UPDATE account SET disabled_at = NULL');
  });

  it('asks all of them to confirm in one turn, however many', async () => {
    const practice = await published();
    await app.database.run(
      `INSERT INTO practice (id, ref, organisation_id, city_name, country, title, summary, language, theme_id, concepts, cost_range, content, state, source_url, confirmed_on)
       SELECT gen_random_uuid(), 'vieille-' || n, organisation_id, city_name, country, title, summary, language, theme_id, concepts, cost_range, content, 'published', NULL, now() - interval '19 months' FROM practice, generate_series(1, 230) n WHERE id = $1`, [practice.id]);
    await turn();
    expect(await app.database.row(`SELECT count(*) AS left FROM practice WHERE ref LIKE 'vieille-%' AND state <> 'to-confirm'`)).toEqual({ left: 0 });
    await app.database.run(`DELETE FROM practice WHERE ref LIKE 'vieille-%'`);
  });
});
