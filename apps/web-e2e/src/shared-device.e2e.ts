import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, expect, type Page, test } from '@playwright/test';
import { findThread, PASSWORD, PHONE } from './people.js';
import { Product } from './server.js';

let product: Product;
test.beforeAll(async () => (product = await Product.start()));
test.afterAll(() => product.down());

const DRAFT = 'Un brouillon que personne ne doit trouver';
const EMAIL = 'mairesse@montreal.demo';

async function enter(page: Page): Promise<string> {
  await page.goto('/connexion');
  await page.getByLabel('Adresse électronique').fill(EMAIL);
  await page.getByLabel('Mot de passe').fill(PASSWORD);
  await page.getByLabel('Cet appareil est partagé').check();
  await page.getByRole('button', { name: 'Se connecter', exact: true }).click();
  await expect(page).toHaveURL(`${product.url}/`);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  const { account } = (await (await page.request.get('/api/me')).json()) as { account: { id: string } };
  return account.id;
}

/** Reads a thread, looks for something, and writes what the server has and what it has not. */
async function work(page: Page): Promise<string> {
  const thread = await findThread(page);
  await page.goto('/recherche?q=assainissement');
  await expect(page.getByRole('article').or(page.getByRole('listitem')).first()).toBeVisible();
  await page.goto('/pratiques');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.goto(`/fils/${thread}`);
  await page.getByLabel('Votre réponse').fill(DRAFT);
  await expect(page.getByText('Brouillon enregistré', { exact: true })).toBeVisible();
  return thread;
}

/** Everything that a browser keeps for a site, as text. */
const kept = (page: Page) =>
  page.evaluate(async () => {
    const finished = <T>(asking: IDBRequest<T>) =>
      new Promise<T>((done, fail) => {
        asking.onsuccess = () => done(asking.result);
        asking.onerror = () => fail(new Error(asking.error?.message));
      });
    const stores: Record<string, unknown> = {};
    for (const { name = '' } of await indexedDB.databases()) {
      const db = await finished(indexedDB.open(name));
      for (const store of db.objectStoreNames) {
        const place = db.transaction(store).objectStore(store);
        stores[`${name}/${store}`] = [await finished(place.getAllKeys()), await finished(place.getAll())];
      }
      db.close();
    }
    const workers = await navigator.serviceWorker?.getRegistrations();
    return { local: { ...localStorage }, session: { ...sessionStorage }, stores, caches: 'caches' in window ? await caches.keys() : [], workers: workers?.length ?? 0 };
  });

/** What stays is of the browser: its language and look, and that it is shared. */
async function holdsNothing(page: Page, context: BrowserContext): Promise<void> {
  const { local, session, stores, caches, workers } = await kept(page);
  const ofTheBrowser = ['passerelle.language', 'passerelle.theme', 'passerelle.shared'];
  expect(Object.entries(local).filter(([name, value]) => value !== '' && !ofTheBrowser.includes(name))).toEqual([]);
  expect([session, caches, workers]).toEqual([{}, [], 0]);
  for (const [keys, values] of Object.values(stores) as [unknown[], unknown[]][]) expect([keys, values]).toEqual([[], []]);
  expect((await context.cookies()).map(({ name }) => name)).toEqual([]);
}

test('whoever signs out of a shared device leaves nothing behind, and the way back shows nothing', async ({ browser }) => {
  const context = await browser.newContext({ viewport: PHONE, baseURL: product.url });
  const page = await context.newPage();
  const account = await enter(page);
  const thread = await work(page);
  // There is something to forget: the test would see it.
  expect(JSON.stringify(await kept(page))).toContain(account);
  expect((await context.cookies()).every(({ expires }) => expires === -1)).toBe(true);
  await page.goto('/moi');
  await page.getByRole('button', { name: 'Se déconnecter', exact: true }).click();
  await expect(page).toHaveURL(/connexion/);
  await expect(page.getByLabel('Mot de passe')).toBeVisible();
  await holdsNothing(page, context);

  for (let back = 0; back < 3; back++) {
    await page.goBack();
    await expect(page.getByLabel('Mot de passe')).toBeVisible();
    expect(await page.content()).not.toContain(DRAFT);
  }
  await page.goto(`/fils/${thread}`);
  await expect(page.getByLabel('Mot de passe')).toBeVisible();
  await holdsNothing(page, context);
});

test('whoever only closes the browser of a shared device is signed out, and the next who opens it finds nothing', async ({ launchOptions }) => {
  const folder = mkdtempSync(join(tmpdir(), 'passerelle-browser-'));
  const open = () => chromium.launchPersistentContext(folder, { ...launchOptions, viewport: PHONE, baseURL: product.url, locale: 'fr-FR' });
  try {
    const before = await open();
    const first = before.pages()[0] ?? (await before.newPage());
    const account = await enter(first);
    await work(first);
    expect(JSON.stringify(await kept(first))).toContain(account);
    await before.close();

    const after = await open();
    const page = after.pages()[0] ?? (await after.newPage());
    await page.goto('/');
    await expect(page.getByLabel('Mot de passe')).toBeVisible();
    await expect(async () => holdsNothing(page, after)).toPass();
    await after.close();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('while the browser is open, a session that ends keeps an unsent text for its author, and not beyond another sign-in', async ({ browser }) => {
  const context = await browser.newContext({ viewport: PHONE, baseURL: product.url });
  const page = await context.newPage();
  await enter(page);
  const thread = await work(page);
  await context.clearCookies({ name: 'passerelle_session' });
  await page.goto(`/fils/${thread}`);
  await expect(page.getByLabel('Mot de passe')).toBeVisible();
  expect(JSON.stringify(await kept(page))).toContain(DRAFT);

  await page.getByLabel('Adresse électronique').fill('maire@dakar.demo');
  await page.getByLabel('Mot de passe').fill(PASSWORD);
  await page.getByRole('button', { name: 'Se connecter', exact: true }).click();
  await expect(page.getByLabel('Votre réponse')).toHaveValue('');
  expect(JSON.stringify(await kept(page))).not.toContain(DRAFT);
});
