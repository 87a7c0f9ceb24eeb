import { mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { Retention } from '../src/privacy/index.js';
import { buildMember, buildSpace, buildThread, type Member } from './builders/forum.js';
import { slugOf } from './builders/projects.js';
import { buildRelay } from './builders/relay.js';
import { TestApp } from './support/app.js';

let app: TestApp;
let member: Member, colleague: Member;

beforeAll(async () => {
  app = await TestApp.start();
  [member, colleague] = [await buildMember(app), await buildMember(app)];
});
afterAll(() => app.stop());

const isErased = async (who: Member) => (await app.database.row<{ erased_at: string | null }>('SELECT erased_at FROM account WHERE id = $1', [who.accountId]))?.erased_at !== null;

describe('retention', () => {
  it('erases accounts a year after the last mandate, and private letters three years after the last', async () => {
    const [left, here] = [await buildMember(app), await buildMember(app)];
    const [old, recent] = [await buildRelay(app, here, colleague), await buildRelay(app, here, member)];
    await app.database.run(`UPDATE relay SET last_at = now() - interval '1096 days' WHERE id = $1`, [old.id]);
    await app.database.run('UPDATE mandate SET valid_to = current_date - 366 WHERE person_id = $1', [left.personId]);
    await app.app.get(Retention).sweep();
    expect(await app.database.rows('SELECT id FROM relay WHERE id = ANY($1::uuid[])', [[old.id, recent.id]])).toEqual([{ id: recent.id }]);
    expect([await isErased(left), await isErased(here)]).toEqual([true, false]);
  });

  it('forgets an invitation that nobody took up, a month after its end', async () => {
    const secretariat = await buildMember(app, { role: 'administrator' });
    const invite = async (ended: string) => {
      const id = uuid();
      const body = { id, email: `${id}@exemple.test`, language: 'fr', role: 'member', organisation: await slugOf(app, member.organisationId), function: 'Adjointe' };
      expect((await app.call('POST', '/api/invitations', { cookie: secretariat.cookie, body })).status).toBe(201);
      await app.database.run(`UPDATE invitation SET expires_at = now() - $2::interval WHERE id = $1`, [id, ended]);
      return id;
    };
    const [gone, kept] = [await invite('31 days'), await invite('29 days')];
    await app.app.get(Retention).sweep();
    expect(await app.database.rows('SELECT id FROM invitation WHERE id = ANY($1::uuid[])', [[gone, kept]])).toEqual([{ id: kept }]);
  });

  it('lets go of what people wrote to one another around groups and hand-overs three years after, and not before', async () => {
    const [animator, successor] = [await buildMember(app), await buildMember(app, { organisationId: member.organisationId })];
    const space = await buildSpace(app, { access: 'closed', animators: [animator] });
    const mandateOf = async (who: Member) => (await app.database.row<{ id: string }>('SELECT id FROM mandate WHERE person_id = $1', [who.personId]))?.id ?? '';
    const [old, recent, waiting] = [uuid(), uuid(), uuid()];
    for (const [id, state, answered] of [[old, 'declined', '1096 days'], [recent, 'declined', '1094 days'], [waiting, 'sent', null]] as const) {
      await app.database.run(`INSERT INTO space_request (id, space_id, person_id, reason, state, answered_at, created_at) VALUES ($1, $2, $3, 'Notre marché', $4, now() - $5::interval, now() - interval '2000 days')`, [id, space.id, member.personId, state, answered]);
      await app.database.run(`INSERT INTO space_invitation (id, space_id, person_id, role, state, invited_by, answered_at) VALUES ($1, $2, $3, 'member', $4, $5, now() - $6::interval)`, [id, space.id, successor.personId, state, animator.personId, answered]);
    }
    const handOver = uuid();
    await app.database.run(`INSERT INTO hand_over (id, from_mandate_id, to_mandate_id, note, opened_at, taken_at) VALUES ($1, $2, $3, 'Appelez le district', now() - interval '1200 days', now() - interval '1094 days')`, [handOver, await mandateOf(member), await mandateOf(successor)]);
    await app.app.get(Retention).sweep();
    const left = async (table: 'space_request' | 'space_invitation') => (await app.database.rows<{ id: string }>(`SELECT id FROM ${table} WHERE space_id = $1`, [space.id])).map(({ id }) => id).sort();
    expect([await left('space_request'), await left('space_invitation')]).toEqual([[recent, waiting].sort(), [recent, waiting].sort()]);
    const note = async () => (await app.database.row<{ note: string }>('SELECT note FROM hand_over WHERE id = $1', [handOver]))?.note;
    expect(await note()).toBe('Appelez le district');
    await app.database.run(`UPDATE hand_over SET taken_at = now() - interval '1096 days' WHERE id = $1`, [handOver]);
    await app.app.get(Retention).sweep();
    expect(await note()).toBe('');
  });

  it('lets go of logs after a year: searches without a hit, ended sessions, files of mail', async () => {
    const folder = join(app.dataDir, 'outbox');
    mkdirSync(folder, { recursive: true });
    for (const [name, days] of [['old.eml', 366], ['recent.eml', 364]] as const) {
      writeFileSync(join(folder, name), 'Bonjour');
      const at = Date.now() / 1_000 - days * 86_400;
      utimesSync(join(folder, name), at, at);
    }
    await app.database.run(`INSERT INTO empty_search (words, day) VALUES ('zibeline', current_date - 366), ('quetzal', current_date - 364)`);
    await app.database.run(`INSERT INTO session (id, account_id, token_hash, device, expires_at) VALUES ($1, $2, $3, 'Test', now() - interval '1 minute')`, [uuid(), member.accountId, Buffer.from(uuid())]);
    await app.app.get(Retention).sweep();
    expect(readdirSync(folder).filter((name) => /^(old|recent)/.test(name))).toEqual(['recent.eml']);
    expect(await app.database.rows(`SELECT words FROM empty_search WHERE words IN ('zibeline', 'quetzal')`)).toEqual([{ words: 'quetzal' }]);
    expect(await app.database.rows('SELECT 1 FROM session WHERE expires_at < now()')).toEqual([]);
  });

  it('leaves what was published: practices, projects and threads of a city whose people have left', async () => {
    const gone = await buildMember(app);
    const thread = await buildThread(app, gone, await buildSpace(app));
    await app.database.run('UPDATE mandate SET valid_to = current_date - 4000 WHERE person_id = $1', [gone.personId]);
    await app.database.run(`UPDATE thread SET created_at = now() - interval '4000 days' WHERE id = $1`, [thread.id]);
    await app.app.get(Retention).sweep();
    expect(await app.database.rows('SELECT title FROM thread WHERE id = $1', [thread.id])).toEqual([{ title: thread.title }]);
  });
});
