import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { linkTo } from './mails.js';
import { DESKTOP, findThread, PASSWORD, PHONE, reply, signIn } from './people.js';
import { Product } from './server.js';

let product: Product;
test.beforeAll(async () => (product = await Product.start()));
test.afterAll(() => product.down());

const STYLED = 'Monsieur le Maire de Dakar';
const MENTION = `par délégation de ${STYLED}`;

/** Presses a button of an act that may ask who acts. */
async function act(page: Page, button: string, done: string): Promise<void> {
  await page.getByRole('button', { name: button }).click();
  const dialog = page.getByRole('dialog', { name: 'Confirmez que c’est bien vous' });
  await expect(dialog.or(page.getByText(done)).first()).toBeVisible();
  if (await dialog.isVisible()) {
    await dialog.getByLabel('Mot de passe').fill(PASSWORD);
    await dialog.getByRole('button', { name: 'Confirmer' }).click();
  }
  await expect(page.getByText(done).first()).toBeVisible();
}

const article = (page: Page, text: string) => page.getByRole('article').filter({ hasText: text });

test('a mayor delegates by phone for one theme; the cabinet speaks so, others see it live; withdrawn, the next act is refused in words', async ({ browser }) => {
  test.setTimeout(180_000);
  const mayor = await signIn(browser, product.url, 'maire@dakar.demo', { size: PHONE });
  await mayor.goto('/moi');
  await mayor.getByRole('link', { name: 'Voir et donner des délégations' }).click();
  await mayor.getByLabel('À qui').selectOption({ label: 'Cabinet, Dakar' });
  await mayor.getByRole('button', { name: 'Eau et assainissement' }).click();
  await mayor.getByLabel('Comment vous nommer').fill(STYLED);
  await act(mayor, 'Donner cette délégation', 'La délégation est donnée.');
  const given = mayor.getByRole('main').getByRole('listitem').filter({ hasText: 'Agir et signer en votre nom' });
  await expect(given).toContainText('En cours');
  await expect(given).toContainText('Eau et assainissement');

  // The cabinet and another mayor have the same thread open.
  const cabinet = await signIn(browser, product.url, 'cabinet@dakar.demo');
  const thread = await findThread(cabinet);
  const other = await signIn(browser, product.url, 'mairesse@montreal.demo', { size: PHONE });
  for (const page of [cabinet, other]) await page.goto(`/fils/${thread}`);
  await expect(other.getByLabel('Votre réponse')).toBeVisible();
  await cabinet.getByLabel('Votre réponse').fill('Dakar ouvrira ses plans de réseau.');
  await cabinet.getByLabel('Vous écrivez').selectOption({ label: MENTION });
  await cabinet.getByRole('button', { name: 'Envoyer' }).click();
  await expect(article(other, 'plans de réseau')).toContainText(MENTION);
  await expect(article(other, 'plans de réseau')).toContainText('Cabinet');
  // The next words are one's own again, until one says otherwise.
  await reply(cabinet, 'Le cabinet précise les dates.');
  await expect(article(other, 'précise les dates')).toBeVisible();
  await expect(article(other, 'précise les dates')).not.toContainText('par délégation');

  // Chosen, then withdrawn while it is chosen: the words don't leave, and say why.
  await cabinet.getByLabel('Votre réponse').fill('Une dernière promesse au nom du maire.');
  await cabinet.getByLabel('Vous écrivez').selectOption({ label: MENTION });
  await given.getByRole('button', { name: 'Retirer' }).click();
  await given.getByRole('group').getByRole('button', { name: 'Retirer' }).click();
  await expect(given).toContainText('Terminée');
  await expect(cabinet.getByLabel('Vous écrivez').locator('option:checked')).toHaveText('Une délégation qui n’est plus en vigueur');
  await cabinet.getByRole('button', { name: 'Envoyer' }).click();
  await expect(cabinet.getByText('La délégation n’est plus en vigueur')).toBeVisible();
  await expect(article(other, 'dernière promesse')).toHaveCount(0);
  await cabinet.getByRole('button', { name: 'Envoyer en mon nom' }).click();
  await expect(article(other, 'dernière promesse')).toBeVisible();
  await expect(article(other, 'dernière promesse')).not.toContainText('par délégation');
  await expect(article(other, 'plans de réseau')).toContainText(MENTION);
});

test('the secretariat records a mayor without access and speaks for them, always shown as such', async ({ browser }) => {
  test.setTimeout(120_000);
  const secretariat = await signIn(browser, product.url, 'secretariat@aimf.demo');
  await secretariat.goto('/administration');
  await secretariat.getByRole('link', { name: 'Personnes sans accès' }).click();
  await secretariat.getByRole('button', { name: 'Consigner une personne sans accès' }).click();
  const form = secretariat.getByRole('form', { name: 'Consigner une personne sans accès' });
  await form.getByLabel('Ville ou association').selectOption({ label: 'Cotonou, Bénin' });
  await form.getByLabel('Fonction').fill('Maire empêché');
  await form.getByLabel('Nom affiché').fill('Maire empêché');
  await act(secretariat, 'Consigner', 'Enregistré');
  await secretariat.getByLabel('Nom, fonction ou ville').fill('empêché');
  const row = secretariat.getByRole('main').getByRole('listitem').filter({ hasText: 'Maire empêché' });
  await row.getByRole('button', { name: 'Écrire pour elle' }).click();
  await row.getByLabel('Par quelle autorité').fill('Lettre du maire reçue le 3 novembre, gardée au secrétariat.');
  await row.getByLabel('Comment la nommer').fill('Monsieur le Maire de Cotonou');
  await act(secretariat, 'Ouvrir ce droit', 'Lettre du maire reçue le 3 novembre');
  const thread = await findThread(secretariat);
  await secretariat.goto(`/fils/${thread}`);
  await secretariat.getByLabel('Votre réponse').fill('Cotonou souhaite participer.');
  await secretariat.getByLabel('Vous écrivez').selectOption({ label: 'par le secrétariat, pour Monsieur le Maire de Cotonou' });
  await secretariat.getByRole('button', { name: 'Envoyer' }).click();
  const reader = await signIn(browser, product.url, 'bourgmestre@liege.demo', { size: PHONE });
  await reader.goto(`/fils/${thread}`);
  await expect(article(reader, 'souhaite participer')).toContainText('par le secrétariat, pour Monsieur le Maire de Cotonou');
});

test('a city’s mailbox counts once its reader has pressed the button of the mailed link', async ({ browser }) => {
  const mayor = await signIn(browser, product.url, 'bourgmestre@liege.demo', { size: PHONE });
  await mayor.goto('/moi');
  await mayor.getByRole('link', { name: 'La boîte qui reçoit' }).click();
  await mayor.getByLabel('Adresse de la boîte').fill('cabinet@ville.exemple');
  await act(mayor, 'Envoyer le lien de confirmation', 'Un lien de confirmation y a été envoyé');
  const address = await linkTo(product.folder, 'cabinet@ville.exemple', '/public/boite?token=');
  const clerk = await (await browser.newContext({ viewport: PHONE, baseURL: product.url })).newPage();
  await clerk.goto(address);
  await clerk.getByRole('button', { name: 'Confirmer cette boîte' }).click();
  await expect(clerk.getByRole('heading', { name: 'C’est confirmé' })).toBeVisible();
  await expect(mayor.getByText('Elle reçoit les lettres et les avis')).toBeVisible();
  await clerk.goto(address);
  await clerk.getByRole('button', { name: 'Confirmer cette boîte' }).click();
  await expect(clerk.getByText('Ce lien a déjà servi')).toBeVisible();
});

test('no accessibility violation and no sideways scroll on the screens of delegations', async ({ browser }) => {
  test.setTimeout(120_000);
  for (const [size, scheme] of [
    [PHONE, 'light'],
    [DESKTOP, 'dark'],
  ] as const) {
    const mayor = await signIn(browser, product.url, 'bourgmestre@liege.demo', { size, scheme });
    const secretariat = await signIn(browser, product.url, 'secretariat@aimf.demo', { size, scheme });
    for (const [page, path] of [
      [mayor, '/delegations'],
      [mayor, '/boite'],
      [secretariat, '/administration/sans-acces'],
    ] as const) {
      await page.goto(path);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
      expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => `${path} ${id}`)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    }
  }
});
