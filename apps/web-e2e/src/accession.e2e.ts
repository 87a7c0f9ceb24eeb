import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { DESKTOP, PASSWORD, PHONE, signIn } from './people.js';
import { Product } from './server.js';

let product: Product;
test.beforeAll(async () => (product = await Product.start()));
test.afterAll(() => product.down());

/** Opens a candidature of a city that is in the network. */
async function openFor(secretariat: Page, city: string): Promise<void> {
  await secretariat.goto('/administration');
  await secretariat.getByRole('link', { name: 'Adhésions' }).click();
  await secretariat.getByRole('button', { name: 'Ouvrir une candidature' }).click();
  const form = secretariat.getByRole('form', { name: 'Ouvrir une candidature' });
  await form.getByLabel('Ville ou association').selectOption({ label: city });
  await form.getByRole('button', { name: 'Ouvrir la candidature' }).click();
}

test('a city joins: documents, the opinion of the capital on its phone, the decision; the counter moves on the open page of another member', async ({
  browser,
}) => {
  test.setTimeout(180_000);
  const secretariat = await signIn(browser, product.url, 'secretariat@aimf.demo');
  const member = await signIn(browser, product.url, 'mairesse@montreal.demo');
  await member.goto('/villes');
  await member.getByRole('link', { name: 'Adhésions et sièges par État' }).click();
  const senegal = member.getByRole('complementary', { name: 'Sièges par État' }).getByRole('listitem').filter({ hasText: 'Sénégal' });
  await expect(senegal).toContainText('2/10');

  await openFor(secretariat, 'Rufisque, Sénégal');
  await expect(secretariat.getByRole('heading', { level: 1, name: 'Rufisque' })).toBeVisible();
  // The other member hears of it without a reload, and reads what members read.
  await member.getByRole('link', { name: 'Rufisque' }).click();
  await expect(member.getByText('Le secrétariat instruit le dossier.')).toBeVisible();
  await expect(member.getByRole('button', { name: 'Remettre un fichier' })).toHaveCount(0);
  for (const document of ['Lettre au président', 'Délibération du conseil', 'Dossier présenté']) {
    const state = secretariat.getByRole('group', { name: new RegExp(`État de la pièce : ${document}`) });
    await state.getByRole('button', { name: 'Accepté' }).click();
    await expect(state.getByRole('button', { name: 'Accepté' })).toHaveAttribute('aria-pressed', 'true');
  }
  await secretariat
    .locator('input[type=file]')
    .first()
    .setInputFiles({ name: 'lettre.txt', mimeType: 'text/plain', buffer: Buffer.from('Monsieur le Président,') });
  await expect(secretariat.getByRole('link', { name: 'lettre.txt' })).toBeVisible();

  // The capital answers on a phone.
  await secretariat.getByRole('button', { name: 'Demander l’avis' }).click();
  await expect(secretariat.getByText('L’avis est demandé, la réponse est attendue.')).toBeVisible();
  await expect(member.getByText('L’avis est demandé, la réponse est attendue.')).toBeVisible();
  const mayor = await signIn(browser, product.url, 'maire@dakar.demo', { size: PHONE });
  await mayor.goto(new URL(member.url()).pathname);
  const opinion = mayor.getByRole('form', { name: 'Donner votre avis' });
  await opinion.getByLabel('Avis', { exact: true }).selectOption('Réservé');
  await opinion.getByLabel('En quelques mots').fill('Après le renouvellement de sa convention avec la région.');
  await opinion.getByRole('button', { name: 'Remettre l’avis' }).click();
  await expect(secretariat.getByText('Après le renouvellement de sa convention')).toBeVisible();
  await expect(member.getByText('La capitale a donné son avis.')).toBeVisible();
  await expect(member.getByText('Après le renouvellement de sa convention')).toHaveCount(0);

  // The decision is told to members at once, and the counter moves.
  await expect(member.locator('dl.facts')).toContainText('2/10');
  const decision = secretariat.getByRole('form', { name: 'Enregistrer la décision' });
  await decision.getByLabel('Session').fill('46e Assemblée générale, Lausanne');
  await decision.getByLabel('Texte de la décision').fill('La candidature de Rufisque est acceptée.');
  await decision.getByRole('button', { name: 'Enregistrer la décision' }).click();
  const dialog = secretariat.getByRole('dialog', { name: 'Confirmez que c’est bien vous' });
  await expect(dialog.or(secretariat.getByText('46e Assemblée générale, Lausanne, ')).first()).toBeVisible();
  if (await dialog.isVisible()) {
    await dialog.getByLabel('Mot de passe').fill(PASSWORD);
    await dialog.getByRole('button', { name: 'Confirmer' }).click();
  }
  await expect(member.getByText('La candidature de Rufisque est acceptée.')).toBeVisible();
  await expect(member.locator('dl.facts')).toContainText('3/10');
  await member.goto('/villes/rufisque');
  await expect(member.getByText('Ville membre')).toBeVisible();
  await expect(member.getByRole('link', { name: /Adhésion acceptée/ })).toBeVisible();
});

test('no accessibility violation and no sideways scroll on the screens of candidatures', async ({ browser }) => {
  test.setTimeout(120_000);
  for (const [size, scheme] of [
    [PHONE, 'light'],
    [DESKTOP, 'dark'],
  ] as const) {
    const secretariat = await signIn(browser, product.url, 'secretariat@aimf.demo', { size, scheme });
    await openFor(secretariat, size === PHONE ? 'Ouidah, Bénin' : 'Parakou, Bénin');
    await expect(secretariat.getByRole('form', { name: 'Enregistrer la décision' })).toBeVisible();
    const address = new URL(secretariat.url()).pathname;
    for (const path of ['', '/adhesions']) {
      if (path) {
        await secretariat.goto(path);
        await secretariat.getByRole('button', { name: 'Ouvrir une candidature' }).click();
        await secretariat.getByLabel('Qui est candidat').selectOption('Une nouvelle organisation');
      }
      await expect(secretariat.locator('[aria-busy="true"]')).toHaveCount(0);
      expect((await new AxeBuilder({ page: secretariat }).analyze()).violations.map(({ id }) => `${path || address} ${id}`)).toEqual([]);
      expect(await secretariat.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    }
  }
});
