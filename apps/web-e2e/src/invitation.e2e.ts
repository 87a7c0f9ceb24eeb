import { readFileSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { linkTo } from './mails.js';
import { DESKTOP, findThread, PHONE, reply, signIn } from './people.js';
import { Product } from './server.js';

let product: Product;
test.beforeAll(async () => (product = await Product.start()));
test.afterAll(() => product.down());

const invitationTo = (address: string) => linkTo(product.folder, address, '/invitation?token=');
const violations = async (page: Page) => (await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`);

test('a mayor invites a colleague, who agrees on a phone, lands in the space and writes a first message', async ({ browser }) => {
  test.setTimeout(150_000);
  const mayor = await signIn(browser, product.url, 'maire@dakar.demo');
  await mayor.goto('/invitations');
  await mayor.getByLabel('Adresse électronique').fill('adjointe@dakar.example');
  await mayor.getByLabel('Fonction').fill('Adjointe aux marchés');
  await mayor.getByLabel('Un mot d’accueil').fill('Bienvenue dans le réseau.');
  expect(await violations(mayor)).toEqual([]);
  await mayor.getByRole('button', { name: 'Envoyer l’invitation' }).click();
  await expect(mayor.getByRole('listitem').filter({ hasText: 'adjointe@dakar.example' })).toContainText('en attente');

  const context = await browser.newContext({ viewport: PHONE, baseURL: product.url, locale: 'fr-FR' });
  const invitee = await context.newPage();
  await invitee.goto(await invitationTo('adjointe@dakar.example'));
  await expect(invitee.getByRole('heading', { level: 1, name: 'Une invitation à rejoindre Passerelle' })).toBeVisible();
  await expect(invitee.getByText('Bienvenue dans le réseau.')).toBeVisible();
  expect(await violations(invitee)).toEqual([]);
  await invitee.getByLabel('Votre nom').fill('Adjointe aux marchés');
  await invitee.getByLabel('Mot de passe').fill('une phrase facile à retenir');
  await invitee.getByRole('button', { name: 'Accepter et entrer' }).click();
  await expect(invitee.getByText('Sans cet accord, aucun compte n’est ouvert')).toBeVisible();
  await invitee.getByLabel(/J’accepte que Passerelle garde/).check();
  await invitee.getByRole('button', { name: 'Accepter et entrer' }).click();
  await expect(invitee).toHaveURL(`${product.url}/`);
  await invitee.goto(`/fils/${await findThread(invitee)}`);
  await reply(invitee, 'Bonjour à toutes et à tous, je rejoins le réseau.');
  await expect(invitee.getByText('Bonjour à toutes et à tous, je rejoins le réseau.')).toBeVisible();

  // As the invitation promised, one may change one's mind.
  await invitee.goto('/moi/donnees');
  const mail = invitee.getByLabel(/Recevoir les courriers du réseau/);
  await expect(invitee.getByText(/^Refusé/)).toBeVisible();
  await mail.check();
  await expect(invitee.getByRole('status').filter({ hasText: /^Accordé/ })).toBeVisible();
  await invitee.reload();
  await expect(mail).toBeChecked();
  await expect(invitee.getByRole('listitem').filter({ hasText: 'Votre invitation a été acceptée' })).toContainText('Passerelle, sans intervention de personne');
  expect(await violations(invitee)).toEqual([]);

  await mayor.reload();
  await expect(mayor.getByRole('listitem').filter({ hasText: 'adjointe@dakar.example' })).toContainText('acceptée');
  const again = await (await browser.newContext({ viewport: DESKTOP, baseURL: product.url, locale: 'fr-FR' })).newPage();
  await again.goto(await invitationTo('adjointe@dakar.example'));
  await expect(again.getByRole('heading', { level: 1, name: 'Cette invitation ne vaut plus' })).toBeVisible();

  // Moderation finds whoever is new in its queue; who looks after them is seen by the other, live.
  const [first, second] = [await signIn(browser, product.url, 'moderation@aimf.demo'), await signIn(browser, product.url, 'moderation2@aimf.demo', { size: PHONE })];
  for (const page of [first, second]) {
    await page.goto('/moderation?nature=newcomer');
    await page.getByRole('link', { name: /^Adjointe aux marchés/ }).click();
    await expect(page.getByText('je rejoins le réseau')).toBeVisible();
    expect(await violations(page)).toEqual([]);
  }
  await first.getByRole('button', { name: 'S’en occuper' }).click();
  await expect(second.getByText('Modération s’en occupe.')).toBeVisible();
  await first.getByRole('button', { name: 'C’est vu' }).click();
  await expect(second.getByText('Vue par la modération.')).toBeVisible();
  await expect(first.getByText('Rien n’attend.', { exact: true })).toBeVisible();
});

test('a cabinet checks a file of its staff, corrects it, sends it and finds the report, on a phone', async ({ browser }) => {
  const mayor = await signIn(browser, product.url, 'maire@dakar.demo', { size: PHONE });
  await mayor.goto('/invitations');
  await mayor.getByRole('link', { name: 'Inviter plusieurs personnes par un fichier' }).click();
  const choose = (text: string) => mayor.getByLabel('Fichier', { exact: true }).setInputFiles({ name: 'agents.csv', mimeType: 'text/csv', buffer: Buffer.from(text, 'latin1') });
  const lines = 'Adresse;Fonction;Langue\nvoirie@dakar.example;Directrice de la voirie;\nmarches@dakar.example;Adjoint aux marchés;fr\n';
  await choose(`${lines}etat-civil;Responsable de l'état civil;\n`);
  await mayor.getByRole('button', { name: 'Vérifier le fichier' }).click();
  await expect(mayor.getByRole('row', { name: '4 Adresse Cette adresse n’en est pas une etat-civil' })).toBeVisible();
  await expect(mayor.getByRole('button', { name: /^Envoyer/ })).toBeHidden();
  expect(await violations(mayor)).toEqual([]);
  await choose(lines);
  await mayor.getByRole('button', { name: 'Vérifier le fichier' }).click();
  await mayor.getByRole('button', { name: 'Envoyer 2 invitations' }).click();
  await expect(mayor.getByText(/^Invitations envoyées\s: 2\./)).toBeVisible();
  await expect(mayor.getByRole('listitem').filter({ hasText: 'agents.csv' })).toContainText(/invitations\s: 2/);
  const [download] = await Promise.all([mayor.waitForEvent('download'), mayor.getByRole('link', { name: 'Rapport de agents.csv' }).click()]);
  expect(readFileSync(await download.path(), 'utf8')).toContain('2;voirie@dakar.example;invitation envoyée;en attente');
  expect(await invitationTo('marches@dakar.example')).toMatch(/^\/invitation\?token=/);
});

test('a link lets several people ask for invitations of their own, and a member join with one press', async ({ browser }) => {
  const mayor = await signIn(browser, product.url, 'maire@dakar.demo', { size: PHONE });
  await mayor.goto('/invitations');
  await mayor.getByLabel('Qui inviter').selectOption('link');
  await mayor.getByLabel('Nombre de personnes').fill('3');
  await mayor.getByLabel('Fonction').fill('Conseillère municipale');
  await mayor.getByLabel('Espace à rejoindre').selectOption({ index: 1 });
  await mayor.getByLabel('Fil qui s’ouvre en premier').selectOption({ index: 1 });
  await mayor.getByRole('button', { name: 'Créer le lien' }).click();
  const url = await mayor.getByLabel('Adresse du lien').inputValue();
  expect(await violations(mayor)).toEqual([]);

  const visitor = await (await browser.newContext({ viewport: PHONE, baseURL: product.url, locale: 'fr-FR' })).newPage();
  await visitor.goto(new URL(url).pathname + new URL(url).search);
  await expect(visitor.getByText('Conseillère municipale, Dakar')).toBeVisible();
  await visitor.getByLabel('Votre adresse électronique').fill('conseillere@dakar.example');
  expect(await violations(visitor)).toEqual([]);
  await visitor.getByRole('button', { name: 'Recevoir mon invitation' }).click();
  await expect(visitor.getByText('Un courrier est parti à conseillere@dakar.example.')).toBeVisible();
  await visitor.goto(await invitationTo('conseillere@dakar.example'));
  await expect(visitor.getByText('Conseillère municipale, Dakar')).toBeVisible();

  const member = await signIn(browser, product.url, 'bourgmestre@liege.demo');
  await member.goto(new URL(url).pathname + new URL(url).search);
  await member.getByRole('button', { name: 'Rejoindre' }).click();
  await expect(member).toHaveURL(/\/fils\//);
  await mayor.reload();
  await expect(mayor.getByText(/^Utilisé [12] fois sur 3\./)).toBeVisible();
  await mayor.getByRole('button', { name: 'Fermer le lien' }).click();
  await expect(mayor.getByText('fermé', { exact: true })).toBeVisible();
});

test('where no mail arrives, a code read out on the telephone opens the invitation', async ({ browser }) => {
  const mayor = await signIn(browser, product.url, 'maire@dakar.demo');
  await mayor.goto('/invitations');
  await mayor.getByLabel('Adresse électronique').fill('sans-courrier@dakar.example');
  await mayor.getByLabel('Fonction').fill('Secrétaire générale');
  await mayor.getByRole('button', { name: 'Envoyer l’invitation' }).click();
  await mayor.getByRole('button', { name: 'Code par téléphone sans-courrier@dakar.example' }).click();
  const code = /\d{4} \d{4} \d{4}/.exec((await mayor.getByText(/^À dicter/).textContent()) ?? '')?.[0] ?? '';
  const invitee = await (await browser.newContext({ viewport: PHONE, baseURL: product.url, locale: 'fr-FR' })).newPage();
  await invitee.goto('/invitation');
  expect(await violations(invitee)).toEqual([]);
  await invitee.getByLabel('Adresse électronique').fill('sans-courrier@dakar.example');
  await invitee.getByLabel('Code').fill(code);
  await invitee.getByRole('button', { name: 'Ouvrir l’invitation' }).click();
  await expect(invitee.getByText('Secrétaire générale, Dakar')).toBeVisible();
  await invitee.getByLabel('Votre nom').fill('Secrétaire générale');
  await invitee.getByLabel('Mot de passe').fill('une phrase facile à retenir');
  await invitee.getByLabel(/J’accepte que Passerelle garde/).check();
  await invitee.getByRole('button', { name: 'Accepter et entrer' }).click();
  await expect(invitee).toHaveURL(`${product.url}/`);
});
