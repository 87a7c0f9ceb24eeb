import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { DESKTOP, findThread, PASSWORD, PHONE, reply, signIn } from './people.js';
import { Product } from './server.js';

let product: Product;
test.beforeAll(async () => (product = await Product.start()));
test.afterAll(() => product.down());

const DRAFT = 'Des citernes de quartier avant la saison sèche';
const WORDS = 'La convention avec le district attend une signature avant le 15.';
const YESTERDAY = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);

/** Does an act that asks who acts. */
async function act(secretariat: Page, button: string): Promise<void> {
  await secretariat.getByRole('button', { name: button }).click();
  const dialog = secretariat.getByRole('dialog', { name: 'Confirmez que c’est bien vous' });
  const done = secretariat.getByText('C’est fait. La personne est prévenue.');
  await expect(dialog.or(done).first()).toBeVisible();
  if (await dialog.isVisible()) {
    await dialog.getByLabel('Mot de passe').fill(PASSWORD);
    await dialog.getByRole('button', { name: 'Confirmer' }).click();
  }
  await expect(secretariat.getByRole('button', { name: button })).toBeHidden();
}

const openMayor = async (secretariat: Page) => {
  await secretariat.goto('/administration');
  await secretariat.getByRole('link', { name: 'Personnes et mandats' }).click();
  await secretariat.getByLabel('Nom, fonction, ville ou adresse').fill('maire@dakar');
  await expect(secretariat.getByRole('listitem').filter({ hasText: 'Dakar' })).toHaveCount(1);
  await secretariat.getByRole('main').getByRole('listitem').getByRole('link').click();
  await expect(secretariat.getByRole('heading', { name: 'Mandats' })).toBeVisible();
};

test('a mandate ends: its rights close live, its author keeps the signature, the successor takes over what is under way', async ({
  browser,
}) => {
  test.setTimeout(180_000);
  const mayor = await signIn(browser, product.url, 'maire@dakar.demo');
  const thread = await findThread(mayor);
  await mayor.goto(`/fils/${thread}`);
  await reply(mayor, 'Nous apportons les plans des citernes.');
  await expect(mayor.getByRole('article').filter({ hasText: 'plans des citernes' })).toContainText('Maire');
  await mayor.goto('/pratiques/nouvelle');
  await mayor.getByRole('textbox', { name: 'Titre' }).fill(DRAFT);
  await mayor.getByRole('textbox', { name: 'Titre' }).blur();
  await expect.poll(async () => (await (await mayor.request.get('/api/practice-tasks')).text()).includes(DRAFT)).toBe(true);

  // The secretariat names who follows; the mayor leaves a word.
  const secretariat = await signIn(browser, product.url, 'secretariat@aimf.demo');
  await openMayor(secretariat);
  await secretariat.getByRole('button', { name: 'Désigner qui succède' }).click();
  await secretariat.getByLabel('Qui succède').selectOption({ index: 0 });
  await secretariat.getByRole('button', { name: 'Désigner', exact: true }).click();
  await expect(secretariat.getByText('La reprise est attendue.')).toBeVisible();
  await mayor.goto('/passation');
  await expect(mayor.getByRole('link', { name: DRAFT })).toBeVisible();
  await mayor.getByLabel('Votre mot pour qui reprend').fill(WORDS);
  await mayor.getByRole('button', { name: 'Enregistrer le mot' }).click();
  await expect(mayor.locator('#contenu').getByText('Enregistré')).toBeVisible();

  // The end, while the thread is open on the mayor's screen.
  await mayor.goto(`/fils/${thread}`);
  await expect(mayor.getByLabel('Votre réponse')).toBeVisible();
  await secretariat.getByRole('button', { name: 'Mettre fin' }).click();
  await secretariat.getByLabel('Dernier jour').fill(YESTERDAY);
  await act(secretariat, 'Fixer la fin');
  await expect(secretariat.getByText('Terminé', { exact: true })).toBeVisible();
  await expect(mayor.getByLabel('Votre réponse')).toBeHidden();
  expect((await mayor.request.get(`/api/threads/${thread}`)).status()).not.toBe(200);

  // On the successor's phone: a task at home, what is under way, taken over with one press.
  const successor = await signIn(browser, product.url, 'cabinet@dakar.demo', { size: PHONE });
  await successor.getByRole('link', { name: '1 passation vous attend' }).click();
  await expect(successor.getByText(WORDS)).toBeVisible();
  await successor.getByRole('button', { name: 'Reprendre', exact: true }).click();
  await expect(successor.getByRole('main').getByText('Reprise : aujourd’hui')).toBeVisible();
  await expect(successor.getByRole('button', { name: 'Reprendre', exact: true })).toBeHidden();
  await successor.getByRole('link', { name: DRAFT }).click();
  await expect(successor.getByRole('heading', { name: DRAFT })).toBeVisible();
  await successor
    .getByRole('link', { name: /Modifier|Continuer/ })
    .first()
    .click();
  await expect(successor.getByRole('main').getByRole('group').filter({ hasText: DRAFT })).toBeVisible();
  await successor.goto(`/fils/${thread}`);
  await expect(successor.getByRole('article').filter({ hasText: 'plans des citernes' })).toContainText('Maire');
  await reply(successor, 'Le cabinet reprend ce dossier.');
  await expect(successor.getByRole('article').filter({ hasText: 'reprend ce dossier' })).toContainText('Cabinet');
});

test('a mandate is suspended with a reason and reinstated; what somebody else did meanwhile is not written over', async ({ browser }) => {
  const [one, two] = [
    await signIn(browser, product.url, 'secretariat@aimf.demo'),
    await signIn(browser, product.url, 'secretariat@aimf.demo'),
  ];
  for (const page of [one, two]) {
    await page.goto('/administration/personnes?q=bangangte');
    await page.getByRole('main').getByRole('listitem').getByRole('link').click();
    await page.getByRole('button', { name: 'Suspendre', exact: false }).first().click();
    await page.getByLabel('Motif').fill('Délégation spéciale');
  }
  await act(one, 'Suspendre ce mandat');
  await expect(one.getByText('Suspendu', { exact: true })).toBeVisible();
  await expect(one.getByText('Délégation spéciale')).toBeVisible();
  await two.getByRole('button', { name: 'Suspendre ce mandat' }).click();
  await expect(two.getByText('La situation a changé entre-temps')).toBeVisible();
  await one.getByRole('button', { name: 'Rétablir' }).click();
  await act(one, 'Rétablir ce mandat');
  await expect(one.getByText('En cours', { exact: true })).toBeVisible();
});

test('no accessibility violation and no sideways scroll on the screens of people and hand-overs', async ({ browser }) => {
  test.setTimeout(120_000);
  for (const [size, scheme] of [
    [PHONE, 'light'],
    [DESKTOP, 'dark'],
  ] as const) {
    const secretariat = await signIn(browser, product.url, 'secretariat@aimf.demo', { size, scheme });
    const successor = await signIn(browser, product.url, 'cabinet@dakar.demo', { size, scheme });
    await openMayor(secretariat);
    await secretariat.getByRole('button', { name: 'Ajouter un mandat' }).click();
    const address = new URL(secretariat.url()).pathname;
    for (const [page, path] of [
      [secretariat, ''],
      [secretariat, '/administration/personnes'],
      [successor, '/passation'],
    ] as const) {
      if (path) await page.goto(path);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
      expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => `${path || address} ${id}`)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    }
  }
});
