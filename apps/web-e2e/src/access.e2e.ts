import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { DESKTOP, findThread, PHONE, signIn } from './people.js';
import { Product } from './server.js';

let product: Product;
test.beforeAll(async () => (product = await Product.start()));
test.afterAll(() => product.down());

const SCREENS: [string, (page: Page) => Promise<string>][] = [
  ['home', async () => '/'],
  ['exchanges', async () => '/echanges'],
  ['a thread', async (page) => `/fils/${await findThread(page)}`],
  ['a new thread', async () => '/echanges/nouveau'],
  ['practices', async () => '/pratiques'],
  ['the map of practices', async () => '/pratiques?vue=carte'],
  ['transfers', async () => '/reprises'],
  ['a practice', async () => '/pratiques/demo-02'],
  ['cities', async () => '/villes'],
  ['a city', async () => '/villes/yaounde'],
  ['search', async () => '/recherche?q=compost'],
  ['an empty search', async () => '/recherche?q=zzzzqqqq'],
  ['me', async () => '/moi'],
  ['drafts', async () => '/moi/brouillons'],
];

async function violationsOf(page: Page, name: string): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  return [
    ...violations.map(({ id, nodes }) => `${name}: ${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`),
    ...(sideways > 0 ? [`${name}: scrolls sideways by ${sideways} px`] : []),
  ];
}

for (const scheme of ['light', 'dark'] as const) {
  for (const [name, size] of [
    ['phone', PHONE],
    ['desktop', DESKTOP],
  ] as const) {
    test(`no accessibility violation and no sideways scroll, ${name}, ${scheme}`, async ({ browser }) => {
      test.setTimeout(180_000);
      const entry = await (await browser.newContext({ viewport: size, colorScheme: scheme, baseURL: product.url })).newPage();
      await entry.goto('/connexion');
      await expect(entry.getByRole('button', { name: 'Se connecter' })).toBeVisible();
      const found = await violationsOf(entry, 'sign-in');
      const page = await signIn(browser, product.url, 'maire@dakar.demo', { size, scheme });
      for (const [screen, address] of SCREENS) {
        await page.goto(await address(page));
        await expect(page.getByRole('heading', { level: 1 })).toBeAttached();
        await page.waitForLoadState('networkidle');
        found.push(...(await violationsOf(page, screen)));
      }
      expect(found).toEqual([]);
    });
  }
}

test('the keyboard alone is enough to sign in, open a thread and reply', async ({ browser }) => {
  const page = await (await browser.newContext({ viewport: DESKTOP, baseURL: product.url })).newPage();
  await page.goto('/connexion');
  await page.getByLabel('Adresse électronique').focus();
  await page.keyboard.type('maire@dakar.demo');
  await page.keyboard.press('Tab');
  await page.keyboard.type('demo-passerelle');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(`${product.url}/`);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.goto(`/fils/${await findThread(page)}`);
  await expect(page.getByLabel('Votre réponse')).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Aller au contenu' })).toBeFocused();
  await page.getByLabel('Votre réponse').focus();
  await page.keyboard.type('Écrit au clavier, merci @liege');
  await expect(page.getByRole('listbox')).toBeVisible();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('article').filter({ hasText: 'Écrit au clavier' }).getByRole('button', { name: 'Merci' })).toBeVisible();
});

test('every text of the main screens is English when English is chosen', async ({ browser }) => {
  const context = await browser.newContext({ viewport: PHONE, baseURL: product.url, locale: 'en-GB' });
  const page = await context.newPage();
  await page.goto('/connexion');
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await page.getByRole('button', { name: /Mairesse.*Montréal/ }).click();
  await expect(page).toHaveURL(`${product.url}/`);
  await page.goto('/moi');
  await page.locator('#language').selectOption('en');
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
  for (const [address, words] of [
    ['/', /Since your visit|Welcome/],
    ['/echanges', /Exchanges/],
    ['/pratiques', /Good practices/],
    ['/villes', /Cities/],
  ] as const) {
    await page.goto(address);
    await expect(page.getByRole('heading', { level: 1 })).toContainText(words);
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  }
});
