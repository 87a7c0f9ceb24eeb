import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { PASSWORD, PHONE } from './people.js';
import { Product } from './server.js';

let product: Product;
test.beforeAll(async () => (product = await Product.start()));
test.afterAll(() => product.down());

const EMAIL = 'bourgmestre@liege.demo';

/** A browser with a device that knows its holder (Chromium's own), at the name of the machine: passkeys are bound to names. */
async function withDevice(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ viewport: PHONE, baseURL: product.url.replace('127.0.0.1', 'localhost') });
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
  });
  return page;
}

async function givePassword(page: Page): Promise<void> {
  await page.goto('/connexion');
  await page.getByLabel('Adresse électronique').fill(EMAIL);
  await page.getByLabel('Mot de passe').fill(PASSWORD);
  await page.getByRole('button', { name: 'Se connecter', exact: true }).click();
}
const isHome = (page: Page) => expect(page).toHaveURL(/localhost:\d+\/$/);
async function signOut(page: Page): Promise<void> {
  await page.goto('/moi');
  await page.getByRole('button', { name: 'Se déconnecter', exact: true }).click();
  await expect(page).toHaveURL(/connexion/);
}
const fits = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

test('a passkey: added on a phone, it signs in alone, after the password, and confirms who acts', async ({ browser }) => {
  const page = await withDevice(browser);
  await givePassword(page);
  await isHome(page);
  await page.goto('/moi/securite');
  await page.getByLabel('Nom de la nouvelle clé').fill('Téléphone de service');
  await page.getByRole('button', { name: 'Ajouter une clé d’accès' }).click();
  await expect(page.locator('#recovery-codes li')).toHaveCount(10);
  await page.getByRole('button', { name: 'Je les ai gardés' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: 'Téléphone de service' })).toContainText('N’a pas encore servi');
  expect(await fits(page)).toBeLessThanOrEqual(0);
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await page.getByRole('button', { name: 'Ajouter une clé d’accès' }).click();
  await expect(page.getByRole('alert')).toContainText('porte déjà une clé');

  await signOut(page);
  await page.getByRole('button', { name: 'Se connecter avec une clé d’accès' }).click();
  await isHome(page);

  await signOut(page);
  await givePassword(page);
  await page.getByRole('button', { name: 'Utiliser une clé d’accès' }).click();
  await isHome(page);

  // As if ten minutes had passed since the sign-in.
  await page.route('**/api/me/passkeys/*', (route) => route.fulfill({ status: 403, contentType: 'application/problem+json', body: '{"code":"fresh-sign-in-required"}' }), { times: 1 });
  await page.goto('/moi/securite');
  await expect(page.getByRole('listitem').filter({ hasText: 'Téléphone de service' })).toContainText('Dernier usage');
  await page.getByRole('button', { name: 'Retirer la clé Téléphone de service' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Par une clé d’accès' }).click();
  await expect(page.getByRole('button', { name: 'Retirer la clé Téléphone de service' })).toBeHidden();
  await expect(page.getByRole('heading', { name: 'Codes de secours' })).toBeHidden();
});

test('where the address has no name, the page says where passkeys work', async ({ browser }) => {
  const page = await (await browser.newContext({ viewport: PHONE, baseURL: product.url })).newPage();
  await page.goto('/connexion');
  await expect(page.getByRole('button', { name: 'Se connecter', exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Se connecter avec une clé d’accès' })).toBeHidden();
  await givePassword(page);
  await expect(page).toHaveURL(`${product.url}/`);
  await page.goto('/moi/securite');
  await expect(page.getByRole('link', { name: /localhost/ })).toHaveAttribute('href', `http://localhost:${product.port}/moi/securite`);
});
