import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { Secret, TOTP } from 'otpauth';
import { PASSWORD, PHONE, signIn } from './people.js';
import { Product } from './server.js';

let product: Product;
test.beforeAll(async () => (product = await Product.start()));
test.afterAll(() => product.down());

const EMAIL = 'mairesse@montreal.demo';
const STEP_MS = 30_000;
const codeOf = (secret: string, steps = 0) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + steps * STEP_MS });

async function givePassword(page: Page): Promise<void> {
  await page.goto('/connexion');
  await page.getByLabel('Adresse électronique').fill(EMAIL);
  await page.getByLabel('Mot de passe').fill(PASSWORD);
  await page.getByRole('button', { name: 'Se connecter' }).click();
}
async function giveCode(page: Page, code: string): Promise<void> {
  await page.getByLabel('Code de vérification').fill(code);
  await page.keyboard.press('Enter');
}

test('two factors: enrolled on a phone, then asked for at each sign-in, a recovery code serves once', async ({ browser }) => {
  const page = await signIn(browser, product.url, EMAIL, { size: PHONE });
  await page.goto('/moi');
  await page.getByRole('link', { name: 'Mot de passe, clés d’accès, second facteur et codes de secours' }).click();
  await page.getByRole('button', { name: 'Mettre en place' }).click();
  const secret = ((await page.locator('#secret').textContent()) ?? '').replaceAll(' ', '');
  await expect(page.getByRole('img', { name: /Code à lire/ })).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await page.getByLabel('Code à six chiffres affiché par l’application').fill(codeOf(secret, -1));
  await page.getByRole('button', { name: 'Vérifier et activer' }).click();
  const codes = page.locator('#recovery-codes li');
  await expect(codes).toHaveCount(10);
  const recovery = (await codes.first().textContent()) ?? '';
  await page.getByRole('button', { name: 'Je les ai gardés' }).click();
  await expect(page.getByText('10 codes de secours restent.')).toBeVisible();

  const other = await (await browser.newContext({ viewport: PHONE, baseURL: product.url })).newPage();
  await givePassword(other);
  await giveCode(other, 'ABCD-EFGH');
  await expect(other.getByRole('alert')).toContainText('Ce code ne convient pas');
  await giveCode(other, codeOf(secret));
  await expect(other).toHaveURL(`${product.url}/`);

  const third = await (await browser.newContext({ viewport: PHONE, baseURL: product.url })).newPage();
  await givePassword(third);
  await giveCode(third, recovery);
  await expect(third).toHaveURL(`${product.url}/`);
  await third.goto('/moi/securite');
  await expect(third.getByText('9 codes de secours restent.')).toBeVisible();
});

test('another password: what is tried first is refused in words, the right one signs other devices out', async ({ browser }) => {
  const page = await signIn(browser, product.url, 'bourgmestre@liege.demo', { size: PHONE });
  const other = await signIn(browser, product.url, 'bourgmestre@liege.demo');
  await page.goto('/moi/securite');
  const choose = async (password: string) => {
    await page.getByLabel('Nouveau mot de passe').fill(password);
    await page.getByRole('button', { name: 'Changer le mot de passe' }).click();
  };
  await choose('Passerelle-Liège-2026');
  await expect(page.getByRole('alert')).toContainText('trop facile à deviner');
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await choose('trois poules sous un parasol');
  await expect(page.getByLabel('Nouveau mot de passe')).toHaveValue('');
  await other.reload();
  await expect(other.getByLabel('Adresse électronique')).toBeVisible();
});
