import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type APIRequestContext, type Browser, expect, type Page, test } from '@playwright/test';
import pg from 'pg';
import { v7 as uuid } from 'uuid';
import { DESKTOP, signIn } from './people.js';
import { Product } from './server.js';
import { VECTORS } from './xss-vectors.js';

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
interface Problem {
  errors?: { path: string; message: string }[];
}

let product: Product;
test.beforeAll(async () => (product = await Product.start()));
test.afterAll(() => product.down());
test.setTimeout(240_000);

/** Stands in a form for a text of at most so many signs that people write: it takes vectors. */
const PICTURE = readFileSync(new URL('./market.png', import.meta.url));
/** French typography adds signs. */
const ROOM = 0.8;
const some = (max: number) => `§${max}`;

/** Gives the vectors out one after the other, as many as a field takes; `round` counts how often all have been through. */
class Supply {
  private next = 0;
  constructor(private readonly max: number) {}
  get isThrough(): boolean {
    return this.next >= VECTORS.length;
  }
  take(): string {
    let text = VECTORS[this.next++ % VECTORS.length] ?? '';
    for (;;) {
      const more = VECTORS[this.next % VECTORS.length] ?? '';
      if (this.isThrough || text.length + more.length + 2 > this.max) return text.slice(0, Math.floor(this.max));
      text += `\n\n${more}`;
      this.next += 1;
    }
  }
}

/** Fills every text of a form until each vector has been through each of them, and makes one object of each filling. */
async function through(form: Json, make: (filled: Json) => Promise<void>): Promise<void> {
  const supplies = new Map<string, Supply>();
  const fill = (value: Json, path: string): Json => {
    if (Array.isArray(value)) return value.map((one, at) => fill(one, `${path}.${at}`));
    if (value !== null && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, fill(one, `${path}.${key}`)]));
    if (value === 'uuid') return uuid();
    if (typeof value !== 'string' || !value.startsWith('§')) return value;
    const supply = supplies.get(path) ?? new Supply(ROOM * Number(value.slice(1)));
    supplies.set(path, supply);
    return supply.take();
  };
  do await make(fill(form, ''));
  while ([...supplies.values()].some((supply) => !supply.isThrough));
}

async function send(request: APIRequestContext, method: 'post' | 'put' | 'patch', path: string, data: Json): Promise<{ id: string; ref: string; version: number }> {
  const answer = await request[method](path, { data });
  if (answer.ok()) return (await answer.json()) as { id: string; ref: string; version: number };
  const { errors } = (await answer.json()) as Problem;
  // A contact is a function, never an address: some vectors look like one.
  if (errors?.every((error) => error.message === 'address')) return send(request, method, path, JSON.parse(JSON.stringify(data, (key, value: Json) => (key === 'contact' ? 'Cabinet' : value))) as Json);
  throw new Error(`${path}: ${answer.status()} ${JSON.stringify(errors)} ${JSON.stringify(data).slice(0, 300)}`);
}

/** A reader whose pages tell when anything has run, or was kept from running by the policy only. */
async function watcher(browser: Browser, email: string): Promise<{ page: Page; ran: string[] }> {
  const page = await signIn(browser, product.url, email, { size: DESKTOP });
  const ran: string[] = [];
  await page.exposeFunction('tellOfScript', (what: string) => void ran.push(what));
  page.on('dialog', (dialog) => {
    ran.push(dialog.type());
    void dialog.dismiss();
  });
  await page.addInitScript(() => {
    const tell = (what: string) => void (window as unknown as { tellOfScript(what: string): void }).tellOfScript(what);
    window.alert = () => tell(`alert at ${location.pathname}`);
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => tell(`${effectiveDirective} ${blockedURI} at ${location.pathname}`));
  });
  return { page, ran };
}

/** What no page of the product holds, wherever the text of somebody stands. */
function strangers(root: Document = document): string[] {
  const found: string[] = [];
  const FORBIDDEN = 'iframe,object,embed,base,marquee,math,frameset,frame,applet,layer,bgsound,template,audio,video,source,track,:not(body) > noscript,xss,custom-element,foreignObject,animate,set,keygen,isindex,image:not([href="/public/terre.svg"]),portal,area,meta[http-equiv=refresh],script:not([src]):not([type="application/ld+json"])';
  for (const element of root.querySelectorAll(FORBIDDEN)) found.push(element.outerHTML.slice(0, 120));
  for (const element of root.querySelectorAll('*'))
    for (const { name, value } of element.attributes) {
      if (name.startsWith('on')) found.push(`${element.localName} ${name}=${value}`.slice(0, 120));
      if (/^(href|src|action|formaction|xlink:href|data|srcdoc|poster|background)$/.test(name) && /^[\s\u0000-\u001f]*(javascript|vbscript|data:text)/i.test(value)) found.push(`${element.localName} ${name}=${value}`.slice(0, 120));
    }
  // Messages are the only texts with marks of their own.
  for (const element of root.querySelectorAll('.post .txt *'))
    if (!/^(p|br|strong|em|s|a|ul|ol|li|blockquote|code|pre|hr|div|table|thead|tbody|tr|th|td)$/.test(element.localName)) found.push(`${element.localName} in a message`);
  return found;
}

/** Pages of one object, which show what was written as text. */
const SHOWING = /^\/(fils|projets|besoins|offres|public\/pratiques|pratiques\/dakar)(?=[-/])/;

async function visit({ page, ran }: { page: Page; ran: string[] }, path: string): Promise<void> {
  await page.goto(path);
  await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible();
  await page.waitForLoadState('networkidle');
  if (SHOWING.test(path)) await expect(page.getByText(/alert\(1\)|lert\(1\)/).or(page.getByRole('textbox')).first()).toBeVisible();
  expect({ path, found: await page.evaluate<string[]>(`(${strangers.toString()})()`), ran }).toEqual({ path, found: [], ran: [] });
}

/** What stands in pages for visitors that should not, as the browser parses them. */
const inAllOf = (page: Page, paths: string[]) =>
  page.evaluate<string[]>(`(async () => {
    const strangers = ${strangers.toString()};
    const found = [];
    for (const path of ${JSON.stringify(paths)}) {
      const text = await (await fetch(path)).text();
      if (!text.includes('alert(1)')) found.push(path + ' shows nothing');
      found.push(...strangers(new DOMParser().parseFromString(text, 'text/html')));
    }
    return found;
  })()`);

async function sql(statement: string, values: unknown[] = []): Promise<void> {
  const { port, password } = JSON.parse(readFileSync(join(product.folder, 'data/postgres.json'), 'utf8')) as { port: number; password: string };
  const client = new pg.Client({ host: '127.0.0.1', port, user: 'passerelle', database: 'passerelle', password });
  await client.connect();
  await client.query(statement, values);
  await client.end();
}

test('there are a hundred and fifty published ways and more', () => expect(new Set(VECTORS).size).toBeGreaterThanOrEqual(150));

test('nothing runs out of threads, messages, summaries, names, letters and questions', async ({ browser }) => {
  const author = await signIn(browser, product.url, 'maire@dakar.demo');
  const reader = await watcher(browser, 'moderation@aimf.demo');
  const { request } = author;
  const threads: string[] = [];
  await through({ id: 'uuid', space: 'eau-assainissement', kind: 'discussion', title: some(200), body: some(4_000), language: 'fr' }, async (filled) => {
    threads.push((await send(request, 'post', '/api/threads', filled)).id);
  });
  const [first = ''] = threads;
  for (const body of VECTORS) await send(request, 'post', `/api/threads/${first}/posts`, { id: uuid(), body });
  let version = 0;
  await through({ points: [some(200)], whatChanged: some(200) }, async (filled) => {
    await send(request, 'put', `/api/threads/${first}/summary`, { ...(filled as object), version: version++ });
  });
  await through({ name: some(120), function: some(200) }, async (filled) => {
    await send(request, 'patch', '/api/me', filled);
    await send(request, 'post', `/api/threads/${first}/posts`, { id: uuid(), body: 'Sous ce nom.' });
  });
  await through({ id: 'uuid', practice: 'demo-02', body: some(3_000) }, async (filled) => void (await request.post('/api/relay', { data: filled })));
  await through({ id: 'uuid', q: some(200) }, async (filled) => void (await request.post('/api/saved-searches', { data: filled })));
  for (const path of ['/', '/echanges', '/villes/dakar', '/messages', ...threads.slice(0, 6).map((id) => `/fils/${id}`)]) await visit(reader, path);
  for (let position = 20; position < VECTORS.length + 60; position += 40) await visit(reader, `/fils/${first}#m${position}`);
  for (const q of VECTORS.filter((_, at) => at % 12 === 0)) await visit(reader, `/recherche?q=${encodeURIComponent(q)}`);
});

const PRACTICE = {
  title: some(300), theme: 'dechets-proprete', concepts: ['dechets'], start: '2022', problem: some(4_000), solution: some(8_000), summary: some(1_500), contact: some(200), steps: [{ id: 'uuid', title: some(120), text: some(1_000), duration: some(60) }], resources: some(2_000), skills: some(2_000),
  costRange: '<50k', costNote: some(300), funding: [{ funder: some(200), kind: 'city' }], partners: [{ name: some(200), kind: some(60), support: ['technical'] }], beneficiaries: { count: 5, text: some(300) }, results: [{ indicator: some(200), before: some(60), after: some(60), unit: some(40), source: some(200) }], noNumberReason: some(300),
  evidence: [{ kind: 'data', label: some(200) }], difficulties: some(4_000), successFactors: some(4_000), conditions: some(4_000), transferability: { level: 'easy', text: some(2_000) }, legalContext: some(2_000), gender: { marker: 1, note: some(2_000) }, awards: [some(200)], photos: [{ attachment: 'PICTURE', alt: some(300), credit: some(200), consent: true }],
};
const PROJECT = {
  title: some(120), theme: 'dechets-proprete', concepts: ['dechets'], problem: some(8_000), objectives: [some(300)], calendar: { start: '2026', milestones: [{ id: 'uuid', title: some(200) }] }, currency: 'EUR', budget: [{ label: some(200), amount: 5 }], plan: [{ source: some(200), kind: 'city', amount: 5 }],
  partners: [{ name: some(200), kind: some(60) }], sought: [{ kind: 'expertise', text: some(500) }], risks: [{ text: some(500), answer: some(1_000) }],
};
const NEED = { title: some(120), concept: 'dechets', problem: some(2_000), wanted: ['advice'], languages: ['fr'], contact: some(200) };
const OFFER = { title: some(120), concepts: ['dechets'], forms: ['advice'], capacity: some(500), conditions: some(2_000), languages: ['fr'], contact: some(200) };

test('nothing runs out of practices, projects, needs, offers, folders and names of files', async ({ browser }) => {
  const author = await watcher(browser, 'maire@dakar.demo');
  const { request } = author.page;
  const paths: Record<'practices' | 'projects' | 'needs' | 'offers', string[]> = { practices: [], projects: [], needs: [], offers: [] };
  await through({ id: 'uuid', content: PRACTICE }, async (filled) => {
    const picture = await upload(request, VECTORS[paths.practices.length] ?? '');
    paths.practices.push((await send(request, 'post', '/api/practices', JSON.parse(JSON.stringify(filled).replace('PICTURE', picture)) as Json)).ref);
  });
  await through({ id: 'uuid', content: PROJECT }, async (filled) => void paths.projects.push((await send(request, 'post', '/api/projects', filled)).ref));
  await through({ id: 'uuid', content: NEED }, async (filled) => void paths.needs.push((await send(request, 'post', '/api/needs', filled)).id));
  await through({ id: 'uuid', content: OFFER }, async (filled) => void paths.offers.push((await send(request, 'post', '/api/offers', filled)).id));
  await through({ id: 'uuid', body: some(4_000) }, async (filled) => void (await send(request, 'post', `/api/projects/${paths.projects[0]}/updates`, filled)));
  await through({ id: 'uuid', name: some(80) }, async (filled) => void (await request.put('/api/practice-folders', { data: filled })));
  const files: Json[] = [];
  for (const name of VECTORS.slice(0, 150)) files.push(await upload(request, name));
  const { items: [thread] } = (await (await request.get('/api/threads?space=eau-assainissement&status=open&limit=1')).json()) as { items: { id: string }[] };
  for (let at = 0; at < files.length; at += 5) await send(request, 'post', `/api/threads/${thread?.id}/posts`, { id: uuid(), body: 'Des pièces.', attachments: files.slice(at, at + 5) });
  const addresses = [
    ...paths.practices.slice(0, 8).map((ref) => `/pratiques/${ref}`), ...paths.practices.slice(0, 4).map((ref) => `/pratiques/${ref}/modifier`), ...paths.projects.slice(0, 6).map((ref) => `/projets/${ref}`), ...paths.needs.slice(0, 8).map((id) => `/besoins/${id}`), ...paths.offers.slice(0, 8).map((id) => `/offres/${id}`),
    '/pratiques', '/projets', '/besoins', '/offres', '/pratiques/dossiers', '/pratiques/a-traiter', '/villes/dakar', `/fils/${thread?.id}`, '/',
  ];
  for (const address of addresses) await visit(author, address);
  // Published for visitors: pages of the server, feed and site map.
  await sql(`UPDATE practice SET state = 'public', published_at = now(), source_url = 'https://exemple.test' WHERE ref = ANY($1)`, [paths.practices]);
  for (const path of ['/public/pratiques', '/public/villes/dakar', ...paths.practices.slice(0, 4).map((ref) => `/public/pratiques/${ref}`)]) await visit(author, path);
  await author.page.goto('/');
  expect(await inAllOf(author.page, paths.practices.map((ref) => `/public/pratiques/${ref}`))).toEqual([]);
});

/** Sends a small picture under a name. @returns the id of the attachment. */
async function upload(request: APIRequestContext, name: string): Promise<string> {
  const id = uuid();
  const metadata = { id, filename: name.slice(0, 150) };
  const tus = { 'tus-resumable': '1.0.0' };
  await request.post('/api/uploads', { headers: { ...tus, 'upload-length': String(PICTURE.length), 'upload-metadata': Object.entries(metadata).map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`).join(',') } });
  const sent = await request.patch(`/api/uploads/${id}`, { headers: { ...tus, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' }, data: PICTURE });
  if (!sent.ok()) throw new Error(`${name}: ${sent.status()} ${await sent.text()}`);
  return id;
}

test('nothing runs out of spaces, invitations, cases, rules, candidatures and delegations', async ({ browser }) => {
  const [office, desk] = [await watcher(browser, 'secretariat@aimf.demo'), await watcher(browser, 'moderation@aimf.demo')];
  const [mayor, author] = [await watcher(browser, 'maire@dakar.demo'), await signIn(browser, product.url, 'technique@bangangte.demo')];
  const [byOffice, byDesk, byMayor] = [office.page.request, desk.page.request, mayor.page.request];
  const idOf = (filled: Json) => (filled as { id: string }).id;

  const spaces: string[] = [];
  await through({ id: 'uuid', nameFr: some(80), nameEn: some(80), descriptionFr: some(600), descriptionEn: some(600), access: 'closed', theme: null }, async (filled) => {
    const { slug } = (await send(byOffice, 'post', '/api/spaces', filled)) as unknown as { slug: string };
    spaces.push(slug);
    if (spaces.length <= 12) await send(byMayor, 'post', `/api/spaces/${slug}/requests`, { id: uuid(), reason: VECTORS.slice(spaces.length * 12, spaces.length * 12 + 12).join('\n').slice(0, 900) });
  });
  await through({ id: 'uuid', language: 'fr', role: 'member', organisation: 'dakar', function: some(200), note: some(1_000) }, async (filled) => void (await send(byOffice, 'post', '/api/invitations', { ...(filled as object), email: `${uuid()}@exemple.test` })));

  const { items: [thread] } = (await (await author.request.get('/api/threads?space=eau-assainissement&status=open&limit=1')).json()) as { items: { id: string }[] };
  const cases: string[] = [];
  await through({ text: some(2_000), note: some(2_000), facts: some(2_000), remedy: some(1_000), appeal: some(4_000) }, async (filled) => {
    const { text, note, facts, remedy, appeal } = filled as Record<string, string>;
    const post = (await send(author.request, 'post', `/api/threads/${thread?.id}/posts`, { id: uuid(), body: 'Un message à revoir.' })).id;
    await send(byMayor, 'post', '/api/reports', { id: uuid(), targetKind: 'post', targetId: post, reason: 'other', text: text ?? '' });
    const { items } = (await (await byDesk.get('/api/moderation/cases')).json()) as { items: { id: string; version: number; target: { id: string } }[] };
    const found = items.find(({ target }) => target.id === post);
    if (!found) throw new Error('No case');
    cases.push(found.id);
    await send(byDesk, 'post', `/api/moderation/cases/${found.id}/notes`, { id: uuid(), body: note ?? '' });
    const { version } = (await (await byDesk.get(`/api/moderation/cases/${found.id}`)).json()) as { version: number };
    const decision = uuid();
    await send(byDesk, 'post', `/api/moderation/cases/${found.id}/decision`, { id: decision, version, rule: 'sujet', facts: facts ?? '', measure: 'warn', duration: null, remedy: remedy ?? '', seen: null });
    await send(author.request, 'post', `/api/me/decisions/${decision}/appeal`, { id: uuid(), body: appeal ?? '' });
  });
  let version = 0;
  await through({ fr: some(160), en: some(160), textFr: some(2_000), textEn: some(2_000) }, async (filled) => void (await send(byOffice, 'put', '/api/moderation/rules/essai', { ...(filled as object), version: version++, position: 50 })));
  await through({ id: 'uuid', space: null, action: 'queue', name: some(80), definition: { kind: 'words', terms: ['zorglonde'] } }, async (filled) => void (await byDesk.post('/api/moderation/watch-rules', { data: filled })));

  const candidates: string[] = [];
  await through({ id: 'uuid', organisation: { id: 'uuid', name: some(120), kind: 'city', country: 'SN' }, sought: 'member', instrument: 'deliberation' }, async (filled) => {
    // Two that differ in their signs alone are one name.
    if ((await byOffice.post('/api/accessions', { data: filled })).ok()) candidates.push(idOf(filled));
  });
  const { giver } = (await (await byMayor.get('/api/delegations')).json()) as { giver: { mandate: string; receivers: { mandate: string }[] } };
  const day = (later: number) => new Date(Date.now() + later * 86_400_000).toISOString().slice(0, 10);
  await through({ id: 'uuid', giver: giver.mandate, receiver: giver.receivers[0]?.mandate ?? '', scope: 'prepare', themes: [], from: day(1), to: day(30), styled: some(120) }, async (filled) => {
    await send(byMayor, 'post', '/api/delegations', filled);
    await send(byMayor, 'post', `/api/delegations/${idOf(filled)}/end`, { version: 1 });
  });

  for (const path of ['/espaces', ...spaces.slice(0, 6).map((slug) => `/espaces/${slug}`), '/invitations', '/administration/journal', '/adhesions', ...candidates.slice(0, 4).map((id) => `/adhesions/${id}`), '/villes', '/registre/regles']) await visit(office, path);
  for (const path of ['/moderation', ...cases.slice(0, 6).map((id) => `/moderation/${id}`), '/registre', '/moderation/regles-de-veille']) await visit(desk, path);
  for (const path of ['/delegations', '/moi']) await visit(mayor, path);
  await mayor.page.goto('/invitations/fichier');
  await mayor.page.getByLabel('Fichier', { exact: true }).setInputFiles({ name: `${VECTORS[0]}.csv`, mimeType: 'text/csv', buffer: Buffer.from(`adresse;fonction;ville\n${VECTORS.map((vector) => `"${vector.replaceAll('"', '""')}";"${vector.replaceAll('"', '""')}";"${vector.replaceAll('"', '""')}"`).join('\n')}\n`) });
  await mayor.page.getByRole('button', { name: 'Vérifier le fichier' }).click();
  await expect(mayor.page.getByRole('heading', { name: /points à corriger/ })).toBeVisible();
  expect({ found: await mayor.page.evaluate<string[]>(`(${strangers.toString()})()`), ran: mayor.ran }).toEqual({ found: [], ran: [] });
});
