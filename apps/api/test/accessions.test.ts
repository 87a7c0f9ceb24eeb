import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OrganisationView } from '@passerelle/contract';
import { v7 as uuid } from 'uuid';
import { LiveIndex } from '../src/search/index.js';
import { aDecision, anAccessionBody, askOpinion, decide, fillSeats, giveOpinion, handIn, look, moveDocument, open, read, readyToDecide, slugOfCity, today } from './builders/accessions.js';
import { buildCity, buildMember, type Member } from './builders/forum.js';
import { heard } from './builders/spaces.js';
import { buildAttachment } from './builders/uploads.js';
import { TestApp, until } from './support/app.js';

let app: TestApp;
let secretariat: Member;
let member: Member;
let guest: Member;
beforeAll(async () => {
  app = await TestApp.start();
  [secretariat, member, guest] = [await buildMember(app, { role: 'administrator' }), await buildMember(app), await buildMember(app, { role: 'guest' })];
});
afterAll(() => app.stop());

const get = (who: Member, path: string) => app.call('GET', path, { cookie: who.cookie });
const buildCapital = async (country: string) => {
  const id = await buildCity(app, { country });
  await app.database.run('UPDATE organisation SET capital = true WHERE id = $1', [id]);
  return id;
};
const emailOf = async (who: Member) => (await app.database.row<{ email: string }>('SELECT email FROM account WHERE id = $1', [who.accountId]))?.email ?? '';
const mailsTo = async (who: Member) => (await app.database.rows<{ subject: string }>('SELECT subject FROM mail_waiting WHERE recipient = $1 ORDER BY id', [await emailOf(who)])).map(({ subject }) => subject);
const membershipOf = async (slug: string) => app.database.rows('SELECT state, valid_from, valid_to FROM membership m JOIN organisation o ON o.id = m.organisation_id WHERE o.slug = $1 ORDER BY valid_to NULLS LAST', [slug]);

describe('opening a candidature', () => {
  it('makes the city a candidate, tells its people by mail and shows members that there is one', async () => {
    const mayor = await buildMember(app, { function: 'Maire' });
    const slug = await slugOfCity(app, mayor.organisationId);
    const view = await open(app, secretariat, { organisation: slug });
    expect(view).toMatchObject({ state: 'open', version: 2, documents: [{ kind: 'letter' }, { kind: 'deliberation' }, { kind: 'dossier' }, { kind: 'entry-fee' }, { kind: 'first-fee' }], lacking: ['documents', 'opinion'] });
    expect(await membershipOf(slug)).toEqual([{ state: 'candidate', valid_from: today(), valid_to: null }]);
    expect(await mailsTo(mayor)).toEqual(['Votre candidature est ouverte']);
    const page = (await get(member, `/api/organisations/${slug}`)).json as unknown as OrganisationView;
    expect([page.membership, page.accession]).toEqual(['candidate', { id: view.id, state: 'open', decidedOn: null }]);
    expect((await get(guest, `/api/organisations/${slug}`)).json['accession']).toBeNull();
  });

  it('repeated gives what is stored; other content under the same id is refused, also when both come at once', async () => {
    const body = await anAccessionBody(app);
    const send = (changes = {}) => app.call('POST', '/api/accessions', { cookie: secretariat.cookie, body: { ...body, ...changes } });
    expect((await Promise.all([send(), send()])).map(({ status }) => status).sort()).toEqual([200, 201]);
    const other = await send({ sought: 'associate' });
    expect([other.status, other.json.code]).toEqual([409, 'id-reused']);
  });

  it('takes a city that was not in the network, which is found from then on', async () => {
    const name = `Matadi ${uuid().slice(-6)}`;
    const view = await open(app, secretariat, { organisation: { id: uuid(), name, kind: 'city', country: 'CD', population: 306_000 } });
    expect(view.organisation).toMatchObject({ name, kind: 'city', country: 'CD', slug: expect.stringMatching(/^matadi-/) });
    await app.app.get(LiveIndex).settled();
    expect((await get(member, `/api/search?q=${encodeURIComponent(name)}&kind=city`)).json['total']).toBeGreaterThan(0);
    const again = await app.call('POST', '/api/accessions', { cookie: secretariat.cookie, body: await anAccessionBody(app, { organisation: { id: uuid(), name, kind: 'city', country: 'CD' } }) });
    expect(again.json.errors).toEqual([{ path: 'organisation.name', message: 'known' }]);
  });

  it('is refused for a member, for whoever is a candidate already, and with the paper of another kind of candidate', async () => {
    await fillSeats(app, 'AD', 1);
    const [row] = await app.database.rows<{ slug: string }>(`SELECT slug FROM organisation WHERE country = 'AD'`);
    const candidate = await open(app, secretariat);
    const faults = async (changes: Record<string, unknown>) => (await app.call('POST', '/api/accessions', { cookie: secretariat.cookie, body: await anAccessionBody(app, changes) })).json.errors;
    expect(await faults({ organisation: row?.slug })).toEqual([{ path: 'organisation', message: 'member' }]);
    expect(await faults({ organisation: candidate.organisation.slug })).toEqual([{ path: 'organisation', message: 'candidate' }]);
    expect(await faults({ organisation: 'nulle-part' })).toEqual([{ path: 'organisation', message: 'not_found' }]);
    expect(await faults({ instrument: 'bureau-decision' })).toEqual([{ path: 'instrument', message: 'not_allowed' }]);
    expect(await faults({ organisation: { id: uuid(), name: 'Union des maires', kind: 'association', country: 'TG' } })).toEqual([{ path: 'instrument', message: 'not_allowed' }]);
  });
});

describe('documents', () => {
  it('are handed in by people of the candidate, accepted by the secretariat, and read by nobody else', async () => {
    const [official, other] = [await buildMember(app), await buildMember(app)];
    const view = await open(app, secretariat, { organisation: await slugOfCity(app, official.organisationId) });
    const file = await buildAttachment(app, official);
    expect((await handIn(app, other, view, 'letter', (await buildAttachment(app, other)).id)).status).toBe(403);
    const handed = read(await handIn(app, official, view, 'letter', file.id));
    expect(handed.documents?.[0]).toMatchObject({ state: 'received', files: [{ id: file.id, name: 'note.txt' }], moved: { function: expect.stringContaining('Services techniques') } });
    expect(read(await handIn(app, official, view, 'letter', file.id)).version).toBe(handed.version);
    const accepted = read(await moveDocument(app, secretariat, handed, 'letter', 'accepted'));
    expect((await handIn(app, official, accepted, 'letter', (await buildAttachment(app, official)).id)).json.code).toBe('not-possible-now');
    expect((await Promise.all([official, secretariat, other, member, guest].map((who) => get(who, `/api/attachments/${file.id}`)))).map(({ status }) => status)).toEqual([200, 200, 404, 404, 404]);
    expect([read(await look(app, other, view)).documents, read(await look(app, official, view)).documents?.length]).toEqual([null, 5]);
  });

  it('are not taken over what somebody else did meanwhile', async () => {
    const view = await open(app, secretariat);
    read(await moveDocument(app, secretariat, view, 'letter', 'received'));
    const stale = await moveDocument(app, secretariat, view, 'dossier', 'received');
    expect([stale.status, stale.json.code]).toEqual([409, 'stale-version']);
  });

  it('for the fees are due once the candidate is accepted', async () => {
    const view = await readyToDecide(app, secretariat, { organisation: await slugOfCity(app, await buildCity(app, { country: 'LU' })) });
    expect((await moveDocument(app, secretariat, view, 'entry-fee', 'received')).json.code).toBe('not-possible-now');
    const accepted = read(await decide(app, secretariat, view));
    const paid = read(await moveDocument(app, secretariat, accepted, 'entry-fee', 'received'));
    expect(paid.documents?.[3]).toMatchObject({ state: 'received' });
    expect((await moveDocument(app, secretariat, paid, 'letter', 'awaited')).json.code).toBe('not-possible-now');
  });
});

describe('the opinion of the capital', () => {
  it('is asked by mail of whoever signs for it, given in words, and read by the secretariat and the capital alone', async () => {
    const mayor = await buildMember(app, { organisationId: await buildCapital('GA'), function: 'Maire' });
    const neighbour = await buildMember(app, { organisationId: await buildCity(app, { country: 'GA' }) });
    const view = await open(app, secretariat, { organisation: await slugOfCity(app, neighbour.organisationId) });
    expect((await giveOpinion(app, mayor, view)).json.code).toBe('not-possible-now');
    const asked = read(await askOpinion(app, secretariat, view));
    expect([asked.opinion.state, await mailsTo(mayor)]).toEqual(['asked', ['Votre avis est demandé sur une candidature']]);
    expect((await giveOpinion(app, neighbour, asked)).status).toBe(403);
    expect(read(await look(app, mayor, asked)).abilities).toEqual({ manage: false, handIn: false, giveOpinion: true });
    const given = read(await giveOpinion(app, mayor, asked, { opinion: 'reserved', words: 'Après la réforme des communes.' }));
    expect(given.opinion).toMatchObject({ state: 'given', given: { opinion: 'reserved', words: 'Après la réforme des communes.', by: expect.stringContaining('Maire'), letter: false } });
    expect(read(await giveOpinion(app, mayor, asked, { opinion: 'reserved', words: 'Après la réforme des communes.' })).version).toBe(given.version);
    expect(await mailsTo(secretariat)).toContain('La capitale a donné son avis');
    const told = await Promise.all([secretariat, mayor, neighbour, member].map(async (who) => read(await look(app, who, view)).opinion.given?.opinion));
    expect(told).toEqual(['reserved', 'reserved', undefined, undefined]);
  });

  it('is not given by somebody of the capital who only prepares', async () => {
    const organisationId = await buildCapital('TG');
    const [mayor, cabinet] = [await buildMember(app, { organisationId, function: 'Maire' }), await buildMember(app, { organisationId, function: 'Cabinet' })];
    const mandate = async (who: Member) => (await app.database.row<{ id: string }>('SELECT id FROM mandate WHERE person_id = $1', [who.personId]))?.id;
    await app.database.run(`INSERT INTO delegation (id, from_mandate_id, to_mandate_id, scope) VALUES ($1, $2, $3, 'prepare')`, [uuid(), await mandate(mayor), await mandate(cabinet)]);
    const asked = read(await askOpinion(app, secretariat, await open(app, secretariat, { organisation: await slugOfCity(app, await buildCity(app, { country: 'TG' })) })));
    expect([(await giveOpinion(app, cabinet, asked)).status, read(await look(app, cabinet, asked)).abilities.giveOpinion, await mailsTo(cabinet)]).toEqual([403, false, []]);
    expect((await giveOpinion(app, mayor, asked)).status).toBe(200);
  });

  it('is recorded by the secretariat when it came by letter, with its signature and its date', async () => {
    const view = await open(app, secretariat);
    const letter = { from: 'Maire de la capitale', on: '2026-01-15' };
    expect((await giveOpinion(app, member, view, { letter })).status).toBe(403);
    expect(read(await giveOpinion(app, secretariat, view, { opinion: 'unfavourable', letter })).opinion.given).toMatchObject({ by: letter.from, on: letter.on, letter: true });
    const future = await giveOpinion(app, secretariat, { ...view, version: view.version + 1 }, { letter: { ...letter, on: '2999-01-01' } });
    expect(future.json.errors).toEqual([{ path: 'letter.on', message: 'future' }]);
  });

  it('is not needed of the capital itself', async () => {
    const view = await open(app, secretariat, { organisation: await slugOfCity(app, await buildCapital('BI')) });
    expect(view.opinion).toMatchObject({ state: 'not-needed', capital: null });
    expect((await askOpinion(app, secretariat, view)).json.code).toBe('not-possible-now');
    expect((await readyToDecide(app, secretariat, { organisation: await slugOfCity(app, await buildCapital('RW')) })).lacking).toEqual([]);
  });

  it('holds nobody up: an acceptance needs that it was asked, not that it came, and an unfavourable one is no veto', async () => {
    const view = await open(app, secretariat, { organisation: await slugOfCity(app, await buildCity(app, { country: 'MR' })) });
    let ready = view;
    for (const kind of ['letter', 'deliberation', 'dossier'] as const) ready = read(await moveDocument(app, secretariat, ready, kind, 'accepted'));
    const early = await decide(app, secretariat, ready);
    expect([early.status, early.json.code, early.json['params']]).toEqual([409, 'accession-incomplete', { lacking: ['opinion'] }]);
    const opposed = read(await giveOpinion(app, secretariat, ready, { opinion: 'unfavourable', letter: { from: 'Maire', on: '2026-01-01' } }));
    expect(read(await decide(app, secretariat, opposed)).state).toBe('accepted');
  });
});

describe('the decision', () => {
  it('makes the city a member from its day, tells both cities, and stays in the record of administration', async () => {
    const capital = await buildMember(app, { organisationId: await buildCapital('KM') });
    const mayor = await buildMember(app, { organisationId: await buildCity(app, { country: 'KM' }) });
    await app.database.run(`UPDATE account SET interface_language = 'en' WHERE id = $1`, [mayor.accountId]);
    const slug = await slugOfCity(app, mayor.organisationId);
    await app.database.run(`INSERT INTO membership (id, organisation_id, state) VALUES ($1, $2, 'project')`, [uuid(), mayor.organisationId]);
    const ready = await readyToDecide(app, secretariat, { organisation: slug });
    const body = aDecision(ready);
    const send = () => app.call('POST', `/api/accessions/${ready.id}/decisions`, { cookie: secretariat.cookie, body });
    const decided = read(await send());
    expect(decided).toMatchObject({ state: 'accepted', decidedOn: today(), seats: { country: 'KM', taken: 1, of: 10 }, decisions: [{ id: body.id, outcome: 'accepted', body: 'assembly', on: today() }] });
    expect(read(await send()).version).toBe(decided.version);
    expect((await membershipOf(slug)).map((row) => row['state'])).toEqual(['project', 'candidate', 'member']);
    expect([(await mailsTo(mayor)).at(-1), (await mailsTo(capital)).at(-1)]).toEqual(['Candidature accepted', 'Candidature acceptée']);
    const acts = await app.database.rows<{ act: string }>('SELECT act FROM audit_entry WHERE subject_id = $1 ORDER BY at, id', [ready.id]);
    expect(acts.map(({ act }) => act)).toEqual(['accession.opened', ...Array<string>(3).fill('accession.document-moved'), 'accession.opinion-asked', 'accession.accepted']);
    expect((await decide(app, secretariat, decided)).json.code).toBe('not-possible-now');
    expect(read(await look(app, member, ready)).decisions).toMatchObject([{ words: 'La candidature est acceptée à l’unanimité.' }]);
  });

  it('deferred leaves the candidature open for another one; refused puts back what the city was before', async () => {
    const organisationId = await buildCity(app);
    const slug = await slugOfCity(app, organisationId);
    await app.database.run(`INSERT INTO membership (id, organisation_id, state) VALUES ($1, $2, 'participant')`, [uuid(), organisationId]);
    const deferred = read(await decide(app, secretariat, await open(app, secretariat, { organisation: slug }), { outcome: 'deferred', words: 'À la prochaine session.' }));
    expect(deferred.state).toBe('deferred');
    const refused = read(await decide(app, secretariat, deferred, { outcome: 'refused', body: 'bureau', words: 'Le dossier reste incomplet.' }));
    expect([refused.state, refused.decisions.map(({ outcome }) => outcome)]).toEqual(['refused', ['deferred', 'refused']]);
    expect((await membershipOf(slug)).map((row) => row['state'])).toEqual(['participant', 'candidate', 'participant']);
    expect((await open(app, secretariat, { organisation: slug })).state).toBe('open');
  });

  it('is dated between the opening and today, and wants to know again who acts', async () => {
    const view = await open(app, secretariat);
    const faults = async (on: string) => (await decide(app, secretariat, view, { outcome: 'deferred', on })).json.errors;
    expect([await faults('2999-01-01'), await faults('2001-01-01')]).toEqual([[{ path: 'on', message: 'future' }], [{ path: 'on', message: 'before_start' }]]);
    const tired = await buildMember(app, { role: 'administrator' });
    await app.database.run(`UPDATE session SET authenticated_at = now() - interval '1 hour' WHERE id = $1`, [tired.sessionId]);
    expect((await decide(app, tired, view, { outcome: 'deferred' })).json.code).toBe('fresh-sign-in-required');
  });
});

describe('the counter of a State', () => {
  it('lets one of two candidates have the tenth seat, however close the decisions come', async () => {
    await fillSeats(app, 'CG', 9);
    const [one, two] = await Promise.all(['a', 'b'].map(async () => readyToDecide(app, secretariat, { organisation: await slugOfCity(app, await buildCity(app, { country: 'CG' })) })));
    if (!one || !two) throw new Error('Two candidates');
    const answers = await Promise.all([decide(app, secretariat, one), decide(app, secretariat, two)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(answers.find(({ status }) => status === 409)?.json.code).toBe('seats-full');
    const seats = (await get(member, '/api/accessions/seats')).json['items'] as unknown as { country: string; taken: number }[];
    expect(seats.find(({ country }) => country === 'CG')).toEqual({ country: 'CG', taken: 10, of: 10 });
  });

  it('counts suspended cities and territories of the State, not associates, associations and those who left', async () => {
    await fillSeats(app, 'FR', 7);
    await fillSeats(app, 'FR', 1, 'suspended');
    await fillSeats(app, 'RE', 2);
    await fillSeats(app, 'FR', 3, 'associate');
    await app.database.run(`UPDATE membership SET valid_to = current_date - 1 WHERE id = (SELECT m.id FROM membership m JOIN organisation o ON o.id = m.organisation_id WHERE o.country = 'RE' LIMIT 1)`);
    const city = (country: string) => buildCity(app, { country }).then((id) => slugOfCity(app, id));
    expect((await open(app, secretariat, { organisation: await city('MQ') })).seats).toEqual({ country: 'FR', taken: 9, of: 10 });
    await fillSeats(app, 'GP', 1);
    // A candidate may wait for a seat: the candidature is opened, and its page says that an acceptance lacks one.
    expect((await open(app, secretariat, { organisation: await city('FR') })).lacking).toContain('seat');
    const associate = await readyToDecide(app, secretariat, { organisation: await city('FR'), sought: 'associate' });
    expect([associate.seats, read(await decide(app, secretariat, associate)).state]).toEqual([null, 'accepted']);
    const association = await readyToDecide(app, secretariat, { organisation: { id: uuid(), name: 'Union des villes', kind: 'association', country: 'FR' }, instrument: 'bureau-decision' });
    expect(read(await decide(app, secretariat, association)).state).toBe('accepted');
  });

  it('moves live for every member, and no guest hears of it', async () => {
    const [{ events }, { events: heardByGuest, socket }] = [await app.socket(member.cookie), await app.socket(guest.cookie)];
    const ready = await readyToDecide(app, secretariat, { organisation: await slugOfCity(app, await buildCity(app, { country: 'DJ' })) });
    await decide(app, secretariat, ready);
    await heard(events, 'accession.moved');
    await until(() => events.filter(({ type }) => type === 'accession.moved').length >= 6, 'all six moves');
    expect(events.filter(({ type }) => type === 'accession.moved').at(-1)).toMatchObject({ data: { id: ready.id } });
    await socket.emitWithAck('unwatch', { thread: uuid() });
    expect(heardByGuest.filter(({ type }) => type === 'accession.moved')).toEqual([]);
  });
});

describe('the list', () => {
  it('is turned page by page and chosen by what waits or is decided, and by country', async () => {
    const slugs = await Promise.all(['x', 'y', 'z'].map(async () => slugOfCity(app, await buildCity(app, { country: 'VU' }))));
    const ids = [];
    for (const organisation of slugs) ids.push((await open(app, secretariat, { organisation })).id);
    const first = (await get(member, '/api/accessions?country=VU&state=waiting&limit=2')).json as unknown as { items: { id: string }[]; nextCursor: string };
    const rest = (await get(member, `/api/accessions?country=VU&state=waiting&limit=2&cursor=${first.nextCursor}`)).json as unknown as typeof first;
    expect([...first.items, ...rest.items].map(({ id }) => id)).toEqual(ids.reverse());
    expect([rest.nextCursor, (await get(member, '/api/accessions?country=VU&state=decided')).json['items']]).toEqual([null, []]);
    expect((await get(guest, '/api/accessions')).status).toBe(404);
  });
});
