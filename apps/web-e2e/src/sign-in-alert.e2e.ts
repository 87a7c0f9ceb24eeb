import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { PASSWORD, PHONE, signIn } from './people.js';
import { Product } from './server.js';

let product: Product;
test.beforeAll(async () => (product = await Product.start()));
test.afterAll(() => product.down());

const EMAIL = 'bourgmestre@liege.demo';
const NEW_PASSWORD = 'une phrase entière, facile à retenir';

/** The link of the first mail to this address that has one of this kind. */
async function linkOf(kind: 'alerte' | 'token'): Promise<string> {
  const outbox = join(product.folder, 'data/outbox');
  let link = '';
  await expect(() => {
    // Lines of a mail are broken by "=" at their ends, and "=" itself is written as =3D.
    const mails = readdirSync(outbox).filter((name) => name.endsWith('.eml')).map((name) => readFileSync(join(outbox, name), 'utf8').replace(/=\r?\n/g, '').replaceAll('=3D', '='));
    link = mails.filter((mail) => mail.includes(EMAIL)).flatMap((mail) => mail.match(new RegExp(`/connexion/lien\\?${kind}=[\\w-]+`)) ?? [])[0] ?? '';
    expect(link).not.toBe('');
  }).toPass();
  return link;
}

test('a sign-in from somewhere new is told by mail; "it was not me" closes the account off, and a new password opens it again', async ({ browser }) => {
  const stranger = await signIn(browser, product.url, EMAIL, { size: PHONE });
  const alarm = await linkOf('alerte');
  const own = await (await browser.newContext({ viewport: PHONE, baseURL: product.url })).newPage();
  await own.goto(alarm);
  await own.getByRole('button', { name: 'Ce n’était pas moi' }).click();
  await expect(own.getByRole('heading', { name: 'Votre compte est refermé' })).toBeVisible();
  await expect(own.getByRole('status')).toContainText('1 session close.');
  await expect(own.getByRole('status')).toContainText('Votre mot de passe ne sert plus.');
  expect(await own.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  await expect(stranger).toHaveURL(/connexion/);

  await own.getByRole('link', { name: 'Revenir à la connexion' }).click();
  await own.getByLabel('Adresse électronique').fill(EMAIL);
  await own.getByRole('button', { name: 'Recevoir un lien par courriel' }).click();
  await own.goto(await linkOf('token'));
  await own.getByRole('button', { name: 'Me connecter' }).click();
  await expect(own).toHaveURL(`${product.url}/`);
  await own.goto('/moi/securite');
  await own.getByLabel('Nouveau mot de passe').fill('trop court');
  await own.getByRole('button', { name: 'Choisir ce mot de passe' }).click();
  await own.getByLabel('Nouveau mot de passe').fill(NEW_PASSWORD);
  await own.getByRole('button', { name: 'Choisir ce mot de passe' }).click();
  await expect(own.getByText('Votre mot de passe est enregistré.')).toBeVisible();

  await stranger.getByLabel('Adresse électronique').fill(EMAIL);
  for (const password of [PASSWORD, NEW_PASSWORD]) {
    await stranger.getByLabel('Mot de passe').fill(password);
    await stranger.getByRole('button', { name: 'Se connecter', exact: true }).click();
    if (password === PASSWORD) await expect(stranger.getByRole('alert')).toContainText('ne convient pas');
  }
  await expect(stranger).toHaveURL(`${product.url}/`);
});
