import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { InvitationBatchReport } from '@passerelle/contract';
import { v7 as uuid } from 'uuid';
import { inviteToSecretariat } from '../src/invitations/index.js';
import { ENV, SessionStore } from '../src/platform/index.js';
import { buildMember, buildSpace, type Member, type Space } from './builders/forum.js';
import { slugOf } from './builders/projects.js';
import { TestApp } from './support/app.js';

let app: TestApp, secretariat: Member, mayor: Member, city: string, space: Space;
beforeAll(async () => {
  app = await TestApp.start();
  [secretariat, mayor] = [await buildMember(app, { role: 'administrator' }), await buildMember(app, { function: 'Maire' })];
  city = await slugOf(app, mayor.organisationId);
  space = await buildSpace(app, { access: 'open', members: [mayor, secretariat] });
});
afterAll(() => app.stop());

const anAddress = () => `${uuid()}@exemple.test`;
const aBatch = (content: string | Buffer, changes = {}) => ({ id: uuid(), dryRun: false, fileName: 'agents.csv', language: 'fr', content: Buffer.from(content).toString('base64'), ...changes });
const send = (who: Member, body: object) => app.call('POST', '/api/invitation-batches', { cookie: who.cookie, body });
const run = async (who: Member, content: string | Buffer, changes = {}) => (await send(who, aBatch(content, changes))).json as unknown as InvitationBatchReport;
const invitedTo = (email: string) => app.database.rows<{ function: string; language: string }>('SELECT function, language FROM invitation WHERE email = $1', [email]);
const mailsTo = async (email: string) => (await app.database.rows('SELECT 1 FROM mail_waiting WHERE recipient = $1', [email])).length;
const faultsOf = ({ errors }: InvitationBatchReport) => errors.map(({ line, column, code }) => [line, column, code]);

describe('a file of people to invite', () => {
  it('is only looked at on a dry run, and sent then, each with a mail', async () => {
    const [one, two] = [anAddress(), anAddress()];
    const text = `Adresse;Fonction;Langue;Fin du mandat;Espace\n${one};Adjointe aux marchés;;31/03/2099;${space.slug}\n${two.toUpperCase()};Head of markets;anglais;;\n`;
    expect(await run(mayor, text, { dryRun: true })).toMatchObject({ dryRun: true, applied: false, lines: 2, invited: 2, known: 0, refused: 0, errors: [] });
    expect([await invitedTo(one), await mailsTo(one)]).toEqual([[], 0]);
    expect(await run(mayor, text)).toMatchObject({ applied: true, invited: 2, entries: [{ line: 2, email: one, outcome: 'invited' }, { line: 3, email: two, outcome: 'invited' }] });
    expect([await invitedTo(one), await invitedTo(two), await mailsTo(one), await mailsTo(two)]).toEqual([[{ function: 'Adjointe aux marchés', language: 'fr' }], [{ function: 'Head of markets', language: 'en' }], 1, 1]);
  });

  it('names each error by its line as an editor counts, and its column, and then invites nobody', async () => {
    const good = anAddress();
    const text = `adresse,fonction,langue,accès,fin,ville,espace,couleur\n${good},"Adjointe\naux marchés",,,,,,\nsans arobase,Adjointe,,,,,,\n${anAddress()},,,,,,,\n${anAddress()},Maire,klingon,chef,32/01/2027,Atlantide,Nulle part,\n${good},Autre,,,2001-01-01,,,\n`;
    const report = await run(mayor, text);
    expect(faultsOf(report)).toEqual([
      [1, 'couleur', 'unknown_column'], [4, 'adresse', 'invalid_email'], [5, 'fonction', 'required'], [6, 'langue', 'unknown_language'], [6, 'accès', 'unknown_role'], [6, 'fin', 'invalid_date'], [6, 'ville', 'unknown_city'], [6, 'espace', 'unknown_space'], [7, 'fin', 'past_date'],
    ]);
    expect([report.applied, await invitedTo(good)]).toEqual([false, []]);
  });

  it('invites the others when wrong lines are to be left out', async () => {
    const [good, twice] = [anAddress(), anAddress()];
    const report = await run(mayor, `email;function\n${good};Adjointe\nfaux;Adjointe\n${twice};Un\n${twice};Deux\n`, { skipErrors: true });
    expect([report.applied, report.invited, report.refused, faultsOf(report)]).toEqual([true, 2, 2, [[3, 'email', 'invalid_email'], [5, 'email', 'duplicate_email']]]);
    expect([await invitedTo(good), await invitedTo(twice)]).toEqual([[expect.anything()], [{ function: 'Un', language: 'fr' }]]);
  });

  it('is read with commas, semicolons and tabs, in UTF-8, UTF-16 and Windows-1252', async () => {
    const text = (sign: string) => ['adresse électronique', 'fonction', `\n${anAddress()}`, 'Adjointe à l’été'].join(sign).replaceAll(`${sign}\n`, '\n');
    const windows = Buffer.from(text(';').replace('’', '\u0092'), 'latin1');
    for (const bytes of [Buffer.from(text(',')), Buffer.from(`\ufeff${text(';')}`), Buffer.from(`\ufeff${text('\t')}`, 'utf16le'), windows]) {
      const report = await run(mayor, bytes);
      expect([report.errors, (await invitedTo(report.entries[0]?.email ?? ''))[0]?.function]).toEqual([[], 'Adjointe à l’été']);
    }
  });

  it('writes to nobody who is a member already or has an invitation that waits, however often it is sent', async () => {
    const email = anAddress();
    const { email: member } = (await app.database.row<{ email: string }>('SELECT email FROM account WHERE id = $1', [secretariat.accountId])) ?? { email: '' };
    const text = `adresse;fonction\n${email};Adjointe\n${member};Secrétaire\n`;
    const outcomes = ({ entries }: InvitationBatchReport) => entries.map(({ outcome }) => outcome);
    expect([outcomes(await run(mayor, text)), outcomes(await run(mayor, text))]).toEqual([['invited', 'member'], ['pending', 'member']]);
    expect(await mailsTo(email)).toBe(1);
  });

  it('is sent once by two requests that come together, and answered alike', async () => {
    const email = anAddress();
    const body = aBatch(`adresse;fonction\n${email};Adjointe\n`);
    const answers = await Promise.all([send(mayor, body), send(mayor, body)]);
    expect(answers.map(({ json }) => (json as unknown as InvitationBatchReport).entries)).toEqual(Array(2).fill([{ line: 2, email, outcome: 'invited' }]));
    expect(await mailsTo(email)).toBe(1);
    expect([(await send(mayor, { ...body, note: 'Autre chose' })).json.code, (await send(secretariat, body)).json.code]).toEqual(['id-reused', 'id-reused']);
  });

  it('of a city leads into its own offices, past doors that the sender keeps, to no guests; of the secretariat anywhere', async () => {
    const [elsewhere, hidden, closed] = [await buildMember(app), await buildSpace(app, { access: 'confidential' }), await buildSpace(app, { access: 'closed', members: [mayor] })];
    const other = await slugOf(app, elsewhere.organisationId);
    const text = `adresse;fonction;ville;espace;accès\n${anAddress()};A;${other};;\n${anAddress()};B;;${hidden.slug};\n${anAddress()};C;;${closed.slug};\n${anAddress()};D;;${space.slug};invité\n`;
    expect(faultsOf(await run(mayor, text))).toEqual([[2, 'ville', 'other_city'], [3, 'espace', 'unknown_space'], [4, 'espace', 'not_managed'], [5, 'accès', 'not_allowed']]);
    const anywhere = `adresse;fonction;ville;espace;accès\n${anAddress()};A;${other};;\n${anAddress()};D;${city};${space.slug};invité\n${anAddress()};E;${city};;invité\n${anAddress()};F;;;\n`;
    expect(faultsOf(await run(secretariat, anywhere))).toEqual([[4, 'espace', 'space_required'], [5, 'ville', 'required']]);
  });

  it('finds a city by its name, and says so when several bear it', async () => {
    const name = `Saint-${uuid()}`;
    for (const [slug, country, said] of [[uuid(), 'SN', 'Sénégal'], [uuid(), 'FR', 'France']] as const)
      await app.database.run(`INSERT INTO organisation (id, slug, kind, name, country, country_name) VALUES ($1, $2, 'city', $3, $4, $5)`, [uuid(), slug, name, country, said]);
    const text = `adresse;fonction;ville\n${anAddress()};A;${name}\n${anAddress()};B;"${name.toUpperCase()}, senegal"\n`;
    expect(faultsOf(await run(secretariat, text, { dryRun: true }))).toEqual([[2, 'ville', 'ambiguous_city']]);
  });

  it('says what is wrong with the file as a whole', async () => {
    const codes = async (text: string) => (await run(mayor, text, { dryRun: true })).errors.map(({ line, code }) => [line, code]);
    const many = Array.from({ length: 501 }, (_, index) => `a${index}@exemple.test;F`).join('\n');
    expect([await codes(''), await codes('nom;prénom\na;b'), await codes('adresse;fonction\n'), await codes(`adresse;fonction\n${many}`), await codes('adresse;fonction\n"a;b'), await codes(`adresse;fonction\n${anAddress()};A;B`)]).toEqual([
      [[1, 'empty']], [[1, 'unknown_column'], [1, 'unknown_column'], [1, 'missing_column'], [1, 'missing_column']], [[1, 'empty']], [[502, 'too_many']], [[2, 'malformed_csv']], [[2, 'column_count']],
    ]);
  });

  it('has a report for the person who sent it alone, with what has become of each invitation, and no formula', async () => {
    const colleague = await buildMember(app, { organisationId: mayor.organisationId, function: 'Maire adjointe' });
    const [email, formula] = [anAddress(), `+2-${uuid()}@exemple.test`];
    const body = aBatch(`adresse;fonction\n${email};Adjointe\nfaux;B\n${formula};C\n`, { skipErrors: true });
    await send(mayor, body);
    await app.database.run('UPDATE invitation SET revoked_at = now() WHERE email = $1', [email]);
    const file = (who: Member) => app.call('GET', `/api/invitation-batches/${body.id}/file`, { cookie: who.cookie });
    expect((await file(mayor)).text.split('\r\n').slice(0, 3)).toEqual(['Ligne;Adresse;Résultat;Aujourd’hui', `2;${email};invitation envoyée;retirée`, '3;;à corriger;']);
    expect((await file(mayor)).text).toContain(`4;'+2-`);
    expect([(await file(colleague)).status, (await file(secretariat)).status]).toEqual([404, 404]);
    const lists = async (who: Member) => ((await app.call('GET', '/api/invitation-batches', { cookie: who.cookie })).json as unknown as { items: { id: string }[] }).items.some(({ id }) => id === body.id);
    expect([await lists(mayor), await lists(colleague), await lists(secretariat)]).toEqual([true, false, false]);
  });

  it('is answered line by line even where a cell holds what no database stores, and twice at once in another order', async () => {
    expect(faultsOf(await run(mayor, `adresse;fonction\na\u0000@exemple.test;Adjointe\n`))).toEqual([[2, 'adresse', 'invalid_email']]);
    const emails = Array.from({ length: 60 }, anAddress);
    const text = (list: string[]) => `adresse;fonction\n${list.map((email) => `${email};A`).join('\n')}\n`;
    const statuses = await Promise.all([emails, emails.toReversed()].map(async (list) => (await send(mayor, aBatch(text(list)))).status));
    expect(statuses).toEqual([200, 200]);
  });

  it('is bounded for one person and day', async () => {
    const eager = await buildMember(app, { function: 'Maire' });
    const lines = Array.from({ length: 301 }, () => `${anAddress()};A`).join('\n');
    expect((await send(eager, aBatch(`adresse;fonction\n${lines}\n`))).json.code).toBe('quota-exceeded');
  });

  it('is not kept with the addresses in it', async () => {
    const [email, wrong] = [anAddress(), 'quelquun.sans.arobase'];
    await run(mayor, `adresse;fonction\n${email};Adjointe\n${wrong};B\n`, { skipErrors: true });
    const stored = await app.database.rows<{ report: string }>('SELECT report::text AS report FROM invitation_batch');
    expect(stored.filter(({ report }) => report.includes(email) || report.includes(wrong))).toEqual([]);
  });
});

describe('the operator of a new service', () => {
  const accept = (link: string) => app.call('POST', '/api/invitations/accept', { body: { token: new URL(link).searchParams.get('token'), name: 'A. Diop', password: 'un long mot de passe', language: 'fr', consentToData: true, consentToMail: false } });
  const invite = (email: string) => inviteToSecretariat(app.database, app.app.get(ENV), { email, function: 'Secrétaire permanent', language: 'fr' });

  it('lets the first account of the secretariat in by a link; a second call replaces it', async () => {
    await app.database.run(`INSERT INTO organisation (id, slug, kind, name, country, country_name) SELECT $1, 'aimf', 'association', 'AIMF', 'FR', 'France' WHERE NOT EXISTS (SELECT 1 FROM organisation WHERE kind = 'association')`, [uuid()]);
    const email = anAddress();
    const [first, second] = [await invite(email), await invite(email)];
    expect((await accept(first)).status).toBe(401);
    const accepted = await accept(second);
    expect(accepted.json).toMatchObject({ account: { role: 'administrator' } });
    await expect(invite(email)).rejects.toThrow('This address has an account. Invite another one');
  });

  it('opens the way back when the last mandate of the secretariat has ended by its date: whoever is invited gives the others a new one', async () => {
    await app.database.run(`UPDATE mandate SET valid_from = NULL, valid_to = current_date - 1 WHERE person_id IN (SELECT person_id FROM account WHERE role = 'administrator')`);
    app.app.get(SessionStore).forgetAll();
    const mandate = { id: uuid(), organisation: await slugOf(app, mayor.organisationId), function: 'Secrétaire', from: '2026-01-01' };
    const give = (cookie: string) => app.call('POST', `/api/people/${secretariat.personId}/mandates`, { cookie, body: mandate });
    expect((await give(secretariat.cookie)).status).toBe(403);
    const accepted = await accept(await invite(anAddress()));
    const cookie = /passerelle_session=[^;]+/.exec(accepted.headers.get('set-cookie') ?? '')?.[0] ?? '';
    expect((await give(cookie)).status).toBe(200);
    expect((await app.call('GET', '/api/people', { cookie: secretariat.cookie })).status).toBe(200);
  });
});
