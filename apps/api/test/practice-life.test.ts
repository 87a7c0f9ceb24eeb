import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { PracticeRevisionView, PracticeView } from '@passerelle/contract';
import { v7 as uuid } from 'uuid';
import { aThreadBody, buildMember, buildSpace, buildThread, type Member } from './builders/forum.js';
import { act, aFullEntry, aShortEntry, buildCast, buildDelegation, buildDraft, buildPicture, buildPublished, go, PRAISE, readPractice, review, tasksOf, viewOf } from './builders/practices.js';
import { buildAttachment } from './builders/uploads.js';
import { TestApp, until } from './support/app.js';

let app: TestApp;
let mayor: Member, cabinet: Member, elsewhere: Member, expert: Member, compatriot: Member, moderator: Member, guest: Member;

beforeAll(async () => {
  app = await TestApp.start();
  ({ mayor, cabinet, elsewhere, expert, compatriot, moderator, guest } = await buildCast(app));
});
afterAll(() => app.stop());

const read = (who: Member, ref: string) => readPractice(app, who, ref);
const view = (who: Member, ref: string) => viewOf(app, who, ref);
const tasks = (who: Member) => tasksOf(app, who);
const published = () => buildPublished(app, { mayor, moderator });

describe('a draft', () => {
  it('belongs to the people of its city and to nobody else', async () => {
    const draft = await buildDraft(app, cabinet);
    expect([(await read(mayor, draft.ref)).status, (await read(elsewhere, draft.ref)).status, (await read(moderator, draft.ref)).status, (await read(guest, draft.ref)).status]).toEqual([200, 404, 404, 404]);
  });

  it('may be sent again, and its id is not given to other words', async () => {
    const body = { id: uuid(), content: aShortEntry() };
    const send = (content: unknown) => app.call('POST', '/api/practices', { cookie: mayor.cookie, body: { ...body, content } });
    const statuses = [(await send(body.content)).status, (await send(body.content)).status, (await send(aShortEntry({ contact: 'Un autre service' }))).json.code];
    expect(statuses).toEqual([201, 200, 'id-reused']);
  });

  it('whose first answer was lost is named to whoever sends it again with other words, and to nobody else', async () => {
    const body = { id: uuid(), content: aShortEntry() };
    const { ref } = (await app.call('POST', '/api/practices', { cookie: mayor.cookie, body })).json as unknown as PracticeView;
    const send = (who: Member) => app.call('POST', '/api/practices', { cookie: who.cookie, body: { ...body, content: aShortEntry({ contact: 'Un autre service' }) } });
    expect((await send(mayor)).json).toMatchObject({ code: 'id-reused', params: { ref, version: 1 } });
    expect((await send(elsewhere)).json).toMatchObject({ code: 'id-reused', params: {} });
  });

  it('is changed under the version that was seen, and the same words again are answered as done', async () => {
    const draft = await buildDraft(app, mayor);
    const edit = (title: string, version: number, who = mayor) => app.call('PATCH', `/api/practices/${draft.ref}`, { cookie: who.cookie, body: { version, content: { ...draft.content, title } } });
    const answers = [await edit('Un premier titre pour la fiche', 1), await edit('Un premier titre pour la fiche', 1), await edit('Un autre titre pour la fiche', 1, cabinet)];
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 409]);
    expect(answers[2]?.json).toMatchObject({ code: 'stale-version', params: { current: 2 } });
    expect((await edit('Un autre titre pour la fiche', 2, elsewhere)).status).toBe(404);
  });

  it('keeps the words of each hand as revisions, which can be taken up again', async () => {
    const draft = await buildDraft(app, mayor, aShortEntry({ contact: 'Le cabinet' }));
    await app.call('PATCH', `/api/practices/${draft.ref}`, { cookie: cabinet.cookie, body: { version: 1, content: aShortEntry({ contact: 'La voirie' }) } });
    const revisions = async () => ((await app.call('GET', `/api/practices/${draft.ref}/revisions`, { cookie: mayor.cookie })).json as unknown as { items: PracticeRevisionView[] }).items;
    expect((await revisions()).map((revision) => [revision.version, revision.function, revision.content.contact])).toEqual([[2, 'Cabinet', 'La voirie'], [1, 'Maire', 'Le cabinet']]);
    const restored = (await app.call('POST', `/api/practices/${draft.ref}/restore`, { cookie: mayor.cookie, body: { version: 2, restore: 1 } })).json as unknown as PracticeView;
    expect([restored.version, restored.content.contact]).toEqual([3, 'Le cabinet']);
    // The answer was lost and the same is asked again.
    expect((await app.call('POST', `/api/practices/${draft.ref}/restore`, { cookie: mayor.cookie, body: { version: 2, restore: 1 } })).json).toMatchObject({ version: 3 });
    expect((await revisions()).map((revision) => revision.content.contact)).toEqual(['Le cabinet', 'La voirie', 'Le cabinet']);
  });

  it('keeps the words of an entry that was loaded when its city first changes it', async () => {
    const draft = await buildDraft(app, mayor, aShortEntry({ contact: 'Une source' }));
    await app.database.run('DELETE FROM practice_revision WHERE practice_id = $1', [draft.id]);
    await app.call('PATCH', `/api/practices/${draft.ref}`, { cookie: mayor.cookie, body: { version: 1, content: aShortEntry({ contact: 'Le cabinet' }) } });
    const { items } = (await app.call('GET', `/api/practices/${draft.ref}/revisions`, { cookie: mayor.cookie })).json as unknown as { items: PracticeRevisionView[] };
    expect(items.map((revision) => [revision.version, revision.name === '', revision.content.contact])).toEqual([[2, false, 'Le cabinet'], [1, true, 'Une source']]);
  });

  it('keeps one revision of what one hand types, and the words that were judged as they were', async () => {
    const draft = await buildDraft(app, mayor, aShortEntry({ contact: 'Ce qui est soumis' }));
    const back = await go(app, draft, [mayor, 'submit'], [moderator, 'take'], [moderator, 'ask-completion', { reason: 'Il manque le coût et une photo.' }]);
    for (const [typed, contact] of ['Ce qui est', 'Ce qui est tapé', 'Ce qui est tapé ensuite'].entries())
      await app.call('PATCH', `/api/practices/${draft.ref}`, { cookie: mayor.cookie, body: { version: back.version + typed, content: aShortEntry({ contact }) } });
    const { items } = (await app.call('GET', `/api/practices/${draft.ref}/revisions`, { cookie: mayor.cookie })).json as unknown as { items: PracticeRevisionView[] };
    expect(items.map((revision) => revision.content.contact)).toEqual(['Ce qui est tapé ensuite', 'Ce qui est soumis']);
  });

  it('says where it contradicts itself and what is missing before it is submitted', async () => {
    const draft = await buildDraft(app, mayor, aShortEntry({ end: '2021', problem: 'Trop court', costRange: '>5M', cost: { amount: 10, currency: 'XYZ', rate: 1, rateDate: '2026-01-01' }, funding: [{ funder: 'Ville', kind: '', amount: 50 }] }));
    const answer = await act(app, mayor, draft, 'submit');
    expect([answer.status, answer.json.code]).toEqual([400, 'entry-incomplete']);
    expect(answer.json.errors).toEqual(
      expect.arrayContaining([
        { path: 'content.end', message: 'before_start' }, { path: 'content.problem', message: 'too_few_words' }, { path: 'content.cost.currency', message: 'unknown_currency' },
        { path: 'content.funding', message: 'over_total' }, { path: 'content.costRange', message: 'range_differs' },
      ]),
    );
  });

  it('names a function that answers, and no mail address or telephone number', async () => {
    const submitted = async (contact: string) => (await act(app, mayor, await buildDraft(app, mayor, aShortEntry({ contact })), 'submit')).json.errors;
    expect([await submitted('marches@ville.test'), await submitted('Marchés, 77 123 45 67'), await submitted('Mission marchés 2024-2026')]).toEqual([
      [{ path: 'content.contact', message: 'address' }], [{ path: 'content.contact', message: 'address' }], undefined]);
  });

  it('does not take somebody else’s picture, nor a word that the thesaurus lacks', async () => {
    const create = (content: unknown) => app.call('POST', '/api/practices', { cookie: mayor.cookie, body: { id: uuid(), content } });
    expect((await create(aFullEntry(await buildPicture(app, elsewhere)))).json.errors).toEqual([{ path: 'content.photos.0.attachment', message: 'not_found' }]);
    const text = await buildPicture(app, mayor);
    await app.database.run(`UPDATE attachment SET type = 'application/pdf' WHERE id = $1`, [text]);
    expect((await create(aFullEntry(text))).json.errors).toEqual([{ path: 'content.photos.0.attachment', message: 'not_an_image' }]);
    expect((await create(aShortEntry({ concepts: ['inconnu'] }))).json.errors?.[0]?.path).toBe('content.concepts');
  });
});

describe('prepared by the cabinet, approved by the mayor', () => {
  it('waits for the mayor, who approves in one step; both names are kept', async () => {
    const draft = await buildDraft(app, cabinet);
    expect((await act(app, cabinet, draft, 'submit')).json.code).toBe('mandate-required');
    const asked = await go(app, draft, [cabinet, 'ask-approval']);
    expect(asked.standing?.waitingFor).toBe('approver');
    const [task] = (await tasks(mayor)).filter((item) => item.ref === draft.ref);
    expect(task).toMatchObject({ kind: 'approve', preparedBy: 'Cabinet', canSubmit: true });
    const submitted = await go(app, asked, [mayor, 'submit']);
    expect(submitted.standing).toMatchObject({ state: 'submitted', preparedBy: { function: 'Cabinet' }, approvedBy: { function: 'Maire' } });
  });

  it('is not approved by somebody whose mandate has ended', async () => {
    const former = await buildMember(app, { organisationId: mayor.organisationId, function: 'Ancienne maire' });
    await app.database.run('UPDATE mandate SET valid_to = current_date - 1 WHERE person_id = $1', [former.personId]);
    const draft = await go(app, await buildDraft(app, cabinet), [cabinet, 'ask-approval']);
    expect((await act(app, former, draft, 'submit')).status).toBe(404);
  });

  it('is not approved by somebody whose mandate ends while the session is remembered', async () => {
    const leaving = await buildMember(app, { organisationId: mayor.organisationId, function: 'Maire par intérim' });
    const draft = await buildDraft(app, leaving);
    await app.database.run(`UPDATE mandate SET valid_from = current_date - 2, valid_to = current_date - 1 WHERE person_id = $1`, [leaving.personId]);
    expect((await act(app, leaving, draft, 'submit')).json.code).toBe('mandate-required');
  });

  it('is approved by somebody who may act for the mayor, as long as that lasts and no longer', async () => {
    const principal = await buildMember(app, { function: 'Maire' });
    const deputy = await buildMember(app, { organisationId: principal.organisationId, function: 'Directrice de cabinet' });
    await buildDelegation(app, principal, deputy);
    const asked = await go(app, await buildDraft(app, deputy), [deputy, 'ask-approval']);
    expect((await tasks(deputy)).map((task) => task.kind)).toEqual(['draft']);
    await buildDelegation(app, principal, deputy, 'act');
    expect((await tasks(deputy)).map((task) => task.kind)).toEqual(['approve']);
    await app.database.run(`UPDATE mandate SET valid_from = current_date - 9, valid_to = current_date - 1 WHERE person_id = $1`, [principal.personId]);
    expect((await act(app, deputy, asked, 'submit')).json.code).toBe('mandate-required');
    await app.database.run(`UPDATE mandate SET valid_to = NULL WHERE person_id = $1`, [principal.personId]);
    expect((await act(app, deputy, asked, 'submit')).status).toBe(200);
  });

  it('still waits for the mayor when the time of the delegation to prepare is over', async () => {
    const principal = await buildMember(app, { function: 'Maire' });
    const former = await buildMember(app, { organisationId: principal.organisationId, function: 'Cabinet' });
    await buildDelegation(app, principal, former);
    await app.database.run(`UPDATE delegation d SET valid_from = current_date - 9, valid_to = current_date - 1 FROM mandate m WHERE m.id = d.to_mandate_id AND m.person_id = $1`, [former.personId]);
    expect((await act(app, former, await buildDraft(app, former), 'submit')).json.code).toBe('mandate-required');
  });
});

describe('review', () => {
  it('asks for completion with a reason, gets it, publishes to members, and tells the city of each step', async () => {
    const draft = await go(app, await buildDraft(app, mayor), [mayor, 'submit'], [moderator, 'take']);
    expect((await act(app, moderator, draft, 'ask-completion', { reason: 'court' })).json.errors?.[0]?.path).toBe('reason');
    expect((await act(app, moderator, draft, 'publish')).json.code).toBe('entry-incomplete');
    const back = await go(app, draft, [moderator, 'ask-completion', { reason: 'Il manque le coût, une photo et deux résultats.' }]);
    const mine = await view(mayor, draft.ref);
    expect([mine.standing?.waitingFor, mine.standing?.history[0]?.reason]).toEqual(['owner', 'Il manque le coût, une photo et deux résultats.']);
    const content = aFullEntry(await buildPicture(app, mayor));
    const edited = (await app.call('PATCH', `/api/practices/${draft.ref}`, { cookie: mayor.cookie, body: { version: back.version, content } })).json as unknown as PracticeView;
    const { events } = await app.socket(elsewhere.cookie);
    const out = await go(app, edited, [mayor, 'resubmit'], [moderator, 'take'], [moderator, 'publish']);
    expect([out.standing?.state, (await read(elsewhere, draft.ref)).status]).toEqual(['published', 200]);
    await until(() => events.some((event) => event.type === 'practice.published' && (event.data as { ref?: string } | null)?.ref === draft.ref), 'the publication on another member’s socket');
    expect((await view(elsewhere, draft.ref)).standing).toBeNull();
    expect((await read(guest, draft.ref)).status).toBe(404);
  });

  it('is given as done when the same step is sent again, and refused from another state or an old version', async () => {
    const draft = await buildDraft(app, mayor);
    const answers = [await act(app, mayor, draft, 'submit'), await act(app, mayor, draft, 'submit'), await act(app, mayor, draft, 'confirm'), await act(app, moderator, draft, 'take')];
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 409, 409]);
    expect(answers.slice(2).map((answer) => answer.json.code)).toEqual(['not-possible-now', 'stale-version']);
  });

  it('answers a step that was sent twice at once as done, both times', async () => {
    for (let turn = 0; turn < 8; turn++) {
      const draft = await buildDraft(app, mayor);
      const answers = await Promise.all([act(app, mayor, draft, 'submit'), act(app, mayor, draft, 'submit')]);
      expect(answers.map((answer) => answer.status)).toEqual([200, 200]);
    }
  });

  it('refuses only for one of the four reasons', async () => {
    const draft = await go(app, await buildDraft(app, mayor), [mayor, 'submit'], [moderator, 'take']);
    expect((await act(app, moderator, draft, 'refuse', { reason: 'Ce texte est une publicité.' })).json.errors?.[0]?.path).toBe('reasonCode');
    const refused = await go(app, draft, [moderator, 'refuse', { reason: 'Ce texte est une publicité.', reasonCode: 'advertising' }]);
    expect(refused.standing?.history[0]).toMatchObject({ reasonCode: 'advertising', to: 'refused' });
  });

  it('is not done by a moderator of the same country', async () => {
    const local = await buildMember(app, { role: 'moderator' });
    const draft = await go(app, await buildDraft(app, mayor), [mayor, 'submit']);
    expect((await act(app, local, draft, 'take')).json.code).toBe('own-country');
    expect((await act(app, elsewhere, draft, 'take')).status).toBe(404);
  });
});

describe('a file of a practice', () => {
  it('is read while the entry names it, and afterwards by those who read earlier versions', async () => {
    const file = await buildAttachment(app, mayor);
    const content = aFullEntry(await buildPicture(app, mayor), { documents: [{ attachment: file.id, title: 'Bilan', access: 'members' }] });
    const practice = await go(app, await buildDraft(app, mayor, content), [mayor, 'submit'], [moderator, 'take'], [moderator, 'publish']);
    const readers = async () => Promise.all([elsewhere, mayor, moderator].map(async (who) => (await app.call('GET', file.url, { cookie: who.cookie })).status));
    expect(await readers()).toEqual([200, 200, 200]);
    await app.call('PATCH', `/api/practices/${practice.ref}`, { cookie: mayor.cookie, body: { version: practice.version, content: { ...practice.content, documents: [] } } });
    expect(await readers()).toEqual([404, 200, 200]);
  });
});

describe('publication for everybody', () => {
  it('needs a named official’s consent, is shown to guests, and can be taken back', async () => {
    const practice = await published();
    expect((await act(app, mayor, practice, 'open-to-public')).json.code).toBe('consent-required');
    expect((await act(app, cabinet, practice, 'open-to-public', { consentBy: { name: 'Maire', function: 'Maire' } })).json.code).toBe('mandate-required');
    const open = await go(app, practice, [mayor, 'open-to-public', { consentBy: { name: 'Maire de la ville', function: 'Maire' } }]);
    expect([open.open, open.standing?.consent?.name, (await read(guest, practice.ref)).status]).toEqual([true, 'Maire de la ville', 200]);
    const asGuest = await view(guest, practice.ref);
    expect([asGuest.content.summary, asGuest.content.results.length, asGuest.content.solution, asGuest.content.difficulties]).toEqual([practice.content.summary, 2, '', '']);
    const closed = await go(app, open, [mayor, 'close-to-public']);
    expect([closed.open, closed.standing?.consent, (await read(guest, practice.ref)).status]).toEqual([false, null, 404]);
  });

  it('is not shown to guests before, neither by its city nor beside a thread of its theme', async () => {
    const practice = await published();
    const slug = (await app.database.row<{ slug: string }>('SELECT slug FROM organisation WHERE id = $1', [mayor.organisationId]))?.slug ?? '';
    const space = await buildSpace(app, { access: 'closed', members: [guest, mayor] });
    const thread = await buildThread(app, mayor, space);
    await app.database.run('UPDATE thread SET theme_id = $2 WHERE id = $1', [thread.id, practice.theme]);
    const shown = async (who: Member) => [(await app.call('GET', `/api/organisations/${slug}`, { cookie: who.cookie })).text, (await app.call('GET', `/api/threads/${thread.id}`, { cookie: who.cookie })).text].map((text) => text.includes('Des marchés couverts'));
    expect([await shown(mayor), await shown(guest)]).toEqual([[true, true], [false, false]]);
  });

  it('can be taken back while experts read it and while it waits to be confirmed', async () => {
    const open = await go(app, await published(), [mayor, 'open-to-public', { consentBy: { name: 'Maire de la ville', function: 'Maire' } }], [moderator, 'send-to-experts']);
    const due = open.standing?.dueAt;
    const closed = await go(app, open, [mayor, 'close-to-public']);
    expect(closed.standing).toMatchObject({ state: 'in-expertise', before: 'published', consent: null, dueAt: due });
    expect([closed.open, (await read(guest, open.ref)).status, (await review(app, expert, open.ref, { ...PRAISE, evidence: 0 })).status]).toEqual([false, 404, 200]);
    const back = await go(app, closed, [moderator, 'return-with-advice']);
    expect(back.standing?.state).toBe('published');
  });

  it('leaves the words that visitors read to those who sign for the city', async () => {
    const practice = await published();
    const edit = (who: Member, { version }: PracticeView, title: string) => app.call('PATCH', `/api/practices/${practice.ref}`, { cookie: who.cookie, body: { version, content: { ...practice.content, title } } });
    const changed = (await edit(cabinet, practice, 'Un titre que les membres lisent')).json as unknown as PracticeView;
    const open = await go(app, changed, [mayor, 'open-to-public', { consentBy: { name: 'Maire de la ville', function: 'Maire' } }]);
    expect([(await view(cabinet, practice.ref)).standing?.canEdit, (await view(mayor, practice.ref)).standing?.canEdit]).toEqual([false, true]);
    expect((await edit(cabinet, open, 'Un titre que personne n’a approuvé')).json.code).toBe('mandate-required');
    expect((await edit(mayor, open, 'Un titre que le maire approuve')).status).toBe(200);
  });

  it('is asked anew for what a city writes in place of a text from a public source', async () => {
    const sourced = await published();
    await app.database.run(`UPDATE practice SET source_url = 'https://exemple.test/source', label = 'Fiche de démonstration' WHERE ref = $1`, [sourced.ref]);
    expect((await read(guest, sourced.ref)).status).toBe(200);
    const own = await go(app, sourced, [mayor, 'withdraw', { reason: 'Nous l’écrivons nous-mêmes.' }], [mayor, 'revise'], [mayor, 'submit'], [moderator, 'take'], [moderator, 'publish']);
    expect([own.open, own.sourceUrl, own.otherSources, own.label, (await read(guest, sourced.ref)).status]).toEqual([false, null, ['https://exemple.test/source'], '', 404]);
  });

  it('is guarded by the database as well', async () => {
    const practice = await published();
    await expect(app.database.run(`UPDATE practice SET state = 'public' WHERE ref = $1`, [practice.ref])).rejects.toThrow(/practice_public/);
  });
});

describe('a thread about a practice', () => {
  it('is followed by the city, shown on the page, and only opened about what its author may read', async () => {
    const practice = await published();
    const space = await buildSpace(app, { members: [elsewhere, mayor, cabinet, compatriot] });
    const open = (who: Member, body: Record<string, unknown>) => app.call('POST', '/api/threads', { cookie: who.cookie, body: aThreadBody(space, body) });
    const answers = [await open(elsewhere, { kind: 'question', practice: practice.ref }), await open(elsewhere, { kind: 'practice', practice: practice.ref }), await open(elsewhere, { kind: 'practice' }), await open(elsewhere, { practice: (await buildDraft(app, mayor)).ref })];
    expect(answers.map((answer) => [answer.status, answer.json.errors?.[0]?.path])).toEqual([[201, undefined], [201, undefined], [400, 'practice'], [400, 'practice']]);
    expect((await view(compatriot, practice.ref)).threads).toHaveLength(2);
    const follows = await app.database.rows('SELECT 1 FROM follow f JOIN thread t ON t.id = f.thread_id WHERE t.practice_id = $1 AND f.account_id = ANY($2::uuid[])', [practice.id, [mayor.accountId, cabinet.accountId]]);
    expect(follows).toHaveLength(4);
  });
});

describe('useful for my city', () => {
  it('counts once, names who said so, and is not for the city itself', async () => {
    const practice = await published();
    const mark = (who: Member, method = 'PUT') => app.call(method, `/api/practices/${practice.ref}/useful`, { cookie: who.cookie });
    expect([(await mark(elsewhere)).status, (await mark(elsewhere)).status, (await mark(mayor)).status, (await mark(guest)).status]).toEqual([200, 200, 403, 404]);
    expect((await view(compatriot, practice.ref)).useful).toMatchObject({ count: 1, mine: false, by: [{ function: 'Services techniques' }] });
    await mark(elsewhere, 'DELETE');
    expect((await view(elsewhere, practice.ref)).useful.count).toBe(0);
  });
});
