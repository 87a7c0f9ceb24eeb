import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SpaceView, WelcomeView } from '@passerelle/contract';
import { hashPassword } from '../src/accounts/index.js';
import { loadDemonstration, loadReference } from '../src/demo/index.js';
import { read, signIn, startWithDemonstration } from './builders/demonstration.js';
import type { TestApp } from './support/app.js';

let app: TestApp;
beforeAll(async () => {
  app = await startWithDemonstration();
});
afterAll(() => app.stop());

const count = async (of: string) => (await app.database.row<{ n: number }>(`SELECT count(*) AS n FROM ${of}`))?.n;

describe('the reference data', () => {
  it('holds all cities, themes and concepts, and the association itself', async () => {
    expect([
      await count(`organisation WHERE kind = 'city'`),
      await count('theme'),
      await count('concept'),
      await count(`organisation WHERE slug = 'aimf'`),
    ]).toEqual([247, 13, 82, 1]);
  });

  it('never makes a member of a city that was only added for the demonstration', async () => {
    expect(await count('organisation o JOIN membership m ON m.organisation_id = o.id WHERE o.demonstration')).toBe(0);
    expect(
      await count(
        `organisation o LEFT JOIN membership m ON m.organisation_id = o.id WHERE o.kind = 'city' AND NOT o.demonstration AND m.id IS NULL`,
      ),
    ).toBe(0);
  });

  it('knows the capital of each State that has it among its cities', async () => {
    expect(await count('organisation WHERE capital')).toBe(46);
    expect(await count(`organisation WHERE capital AND slug IN ('n-djamena', 'hanoi', 'chisinau', 'paris')`)).toBe(4);
  });

  it('may be loaded at every start and keeps what an operator changed', async () => {
    await app.database.run(`UPDATE organisation SET population = 7 WHERE slug = 'dakar'`);
    await app.database.run(
      `UPDATE membership SET state = 'former', valid_to = current_date WHERE organisation_id = (SELECT id FROM organisation WHERE slug = 'nice')`,
    );
    const before = [await count('organisation'), await count('membership')];
    await loadReference(app.database);
    expect([await count('organisation'), await count('membership')]).toEqual(before);
    expect(await count(`organisation WHERE slug = 'dakar' AND population = 7`)).toBe(1);
    expect(await count(`membership m JOIN organisation o ON o.id = m.organisation_id WHERE o.slug = 'nice' AND m.valid_to IS NULL`)).toBe(
      0,
    );
  });
});

describe('the demonstration', () => {
  it('is loaded once', async () => {
    const posts = await count('post');
    expect(await loadDemonstration(app.database, () => hashPassword('x'))).toBe(false);
    expect(await count('post')).toBe(posts);
  });

  it('holds 40 practices and 64 threads whose counters are those of their messages', async () => {
    expect([await count('practice'), await count('thread')]).toEqual([40, 64]);
    expect(
      await count(
        `thread t WHERE t.post_count <> (SELECT count(*) FROM post p WHERE p.thread_id = t.id AND p.state = 'visible') OR t.last_position <> (SELECT max(position) FROM post p WHERE p.thread_id = t.id)`,
      ),
    ).toBe(0);
    expect(
      await count(`post p WHERE p.reaction_counts[1] <> (SELECT count(*) FROM reaction r WHERE r.post_id = p.id AND r.kind = 'useful')`),
    ).toBe(0);
  });

  it('turns every reference into a link and tells no title out of a closed space', async () => {
    expect(await count(`post WHERE body LIKE '%[[%' OR html LIKE '%[[%'`)).toBe(0);
    expect(await count(`thread WHERE summary::text LIKE '%[[%'`)).toBe(0);
    expect(
      await count(
        `post p JOIN thread t ON t.id = p.thread_id JOIN space s ON s.id = t.space_id JOIN thread hidden ON p.body LIKE '%' || hidden.id || '%' JOIN space h ON h.id = hidden.space_id
       WHERE h.access <> 'open' AND h.id <> s.id AND p.body LIKE '%' || hidden.title || '%'`,
      ),
    ).toBe(0);
  });

  it('counts as taken up only what a note supports', async () => {
    expect(await count(`transfer WHERE note LIKE '%conviée au séminaire%' AND state <> 'interest'`)).toBe(0);
    expect(await count(`transfer WHERE note LIKE '%visite d_étude%' AND state <> 'contact'`)).toBe(0);
  });

  it('replies one level deep, to an earlier message of the same thread', async () => {
    expect(await count('post p JOIN post q ON q.id = p.reply_to_id WHERE q.thread_id <> p.thread_id OR q.position >= p.position')).toBe(0);
  });

  it('offers its accounts in order, and each may sign in', async () => {
    const welcome = await read<WelcomeView>(app, '', '/api/auth/welcome');
    expect(welcome.accounts.map((account) => account.email)).toEqual([
      'maire@dakar.demo',
      'cabinet@dakar.demo',
      'bourgmestre@liege.demo',
      'technique@bangangte.demo',
      'mairesse@montreal.demo',
      'moderation@aimf.demo',
      'moderation2@aimf.demo',
      'secretariat@aimf.demo',
      'expert@partenaire.demo',
    ]);
    for (const account of welcome.accounts) expect(await signIn(app, account.email)).toMatch(/^passerelle_session=/);
  });

  it('gives the guest one closed space and nothing else', async () => {
    const { items } = await read<{ items: SpaceView[] }>(app, await signIn(app, 'expert@partenaire.demo'), '/api/spaces');
    expect(items.map((space) => [space.slug, space.access])).toEqual([['commission-villes-durables', 'closed']]);
  });
});
