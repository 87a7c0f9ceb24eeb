import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { findThread, PHONE, signIn } from './people.js';
import { Product } from './server.js';

let product: Product;
test.beforeAll(async () => (product = await Product.start()));
test.afterAll(() => product.down());

/** Liège has written something that Montréal reports. */
async function reported(browser: Browser): Promise<{ author: Page; reporter: Page; thread: string }> {
  const [author, reporter] = [await signIn(browser, product.url, 'bourgmestre@liege.demo', { size: PHONE }), await signIn(browser, product.url, 'mairesse@montreal.demo')];
  const thread = await findThread(author);
  const post = crypto.randomUUID();
  await author.request.post(`/api/threads/${thread}/posts`, { data: { id: post, body: 'Notre partenaire livre des camions en huit semaines, remise pour les vingt premières communes.' } });
  await reporter.request.post('/api/reports', { data: { id: crypto.randomUUID(), targetKind: 'post', targetId: post, reason: 'advertising', text: 'C’est une offre commerciale.' } });
  return { author, reporter, thread };
}
const aCase = (page: Page) => page.getByRole('link', { name: /^Message dans/ }).first();
const field = (page: Page, name: string) => page.getByLabel(name, { exact: true });

test('a report is taken by one moderator, decided with reasons, contested by its author, answered by the other and stands in the register', async ({ browser }) => {
  const [first, second] = [await signIn(browser, product.url, 'moderation@aimf.demo'), await signIn(browser, product.url, 'moderation2@aimf.demo')];
  for (const page of [first, second]) await page.goto('/moderation');
  const { author, reporter, thread } = await reported(browser);

  await aCase(first).click();
  await first.getByRole('button', { name: 'Traiter ce dossier' }).click();
  await expect(first.getByRole('button', { name: 'Le rendre' })).toBeVisible();
  await aCase(second).click();
  await expect(second.getByText('Modération traite ce dossier.')).toBeVisible();
  await expect(second.getByRole('button', { name: 'Enregistrer la décision' })).toBeHidden();

  await field(first, 'Règle appliquée').selectOption({ label: 'Article 4. Pas d’offre commerciale dans les fils' });
  await field(first, 'Faits').fill('Le message propose une livraison et une remise, sans lien avec l’expérience d’une ville.');
  await first.getByLabel('Masquer le message').check();
  await field(first, 'Ce que l’auteur peut faire').fill('Vous pouvez raconter l’achat de votre ville, sans offre.');
  await first.getByRole('button', { name: 'Enregistrer la décision' }).click();
  await expect(first.getByText('Indiquez une durée : 1, 3, 7, 30 jours, ou définitive.')).toBeVisible();
  await field(first, 'Durée').selectOption('definitive');
  await first.getByRole('button', { name: 'Enregistrer la décision' }).click();
  await expect(first.getByRole('heading', { name: 'Décidé' })).toBeVisible();
  const posts = (await (await reporter.request.get(`/api/threads/${thread}/posts?limit=100`)).json()) as { items: { state: string }[] };
  expect(posts.items.some(({ state }) => state === 'removed')).toBe(true);

  await author.goto('/moderation/decisions');
  await expect(author.getByText('Vous pouvez raconter l’achat de votre ville, sans offre.')).toBeVisible();
  await author.getByText('Contester', { exact: true }).click();
  await field(author, 'Pourquoi contestez-vous cette décision ?').fill('Ma ville a reçu ces camions ; je racontais leur prix.');
  await author.getByRole('button', { name: 'Envoyer le recours' }).click();
  await expect(author.getByText(/^Recours envoyé/)).toBeVisible();

  await first.goto('/moderation');
  await first.getByRole('link', { name: /^Recours/ }).click();
  await expect(first.getByText('Vous avez pris la première décision : une autre personne répond au recours.')).toBeVisible();
  await second.goto('/moderation');
  await second.getByRole('link', { name: /^Recours/ }).click();
  await second.getByLabel('Accepter avec des conditions').check();
  await field(second, 'Votre réponse').fill('Le message revient ; retirez la phrase sur la remise.');
  await second.getByRole('button', { name: 'Envoyer la réponse' }).click();
  // The author's page hears of it by itself.
  await expect(author.getByText('Le message revient ; retirez la phrase sur la remise.')).toBeVisible();

  await reporter.goto('/registre');
  const line = reporter.getByRole('listitem').filter({ hasText: 'Masquer le message, Définitive' });
  await expect(line).toContainText('Article 4');
  await expect(line).toContainText('acceptée avec des conditions');
  await expect(reporter.getByRole('main')).not.toContainText('Liège');
  await reporter.goto('/moderation/decisions');
  await expect(reporter.getByRole('listitem').filter({ hasText: 'publicité' })).toContainText('Masquer');
});

test('a member finds no queue, and the screens of moderation have no accessibility violation', async ({ browser }) => {
  const { reporter } = await reported(browser);
  await reporter.goto('/moderation');
  await expect(reporter.getByRole('heading', { level: 1, name: 'Réservé à la modération' })).toBeVisible();
  const found: string[] = [];
  for (const size of [PHONE, undefined]) {
    const page = await signIn(browser, product.url, 'moderation@aimf.demo', size ? { size } : {});
    await page.goto('/moderation');
    await aCase(page).waitFor();
    const address = (await aCase(page).getAttribute('href')) ?? '';
    for (const path of ['/moderation', address, '/moderation/decisions', '/registre', '/moi/donnees']) {
      await page.goto(path);
      await expect(page.getByRole('heading', { level: 1 }).or(page.getByRole('heading', { level: 2 })).first()).toBeVisible();
      await page.waitForLoadState('networkidle');
      const { violations } = await new AxeBuilder({ page }).analyze();
      found.push(...violations.map(({ id, nodes }) => `${path}: ${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`));
      if (await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)) found.push(`${path} scrolls sideways`);
    }
  }
  expect(found).toEqual([]);
});
