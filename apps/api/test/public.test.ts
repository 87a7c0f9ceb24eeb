import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { isAddress, type PracticeContent } from '@passerelle/contract';
import { parseAtomFeed } from 'feedsmith';
import { v7 as uuid } from 'uuid';
import { html } from '../src/public/html.js';
import { startWithDemonstration } from './builders/demonstration.js';
import { buildMember, type Member } from './builders/forum.js';
import { aFullEntry, buildPicture } from './builders/practices.js';
import type { TestApp } from './support/app.js';

const FOR_MEMBERS = 'Réservé-aux-membres';

let app: TestApp;
let owner: Member;

beforeAll(async () => {
  app = await startWithDemonstration();
  owner = await buildMember(app);
});
afterAll(() => app.stop());
// Each test leaves the forty of the demonstration, also when it fails.
afterEach(() => app.database.run(`DELETE FROM practice WHERE ref LIKE 'essai-%'`));

const get = (path: string) => app.call('GET', path);

/** A practice of the owner's city in a state, with the row that the life of a practice would have left. */
async function buildStored(
  state: string,
  changes: Partial<PracticeContent> = {},
  { consent = true, source = null as string | null } = {},
): Promise<string> {
  const [id, picture] = [uuid(), await buildPicture(app, owner)];
  const content = aFullEntry(picture, { title: `Une pratique ${id}`, ...changes });
  const ref = `essai-${id}`;
  await app.database.run(
    `INSERT INTO practice (id, ref, organisation_id, city_name, country, title, summary, language, theme_id, concepts, year_start, cost_range, content, state, consent, source_url, published_at)
     SELECT $1, $2, o.id, o.name, o.country, $3, $4, 'fr', $5, '{}', 2022, $6, $7, $8, $9, $10, now() FROM organisation o WHERE o.id = $11`,
    [
      id,
      ref,
      content.title,
      content.summary,
      content.theme,
      content.costRange,
      JSON.stringify(content),
      state,
      consent ? '{"name":"Une maire","function":"Maire"}' : null,
      source,
      owner.organisationId,
    ],
  );
  await app.database.run('UPDATE attachment SET practice_id = $1 WHERE id = ANY($2::uuid[])', [
    id,
    [picture, ...content.documents.map((document) => document.attachment)],
  ]);
  return ref;
}

describe('who may read', () => {
  it('shows a public practice without a cookie, whole on the first answer', async () => {
    const { status, text, headers } = await get('/public/pratiques/demo-08');
    expect(status).toBe(200);
    for (const part of [
      '<html lang="fr">',
      'Composter les ordures ménagères',
      '/public/villes/dschang',
      'ni relue ni validée',
      'https://actucameroun.com/2017/01/23/',
      'Signaler une erreur',
      'tonnes enfouies par an',
    ])
      expect(text).toContain(part);
    expect(headers.get('content-security-policy')).toMatch(/default-src 'none'.*style-src 'self'/);
    expect(headers.get('set-cookie')).toBeNull();
  });

  it('answers one and the same 404 for what is not public, not there or misspelt', async () => {
    const hidden = await Promise.all([
      buildStored('published', {}, { consent: false }),
      buildStored('draft'),
      buildStored('archived'),
      buildStored('submitted'),
      buildStored('withdrawn'),
      buildStored('draft', {}, { consent: false, source: 'https://exemple.test/' }),
    ]);
    const missing = await get('/public/pratiques/demo-99');
    expect([missing.status, missing.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
    for (const path of [
      ...hidden.map((ref) => `pratiques/${ref}`),
      'pratiques/%27%3B--',
      'pratiques/A',
      'villes/nulle-part',
      'villes/%00',
      'autre',
      'autre/encore',
      'fichiers/x',
      `fichiers/${uuid()}`,
      'pratiques?page=99',
      'villes?page=99',
    ]) {
      const answer = await get(`/public/${path}`);
      expect({ path, status: answer.status, text: answer.text, cache: answer.headers.get('cache-control') }).toEqual({
        path,
        status: 404,
        text: missing.text,
        cache: 'no-cache',
      });
    }
    for (const place of ['/public/pratiques', '/sitemap.xml', '/public/pratiques.atom'])
      for (const ref of hidden) expect((await get(place)).text).not.toContain(ref);
  });

  it('lets out no field of the entry that is for members', async () => {
    const [secret, open] = [uuid(), uuid()];
    for (const id of [secret, open])
      await app.database.run(
        `INSERT INTO attachment (id, owner_account_id, name, type, bytes, storage_key) VALUES ($1, $2, $3, 'application/pdf', 10, $4)`,
        [id, owner.accountId, `${id}.pdf`, id],
      );
    const photoWithout = await buildPicture(app, owner);
    const ref = await buildStored('public', {
      problem: FOR_MEMBERS,
      solution: FOR_MEMBERS,
      difficulties: FOR_MEMBERS,
      resources: FOR_MEMBERS,
      skills: FOR_MEMBERS,
      successFactors: FOR_MEMBERS,
      conditions: FOR_MEMBERS,
      legalContext: FOR_MEMBERS,
      contact: 'marches@ville.test',
      cost: { amount: 987_654_321, currency: 'XOF', rate: 655.957, rateDate: '2026-01-02' },
      costNote: FOR_MEMBERS,
      costPublic: false,
      transferability: { level: 'easy', text: FOR_MEMBERS },
      gender: { marker: 1, note: FOR_MEMBERS },
      steps: [{ id: uuid(), title: FOR_MEMBERS, text: FOR_MEMBERS, duration: '' }],
      partners: [{ name: FOR_MEMBERS, kind: '', support: [] }],
      funding: [{ funder: FOR_MEMBERS, kind: '' }],
      evidence: [{ kind: 'data', label: FOR_MEMBERS }],
      awards: [FOR_MEMBERS],
      beneficiaries: { count: 7_654_321, estimated: false, text: FOR_MEMBERS, women: null, youth: null },
      translation: {
        language: 'en',
        title: 'Covered markets',
        summary: 'A summary in English',
        problem: FOR_MEMBERS,
        solution: FOR_MEMBERS,
        difficulties: FOR_MEMBERS,
        translator: 'A translator',
      },
      photos: [{ attachment: photoWithout, alt: 'Un visage', credit: '', consent: false }],
      documents: [
        { attachment: secret, title: 'Note interne', access: 'members' },
        { attachment: open, title: 'Plan du marché', access: 'public' },
      ],
    });
    const pages = await Promise.all(
      [`/public/pratiques/${ref}`, `/public/pratiques/${ref}?lang=en`, '/public/pratiques.atom', '/public/pratiques', '/public'].map(
        (path) => get(path),
      ),
    );
    for (const { text } of pages) {
      expect(text).not.toContain(FOR_MEMBERS);
      expect(text).not.toMatch(/7.?654.?321/);
      for (const hidden of ['ville.test', secret, photoWithout, 'Note interne', 'Une maire', 'Un visage'])
        expect(text).not.toContain(hidden);
    }
    expect(pages[0]?.text).toContain('Plan du marché');
    expect(pages[0]?.text).toContain('Primée');
    expect(pages[1]?.text).toMatch(/A summary in English.*the original is binding/);
    await app.database.run(`UPDATE practice SET content = content || '{"costPublic": true}' WHERE ref = $1`, [ref]);
    expect((await get(`/public/pratiques/${ref}`)).text.replace(/\s/g, '')).toContain('987654321XOF');
    // Files: the public document exists for visitors as soon as it is stored, the others never.
    const folder = join(app.dataDir, 'attachments');
    mkdirSync(folder, { recursive: true });
    for (const id of [secret, open, photoWithout]) writeFileSync(join(folder, id), '%PDF-1.7');
    expect(
      (await Promise.all([secret, open, photoWithout].map((id) => get(`/public/fichiers/${id}`)))).map(({ status }) => status),
    ).toEqual([404, 200, 404]);
    expect((await get(`/public/fichiers/${open}`)).headers.get('content-disposition')).toMatch(/^attachment/);
    await app.database.run(`UPDATE practice SET state = 'published', consent = NULL WHERE ref = $1`, [ref]);
    expect((await get(`/public/fichiers/${open}`)).status).toBe(404);
  });

  it('names neither the city nor its point when the city hides the place, not even in the address', async () => {
    const ref = await buildStored('public', { locationHidden: true });
    const city = await app.database.row<{ name: string; slug: string }>('SELECT name, slug FROM organisation WHERE id = $1', [
      owner.organisationId,
    ]);
    const [address = ''] = /\/public\/pratiques\/pratique-[0-9a-f]{12}/.exec((await get('/public/pratiques')).text) ?? [];
    expect([(await get(address)).status, (await get(`/public/pratiques/${ref}`)).status]).toEqual([200, 404]);
    for (const path of [
      address,
      '/public/pratiques',
      '/public/villes',
      '/public/carte',
      '/public/pratiques.atom',
      '/sitemap.xml',
    ])
      expect((await get(path)).text).not.toMatch(new RegExp(`${city?.name}|${city?.slug}`));
    expect((await get(`/public/villes/${city?.slug}`)).status).toBe(404);
  });

  it('takes a mail address or a telephone number for no function', () => {
    expect(['maire@ville.test', 'M. le maire, 77 123 45 67', 'Direction des marchés', 'Mission 2024-2026'].map(isAddress)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  it('draws what a public source tells and not what cities record for members', async () => {
    const [practice] = await app.database.rows<{ id: string }>(`SELECT id FROM practice WHERE ref = 'demo-01'`);
    await app.database.run(
      `INSERT INTO transfer (id, practice_id, to_organisation_id, to_name, state, owner_person_id, year) SELECT $1, $2, o.id, 'Reprise-pour-membres', 'taken-up', $3, 2026 FROM organisation o WHERE o.slug = 'dschang'`,
      [uuid(), practice?.id, owner.personId],
    );
    const { text } = await get('/public/carte');
    expect(text).toContain('© GeoNames');
    expect(text.match(/class="arc/g)?.length).toBeGreaterThan(0);
    expect(text).not.toMatch(/Reprise-pour-membres|demo-01/);
    expect((await get('/public/pratiques/demo-01')).text).toContain('Déjà reprise par 1 ville');
    await app.database.run(`DELETE FROM transfer WHERE to_name = 'Reprise-pour-membres'`);
  });
});

describe('safety of the markup', () => {
  it('escapes what a city wrote, in text, attributes, data and feed', async () => {
    const attack = `</script><script>alert(1)</script>"'><img src=x onerror=alert(1)>\u0007`;
    const ref = await buildStored('public', {
      title: attack,
      summary: `${attack} ]]> &amp;`,
      results: [{ indicator: attack, before: attack.slice(9, 60), after: '', unit: '', source: attack }],
      contact: attack,
    });
    for (const path of [`/public/pratiques/${ref}`, '/public/pratiques', '/public', '/public/pratiques.atom']) {
      const { text } = await get(path);
      expect(text).not.toMatch(/<img src=x|\u0007|alert\(1\)<\/script>/);
    }
    const { text } = await get(`/public/pratiques/${ref}`);
    expect(text.match(/<script/g)).toHaveLength(1);
    const [, data = ''] = /<script type="application\/ld\+json">(.*?)<\/script>/.exec(text) ?? [];
    expect(JSON.parse(data)).toMatchObject({ '@graph': [{ abstract: expect.stringContaining('</script><script>') }, {}] });
    expect(parseAtomFeed((await get('/public/pratiques.atom')).text).entries?.[0]?.title?.value).toContain('<script>alert(1)');
  });

  it('leaves nothing where there is nothing', () => {
    expect(html`<p class="${'a"b'}">${null}${false}${undefined}${0}${[html`<b>`, '&']}</p>`.text).toBe('<p class="a&quot;b">0<b>&amp;</p>');
  });
});
