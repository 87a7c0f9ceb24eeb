import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AuditLineView, AuditPage, SpaceDetail } from '@passerelle/contract';
import { parse } from 'csv-parse/sync';
import { recordAudit } from '../src/audit/index.js';
import { WriteTransaction } from '../src/realtime/index.js';
import { buildCity, buildMember, type Member } from './builders/forum.js';
import { slugOf } from './builders/projects.js';
import { createSpace, heard, invite } from './builders/spaces.js';
import { TestApp } from './support/app.js';
import { countStatements } from './support/statements.js';

let app: TestApp, secretariat: Member, colleague: Member, maker: Member, official: Member, open: SpaceDetail, confidential: SpaceDetail;

beforeAll(async () => {
  app = await TestApp.start();
  [secretariat, colleague, maker] = [await buildMember(app, { role: 'administrator' }), await buildMember(app, { role: 'administrator', function: 'Secrétaire générale' }), await buildMember(app, { role: 'moderator', function: 'Modération' })];
  official = await buildMember(app, { organisationId: await buildCity(app, { name: 'Ouahigouya' }), function: 'Adjointe aux eaux' });
  const changed = await app.call('PUT', `/api/people/${official.personId}/role`, { cookie: secretariat.cookie, body: { was: 'member', role: 'moderator' } });
  expect(changed.status).toBe(200);
  open = await createSpace(app, maker, { nameFr: 'Commission des marchés' });
  confidential = await createSpace(app, maker, { access: 'confidential', nameFr: 'Cellule de crise' });
  for (const space of [open, confidential]) expect((await invite(app, maker, space, official)).status).toBe(201);
});
afterAll(() => app.stop());

const list = async (query = '', who = secretariat): Promise<AuditPage> => {
  const answer = await app.call('GET', `/api/audit?${query}`, { cookie: who.cookie });
  expect(answer.status).toBe(200);
  return answer.json as unknown as AuditPage;
};
const acts = async (query: string) => (await list(query)).items.map(({ act }) => act);
const exported = (body: object, who = secretariat) => app.call('POST', '/api/audit-exports', { cookie: who.cookie, body: { language: 'fr', ...body } });
/** A line of another day, as an earlier year would have left it. */
const fill = (lines: number) => app.database.run(
  `INSERT INTO audit_entry (id, at, actor_person_id, actor_function, act, subject_kind, subject_id) SELECT gen_random_uuid(), '2020-02-29T12:00:00Z', $1, 'Secrétariat', 'newcomer.seen', 'account', 'filler' FROM generate_series(1, $2::int)`, [secretariat.personId, lines]);

describe('the journal of administration', () => {
  it('says who did what to whom, in which function, with names of now', async () => {
    const [line] = (await list('act=role.changed')).items;
    expect(line).toMatchObject({
      act: 'role.changed', actor: { person: { id: secretariat.personId }, function: expect.stringContaining('Services techniques') }, person: { id: official.personId, name: 'Adjointe aux eaux' },
      subject: { kind: 'account', name: 'Adjointe aux eaux', url: `/administration/personnes/${official.personId}` }, detail: { was: 'member', role: 'moderator' },
    });
    expect((await list('act=space.created')).items.map(({ subject }) => [subject.name, subject.url])).toEqual([['Commission des marchés', `/espaces/${open.slug}`]]);
  });

  it('is found by act, by name, by city, by day and by reference', async () => {
    expect(new Set(await acts('person=adjointe%20EAUX'))).toEqual(new Set(['role.changed', 'space.invitation-sent']));
    expect(await acts('person=100%25')).toEqual([]);
    expect(new Set(await acts(`organisation=${await slugOf(app, official.organisationId)}`))).toEqual(new Set(['role.changed', 'space.invitation-sent']));
    expect(await acts('organisation=nulle-part')).toEqual([]);
    const today = new Date().toISOString().slice(0, 10);
    expect(await acts(`act=role.changed&from=${today}&to=${today}`)).toEqual(['role.changed']);
    expect(await acts('to=2000-01-01')).toEqual([]);
    expect(new Set(await acts(`reference=${open.id}`))).toEqual(new Set(['space.created', 'space.member-admitted', 'space.invitation-sent']));
    const [sent] = (await list('act=space.invitation-sent')).items;
    expect(await acts(`reference=${String(sent?.detail['invitation'])}`)).toEqual(['space.invitation-sent']);
  });

  it('comes page by page without gap or double, in as many statements however many lines there are', async () => {
    await fill(7);
    const all: AuditLineView[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: AuditPage = await list(`limit=3${cursor && `&cursor=${cursor}`}`);
      expect(page.items.length).toBeLessThanOrEqual(3);
      all.push(...page.items);
      cursor = page.nextCursor;
    }
    expect(all.map(({ id }) => id)).toEqual((await list('limit=100')).items.map(({ id }) => id));
    expect(all.map(({ at }) => at)).toEqual(all.map(({ at }) => at).sort().reverse());
    expect(await countStatements(app, () => list('limit=1'))).toBe(await countStatements(app, () => list('limit=100')));
    expect((await app.call('GET', '/api/audit?limit=101', { cookie: secretariat.cookie })).status).toBe(400);
    expect((await app.call('GET', '/api/audit?cursor=abc', { cookie: secretariat.cookie })).json.errors).toEqual([{ path: 'cursor', message: 'cursor_invalid' }]);
  });

  it('keeps what happens in a confidential space from a secretariat that is not in it, in lists, files and signals', async () => {
    expect(await acts(`reference=${confidential.id}`)).toEqual([]);
    expect((await exported({ format: 'json', filters: { reference: confidential.id } })).text).toBe('[]\n');
    const [inside, outside] = [await app.socket(colleague.cookie), await app.socket(secretariat.cookie)];
    await app.database.run(`INSERT INTO space_member (space_id, person_id, role) VALUES ($1, $2, 'member')`, [confidential.id, colleague.personId]);
    const write = app.app.get(WriteTransaction);
    const tell = (space: SpaceDetail) => write.run(null, ({ tx }) => recordAudit(tx, null, { act: 'space.archived', subjectKind: 'space', subjectId: space.id }));
    await tell(confidential);
    await heard(inside.events, 'audit.added');
    expect(outside.events.filter(({ type }) => type === 'audit.added')).toEqual([]);
    expect((await list(`reference=${confidential.id}&limit=100`, colleague)).items.map(({ act }) => act)).toEqual(expect.arrayContaining(['space.created', 'space.archived']));
    await tell(open);
    await heard(outside.events, 'audit.added');
  });

  it('hides what a space did in the open once the space has become confidential', async () => {
    const once = await createSpace(app, maker, { nameFr: 'Groupe de veille' });
    expect(await acts(`reference=${once.id}&act=space.created`)).toEqual(['space.created']);
    await app.database.run(`UPDATE space SET access = 'confidential' WHERE id = $1`, [once.id]);
    expect(await acts(`reference=${once.id}`)).toEqual([]);
  });

  it('tells open pages of new lines, and nobody else', async () => {
    const [reader, member] = [await app.socket(secretariat.cookie), await app.socket(official.cookie)];
    await app.call('PUT', `/api/people/${maker.personId}/role`, { cookie: secretariat.cookie, body: { was: 'moderator', role: 'member' } });
    await heard(reader.events, 'audit.added');
    expect(reader.events.find(({ type }) => type === 'audit.added')?.data).toBeNull();
    expect(member.events.filter(({ type }) => type === 'audit.added')).toEqual([]);
  });

  it('is closed as soon as the role is gone, even to a session that remembers it', async () => {
    await app.database.run(`UPDATE account SET role = 'member' WHERE id = $1`, [colleague.accountId]);
    expect((await app.call('GET', '/api/audit', { cookie: colleague.cookie })).status).toBe(403);
    expect((await exported({ format: 'csv' }, colleague)).status).toBe(403);
  });
});

describe('the journal as a file', () => {
  it('is a CSV that spreadsheets read, in words of the language asked for, with formulas made inert', async () => {
    await app.database.run(`UPDATE person SET name = '=HYPERLINK("http://exemple.test")' WHERE id = $1`, [official.personId]);
    const response = await fetch(`${app.url}/api/audit-exports`, {
      method: 'POST', headers: { cookie: secretariat.cookie, 'content-type': 'application/json' }, body: JSON.stringify({ format: 'csv', language: 'fr', filters: { reference: official.accountId } }),
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    expect([response.headers.get('content-type'), response.headers.get('content-disposition')]).toEqual(['text/csv; charset=utf-8; header=present', expect.stringMatching(/^attachment; filename="passerelle-journal-\d{4}-\d\d-\d\d\.csv"$/)]);
    expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    const rows: string[][] = parse(bytes, { bom: true });
    expect(rows[0]?.slice(0, 3)).toEqual(['Date (UTC)', 'Acte', 'Par']);
    expect(rows[1]?.slice(1, 8)).toEqual(['Rôle changé', expect.any(String), expect.any(String), 'Compte', `'=HYPERLINK("http://exemple.test")`, `'=HYPERLINK("http://exemple.test")`, 'Auparavant: Membre; Rôle: Modération']);
  });

  it('is a JSON of the same lines, and is recorded itself with the filters by name only', async () => {
    const { text } = await exported({ format: 'json', language: 'en', filters: { act: 'role.changed', person: 'zibeline' } });
    expect(JSON.parse(text)).toEqual([]);
    const lines = JSON.parse((await exported({ format: 'json', filters: { act: 'role.changed' } })).text) as AuditLineView[];
    expect(lines.map(({ act }) => act)).toEqual(['role.changed', 'role.changed']);
    const [last, before] = (await list('act=audit.exported&limit=2')).items;
    expect([last?.detail, before?.detail]).toEqual([{ format: 'json', lines: 2, filters: ['act'] }, { format: 'json', lines: 0, filters: ['act', 'person'] }]);
    expect(last?.actor.person?.id).toBe(secretariat.personId);
  });

  it('holds all lines, batch after batch, once each, and refuses more than one file holds', async () => {
    await fill(1_200);
    const lines = JSON.parse((await exported({ format: 'json', filters: { reference: 'filler' } })).text) as AuditLineView[];
    expect([lines.length, new Set(lines.map(({ id }) => id)).size]).toEqual([1_207, 1_207]);
    await fill(50_000);
    const refused = await exported({ format: 'json', filters: { reference: 'filler' } });
    expect([refused.status, refused.json.code]).toEqual([413, 'too-large']);
  });

  it('asks again who acts when the sign-in is not fresh', async () => {
    await app.database.run(`UPDATE session SET authenticated_at = now() - interval '1 hour' WHERE id = $1`, [secretariat.sessionId]);
    expect((await exported({ format: 'csv' })).json.code).toBe('fresh-sign-in-required');
  });
});
