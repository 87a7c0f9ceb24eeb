import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { findThread, PHONE, signIn } from './people.js';
import { Product } from './server.js';

let product: Product;
test.beforeAll(async () => (product = await Product.start()));
test.afterAll(() => product.down());

const field = (page: Page, name: string) => page.getByLabel(name, { exact: true });

/** A rule written, tried and put in force on the screen. */
async function makeRule(moderator: Page, { name, terms, action }: { name: string; terms: string; action: string }): Promise<void> {
  await moderator.goto('/moderation/regles-de-veille');
  await moderator.getByRole('link', { name: 'Nouvelle règle' }).click();
  await field(moderator, 'Nom de la règle').fill(name);
  await field(moderator, 'Mots et expressions').fill(terms);
  await moderator.getByLabel(action).check();
  await moderator.getByRole('button', { name: 'Enregistrer' }).click();
  await expect(moderator.getByRole('button', { name: 'Mettre en vigueur' })).toBeHidden();
  await moderator.getByRole('button', { name: 'Essayer', exact: true }).click();
  await expect(moderator.getByText(/aurai(?:en)?t été repérés? sur/)).toBeVisible();
  await moderator.getByRole('button', { name: 'Mettre en vigueur' }).click();
  await expect(moderator.getByText('En vigueur').first()).toBeVisible();
}

async function write(author: Page, thread: string, text: string): Promise<void> {
  await author.goto(`/fils/${thread}`);
  await author.locator('#reply').fill(text);
  await author.getByRole('button', { name: 'Envoyer', exact: true }).click();
}

test('a rule is tried and put in force, a message is held, a moderator lets it through, and it appears live to another member', async ({ browser }) => {
  const [moderator, author, reader] = [
    await signIn(browser, product.url, 'moderation@aimf.demo'),
    await signIn(browser, product.url, 'bourgmestre@liege.demo', { size: PHONE }),
    await signIn(browser, product.url, 'mairesse@montreal.demo'),
  ];
  const thread = await findThread(author);
  await makeRule(moderator, { name: 'Offres commerciales', terms: 'brimborion*\nremise exceptionnelle', action: 'Le retenir jusqu’à une lecture' });

  await reader.goto(`/fils/${thread}`);
  await moderator.goto('/moderation');
  await write(author, thread, 'Un brimborion pour toutes les communes.');
  const waiting = author.getByText('En attente d’une lecture par la modération');
  await expect(waiting).toBeVisible();
  await expect(author.getByText('Règle : Offres commerciales (brimborion).')).toBeVisible();
  await author.reload();
  await expect(waiting).toBeVisible();
  await expect(reader.getByText('Un brimborion pour toutes les communes.')).toBeHidden();

  // The queue of the moderator hears of it by itself.
  await moderator.getByRole('link', { name: /Texte retenu/ }).click();
  await expect(moderator.locator('mark', { hasText: 'brimborion' })).toBeVisible();
  await moderator.getByRole('button', { name: 'Laisser paraître' }).click();
  await expect(reader.getByText('Un brimborion pour toutes les communes.')).toBeVisible();
  await expect(waiting).toBeHidden();
  await expect(author.getByText('Un brimborion pour toutes les communes.')).toBeVisible();
});

test('a rule that asks tells its name before anything is sent, and what is sent all the same waits', async ({ browser }) => {
  const [moderator, author] = [await signIn(browser, product.url, 'moderation@aimf.demo'), await signIn(browser, product.url, 'maire@dakar.demo', { size: PHONE })];
  await makeRule(moderator, { name: 'Ton des échanges', terms: 'ridicule', action: 'Demander à l’auteur de relire' });
  await write(author, await findThread(author), 'C’est ridicule.');
  await expect(author.getByText('Règle : Ton des échanges (ridicule).')).toBeVisible();
  await author.getByRole('button', { name: 'Envoyer quand même' }).click();
  await expect(author.getByText('En attente d’une lecture par la modération')).toBeVisible();
  await author.getByRole('button', { name: 'Retirer' }).click();
  await author.getByRole('group').getByRole('button', { name: 'Retirer' }).click();
  await expect(author.getByText('En attente d’une lecture par la modération')).toBeHidden();
});

test('the screens of watch rules have no accessibility violation', async ({ browser }) => {
  const found: string[] = [];
  for (const size of [PHONE, undefined]) {
    const page = await signIn(browser, product.url, 'moderation@aimf.demo', size ? { size } : {});
    for (const path of ['/moderation/regles-de-veille', '/moderation/regles-de-veille/nouvelle']) {
      await page.goto(path);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expect(page.getByRole('main').getByRole(path.endsWith('nouvelle') ? 'button' : 'link').first()).toBeVisible();
      const { violations } = await new AxeBuilder({ page }).analyze();
      found.push(...violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${path}: ${id}: ${html}`)));
    }
  }
  expect(found).toEqual([]);
});
