import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { Secret, TOTP } from 'otpauth';
import { PHONE, signIn } from './people.js';
import { Product } from './server.js';

let product: Product;
test.beforeAll(async () => (product = await Product.start()));
test.afterAll(() => product.down());

test('the secretariat demands a second factor of a role: open pages are led to set one up, then go on', async ({ browser }) => {
  const moderator = await signIn(browser, product.url, 'moderation@aimf.demo', { size: PHONE });
  const secretariat = await signIn(browser, product.url, 'secretariat@aimf.demo', { size: PHONE });
  await moderator.goto('/echanges');
  await expect(moderator.getByRole('heading', { level: 1 })).toBeVisible();

  await secretariat.goto('/administration');
  await secretariat.getByRole('link', { name: 'Second facteur par rôle' }).click();
  const role = secretariat.getByRole('form', { name: 'Modération' });
  await expect(role).toContainText('Non demandé.');
  expect((await new AxeBuilder({ page: secretariat }).analyze()).violations).toEqual([]);
  expect(await secretariat.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  await role.getByRole('button', { name: 'Demander à partir de ce jour' }).click();
  await expect(role).toContainText('Demandé à partir de cette date');
  const other = await signIn(browser, product.url, 'moderation2@aimf.demo', { size: PHONE });
  await other.goto('/moi');
  await expect(other.getByText('Un second facteur vous sera demandé')).toBeVisible();
  await other.getByRole('link', { name: 'Le mettre en place' }).click();
  await expect(other.getByText('Un second facteur vous sera demandé')).toBeVisible();

  await role.getByLabel('Premier jour').fill(new Date().toISOString().slice(0, 10));
  await role.getByRole('button', { name: 'Demander à partir de ce jour' }).click();
  await expect(moderator.getByRole('heading', { name: 'Un second facteur est demandé' })).toBeVisible();
  expect((await new AxeBuilder({ page: moderator }).analyze()).violations).toEqual([]);
  expect(await moderator.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  await expect(moderator.getByRole('link', { name: 'Pratiques', exact: true })).toBeHidden();

  await moderator.getByRole('button', { name: 'Mettre en place' }).click();
  const secret = ((await moderator.locator('#secret').textContent()) ?? '').replaceAll(' ', '');
  await moderator.getByLabel('Code à six chiffres affiché par l’application').fill(new TOTP({ secret: Secret.fromBase32(secret) }).generate());
  await moderator.getByRole('button', { name: 'Vérifier et activer' }).click();
  await moderator.getByRole('button', { name: 'Je les ai gardés' }).click();
  await expect(moderator.getByRole('heading', { name: 'Un second facteur est demandé' })).toBeHidden();
  await expect(moderator).toHaveURL(/\/echanges$/);
  await expect(moderator.getByRole('link', { name: 'Pratiques', exact: true })).toBeVisible();

  await moderator.goto('/moi/securite');
  await moderator.getByRole('button', { name: 'Retirer cette application' }).click();
  await expect(moderator.getByRole('alert')).toContainText('mettez-en un autre en place');

  // The telephone is lost: the secretariat takes the factor off, and the open page leads to a new one.
  const { items } = (await (await secretariat.request.get('/api/people?q=moderation%40aimf')).json()) as { items: { id: string }[] };
  await secretariat.goto(`/administration/personnes/${items[0]?.id ?? ''}`);
  await secretariat.getByRole('button', { name: 'Retirer le second facteur' }).click();
  const sheet = secretariat.getByRole('dialog');
  await sheet.getByLabel('Appareil perdu ou volé').check();
  await sheet.getByLabel('Un mot pour la personne').fill('Nous nous sommes parlé ce matin.');
  expect((await new AxeBuilder({ page: secretariat }).analyze()).violations).toEqual([]);
  expect(await secretariat.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  await sheet.getByRole('button', { name: 'Retirer', exact: true }).click();
  await expect(secretariat.getByText('Aucun second facteur n’est en place.')).toBeVisible();
  await expect(moderator.getByRole('heading', { name: 'Un second facteur est demandé' })).toBeVisible();
});
