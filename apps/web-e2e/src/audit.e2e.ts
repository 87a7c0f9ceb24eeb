import { readFileSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { DESKTOP, PASSWORD, PHONE, signIn } from './people.js';
import { Product } from './server.js';

let product: Product;
test.beforeAll(async () => (product = await Product.start()));
test.afterAll(() => product.down());

test('the secretariat sees a new act appear, filters it, reads its details and takes it away as a file', async ({ browser }) => {
  const reader = await signIn(browser, product.url, 'secretariat@aimf.demo', { size: PHONE });
  await reader.goto('/administration');
  await reader.getByRole('link', { name: 'Journal du secrétariat' }).click();
  const lines = reader.getByRole('main').getByRole('listitem');
  await expect(reader.getByText('Aucune ligne ne correspond')).toBeVisible();

  // Somebody of the secretariat works elsewhere.
  const other = await signIn(browser, product.url, 'secretariat@aimf.demo');
  const { items } = (await (await other.request.get('/api/people?q=expert@partenaire')).json()) as { items: { id: string }[] };
  const changed = await other.request.put(`/api/people/${items[0]?.id}/role`, { data: { was: 'guest', role: 'member' } });
  expect(changed.status()).toBe(200);
  await expect(lines.filter({ hasText: 'Rôle changé' })).toBeVisible();

  await reader.getByLabel('Acte', { exact: true }).selectOption({ label: 'Espace créé' });
  await expect(reader.getByText('Aucune ligne ne correspond')).toBeVisible();
  await reader.getByLabel('Acte', { exact: true }).selectOption({ label: 'Rôle changé' });
  await lines.first().getByText('Précisions').click();
  await expect(lines.first()).toContainText('Invité');
  await expect(lines.first()).toContainText('role.changed');

  // Whoever takes the record away says again who they are, when the sign-in is not fresh.
  const download = reader.waitForEvent('download');
  await reader.getByRole('button', { name: /tableur/ }).click();
  const dialog = reader.getByRole('dialog', { name: 'Confirmez que c’est bien vous' });
  if (await dialog.isVisible()) {
    await dialog.getByLabel('Mot de passe').fill(PASSWORD);
    await dialog.getByRole('button', { name: 'Confirmer' }).click();
  }
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^passerelle-journal-.*\.csv$/);
  const text = readFileSync(await file.path(), 'utf8');
  expect(text.charCodeAt(0)).toBe(0xfeff);
  expect(text).toContain('Rôle changé');
  await reader.getByLabel('Acte', { exact: true }).selectOption({ label: 'Journal exporté' });
  await expect(lines.filter({ hasText: 'Journal exporté' })).toBeVisible();
});

test('the journal has no accessibility violation and no sideways scroll, in either language', async ({ browser }) => {
  for (const [size, scheme, heading] of [
    [PHONE, 'light', 'Journal du secrétariat'],
    [DESKTOP, 'dark', 'Journal of the secretariat'],
  ] as const) {
    const page = await signIn(browser, product.url, 'secretariat@aimf.demo', { size, scheme });
    if (size === DESKTOP) await page.request.patch('/api/me', { data: { interfaceLanguage: 'en' } });
    await page.goto('/administration/journal');
    await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible();
    await page.locator('summary').first().click();
    expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  }
});
