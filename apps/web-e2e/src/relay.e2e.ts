import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { DESKTOP, PHONE, signIn } from './people.js';
import { Product } from './server.js';

let product: Product;
test.beforeAll(async () => (product = await Product.start()));
test.afterAll(() => product.down());

const QUESTION = 'Qui entretient les bacs depuis la deuxième année ?';
const ANSWER = 'Les comités de quartier, avec deux agents de la ville.';
const THANKS = 'Merci, nous viendrons voir.';

const letter = (page: Page) => page.getByLabel('Votre message');
const article = (page: Page, text: string) => page.getByRole('article').filter({ hasText: text });
const unsent = (page: Page) => page.locator('.mine');
const expectNoAddress = async (page: Page) => expect(await page.locator('body').innerText()).not.toContain('@');

async function send(page: Page, text: string): Promise<void> {
  await letter(page).fill(text);
  await page.getByRole('button', { name: 'Envoyer' }).click();
}

test('a practice, a private letter, an answer of its city: live, once, and without an address', async ({ browser }) => {
  test.setTimeout(120_000);
  const dakar = await signIn(browser, product.url, 'maire@dakar.demo');
  const bangangte = await signIn(browser, product.url, 'technique@bangangte.demo', { size: PHONE });
  await bangangte.goto('/pratiques/demo-10');
  await expect(bangangte.getByText('En public : tous les membres lisent la question et les réponses.')).toBeVisible();
  await bangangte.getByRole('link', { name: 'Écrire un message privé' }).click();
  await expect(bangangte.getByRole('heading', { level: 1, name: 'Écrire à Dakar' })).toBeVisible();
  await expect(bangangte.getByText(/peuvent répondre.*Cabinet.*Maire.*Aucune adresse n’est montrée\./)).toBeVisible();

  // What is written stays through a reload, and leaves once the network is back.
  await letter(bangangte).fill(QUESTION);
  await expect(bangangte.getByText('Brouillon enregistré', { exact: true })).toBeVisible();
  await bangangte.reload();
  await expect(letter(bangangte)).toHaveValue(QUESTION);
  await bangangte.context().setOffline(true);
  await bangangte.getByRole('button', { name: 'Envoyer' }).click();
  await expect(article(bangangte, QUESTION)).toContainText('En attente du réseau');
  await bangangte.context().setOffline(false);
  await expect(bangangte.getByRole('heading', { level: 1, name: 'Dakar', exact: true })).toBeVisible();
  await expect(article(bangangte, QUESTION)).toHaveCount(1);
  await expect(unsent(bangangte)).toHaveCount(0);

  // The city hears of it on the page that it has open.
  const received = dakar.locator('section', { hasText: 'Messages reçus' });
  await expect(received.getByText('À répondre')).toBeVisible();
  await expectNoAddress(dakar);
  await received.getByRole('link', { name: 'Services techniques, Bangangté' }).click();
  await expect(article(dakar, QUESTION)).toBeVisible();
  await send(dakar, ANSWER);
  // The socket may take a while to come back after the cut.
  await expect(article(bangangte, ANSWER)).toContainText('Maire de Dakar', { timeout: 40_000 });
  await expect(article(bangangte, ANSWER)).toHaveCount(1);
  await send(bangangte, THANKS);
  await expect(article(dakar, THANKS)).toHaveCount(1);
  await expectNoAddress(dakar);
  await expectNoAddress(bangangte);

  // Read by the mayor, read for the cabinet; nothing is left to do on the first page.
  const cabinet = await signIn(browser, product.url, 'cabinet@dakar.demo');
  await expect(cabinet.getByText('Messages reçus')).toHaveCount(0);
  await cabinet.goto('/moi');
  await cabinet.getByRole('link', { name: 'Messages' }).click();
  await cabinet.getByRole('link', { name: 'Services techniques, Bangangté' }).click();
  await expect(article(cabinet, THANKS)).toBeVisible();
  await expectNoAddress(cabinet);

  // Moderation has no part in it.
  const moderator = await signIn(browser, product.url, 'moderation@aimf.demo');
  await moderator.goto(new URL(bangangte.url()).pathname);
  await expect(moderator.getByRole('alert')).toContainText('vous n’y avez pas accès');
  await expect(moderator.getByText(QUESTION)).toHaveCount(0);
});

test('two letters written without a network arrive in order, each once, and a refused one is kept', async ({ browser }) => {
  const liege = await signIn(browser, product.url, 'bourgmestre@liege.demo');
  await liege.goto('/villes/montreal');
  await liege.getByRole('link', { name: 'Écrire un message privé' }).click();
  await send(liege, 'Première lettre');
  await expect(liege.getByRole('heading', { level: 1, name: 'Montréal', exact: true })).toBeVisible();
  await liege.context().setOffline(true);
  for (const text of ['Deuxième lettre', 'Troisième lettre']) await send(liege, text);
  await expect(article(liege, 'Troisième lettre')).toContainText('En attente du réseau');
  await liege.context().setOffline(false);
  await expect(unsent(liege)).toHaveCount(0);
  const id = new URL(liege.url()).pathname.split('/').at(-1) ?? '';
  const { items } = (await (await liege.request.get(`/api/relay/${id}/letters`)).json()) as { items: { body: string }[] };
  expect(items.map(({ body }) => body)).toEqual(['Première lettre', 'Deuxième lettre', 'Troisième lettre']);

  await liege.route('**/api/relay', (route) => (route.request().method() === 'POST' ? route.fulfill({ status: 409, contentType: 'application/problem+json', body: '{"code":"relay-limit"}' }) : route.continue()));
  await liege.goto('/messages/nouveau?ville=dakar');
  await send(liege, 'Une lettre de trop');
  await expect(liege.getByText('Vous avez ouvert dix conversations depuis hier.')).toBeVisible();
  await liege.unroute('**/api/relay');
  await liege.goto('/messages');
  await article(liege, 'Une lettre de trop').getByRole('button', { name: 'Réessayer' }).click();
  await expect(liege.getByRole('link', { name: 'Dakar' })).toBeVisible();
  await expect(article(liege, 'Une lettre de trop')).toHaveCount(0);
});

test('a guest is offered no letters and is told why', async ({ browser }) => {
  const guest = await signIn(browser, product.url, 'expert@partenaire.demo', { size: PHONE });
  await guest.goto('/pratiques/demo-10');
  await expect(guest.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(guest.getByRole('link', { name: 'Écrire un message privé' })).toHaveCount(0);
  await guest.goto('/messages');
  await expect(guest.getByRole('heading', { level: 1, name: 'Réservé aux villes membres' })).toBeVisible();
});

test('no accessibility violation and no sideways scroll on the screens of messages', async ({ browser }) => {
  for (const [size, scheme] of [[PHONE, 'light'], [DESKTOP, 'dark']] as const) {
    const page = await signIn(browser, product.url, 'technique@bangangte.demo', { size, scheme });
    const { items } = (await (await page.request.get('/api/relay')).json()) as { items: { id: string }[] };
    const found: string[] = [];
    for (const address of ['/messages', `/messages/${items[0]?.id ?? ''}`, '/messages/nouveau?pratique=demo-10', '/messages/nouveau?ville=bangangte', '/pratiques/demo-10', '/villes/dakar', '/moi']) {
      await page.goto(address);
      await page.waitForLoadState('networkidle');
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      const { violations } = await new AxeBuilder({ page }).analyze();
      found.push(...violations.map(({ id, nodes }) => `${address}: ${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`));
      if ((await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)) > 0) found.push(`${address}: scrolls sideways`);
    }
    expect(found).toEqual([]);
  }
});
