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
  await writeAndReport(author, reporter, thread, 'Notre partenaire livre des camions en huit semaines, remise pour les vingt premières communes.');
  return { author, reporter, thread };
}
async function writeAndReport(author: Page, reporter: Page, thread: string, body: string): Promise<string> {
  const post = crypto.randomUUID();
  await author.request.post(`/api/threads/${thread}/posts`, { data: { id: post, body } });
  await reporter.request.post('/api/reports', { data: { id: crypto.randomUUID(), targetKind: 'post', targetId: post, reason: 'advertising', text: 'C’est une offre commerciale.' } });
  return post;
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

test('two cases are decided together for the same reasons, one of them is refused as its message has changed, and an edit is shown to its author', async ({ browser }) => {
  const { author, reporter, thread } = await reported(browser);
  const [kept, changed] = [await writeAndReport(author, reporter, thread, 'Catalogue sur demande à notre agence.'), await writeAndReport(author, reporter, thread, 'Remise pour les vingt premières communes.')];
  const page = await signIn(browser, product.url, 'moderation2@aimf.demo', { size: PHONE });
  await page.goto('/moderation?objet=post');
  await page.getByRole('button', { name: 'Choisir plusieurs' }).click();
  for (const words of ['Catalogue sur demande', 'Remise pour les vingt']) await page.getByRole('checkbox', { name: new RegExp(`« ${words}`) }).check();
  await page.getByRole('button', { name: 'Décider ensemble (2)' }).click();
  await field(page, 'Partir d’un motif préparé').selectOption({ label: 'Offre commerciale' });
  await page.getByLabel('Retirer le message').check();
  await author.request.patch(`/api/posts/${changed}`, { data: { version: 1, body: 'Nous racontons notre achat.' } });
  await page.getByRole('button', { name: 'Enregistrer 2 décisions' }).click();
  await expect(page.getByRole('heading', { name: '1 décision enregistrée sur 2' })).toBeFocused();
  await expect(page.getByRole('listitem').filter({ hasText: 'Remise pour les vingt' })).toContainText('Le contenu a changé');
  const postOf = async (id: string) => (await (await reporter.request.get(`/api/posts/${id}`)).json()) as { state: string; moderated: unknown };
  expect([(await postOf(kept)).state, (await postOf(changed)).state]).toEqual(['removed', 'visible']);
  await page.getByRole('listitem').filter({ hasText: 'Catalogue sur demande' }).getByRole('button', { name: /^Annuler/ }).click();
  await expect(page.getByText('Décision annulée.')).toBeVisible();
  expect((await postOf(kept)).state).toBe('visible');

  await page.getByRole('link', { name: /^Ouvrir/ }).click();
  await page.getByLabel('Modifier le texte').check();
  await expect(field(page, 'Texte qui remplace')).toHaveValue('Nous racontons notre achat.');
  await field(page, 'Texte qui remplace').fill('Notre ville a acheté ces camions en mars.');
  await field(page, 'Partir d’un motif préparé').selectOption({ label: 'Offre commerciale' });
  await page.getByLabel('Modifier le texte').check();
  await page.getByRole('button', { name: 'Enregistrer la décision' }).click();
  await expect(page.getByRole('heading', { name: 'Décidé' })).toBeVisible();
  await author.goto(`/fils/${thread}`);
  const post = author.getByRole('article').filter({ hasText: 'Notre ville a acheté ces camions en mars.' });
  await expect(post).toContainText('modifié par la modération');
  await post.getByRole('button', { name: 'Autres actions sur ce message' }).click();
  await author.getByRole('button', { name: 'Historique' }).click();
  await expect(author.getByRole('dialog')).toContainText('Nous racontons notre achat.');
  await author.goto('/moderation/decisions');
  await expect(author.getByText('Notre ville a acheté ces camions en mars.')).toBeVisible();
});

test('a moderator opens a case on somebody else’s message from its menu, which removes nothing, and another moderator decides', async ({ browser }) => {
  const [author, first, second] = [await signIn(browser, product.url, 'bourgmestre@liege.demo'), await signIn(browser, product.url, 'moderation@aimf.demo', { size: PHONE }), await signIn(browser, product.url, 'moderation2@aimf.demo')];
  const thread = await findThread(author);
  const post = crypto.randomUUID();
  const { position } = (await (await author.request.post(`/api/threads/${thread}/posts`, { data: { id: post, body: 'Un message qu’un modérateur trouve déplacé.' } })).json()) as { position: number };
  await first.goto(`/fils/${thread}#m${position}`);
  await first.locator(`#m${position}`).getByRole('button', { name: 'Autres actions sur ce message' }).click();
  await expect(first.getByRole('button', { name: 'Supprimer' })).toBeHidden();
  await first.getByRole('button', { name: 'Ouvrir un dossier' }).click();
  await first.getByRole('dialog').getByRole('button', { name: 'Signaler', exact: true }).click();
  await expect(first.getByText('Signalement transmis à la modération.')).toBeVisible();
  const { items } = (await (await first.request.get('/api/moderation/cases')).json()) as { items: { id: string; target: { id: string } }[] };
  const one = items.find(({ target }) => target.id === post)?.id ?? '';
  await first.goto(`/moderation/${one}`);
  await expect(first.getByText('Vous avez signalé cela vous-même : une autre personne décide.')).toBeVisible();
  await second.goto(`/moderation/${one}`);
  await expect(second.getByRole('button', { name: 'Traiter ce dossier' })).toBeVisible();
});

test('a function shown by a city is reported on its page, corrected by moderation and told to whoever reported it', async ({ browser }) => {
  const reporter = await signIn(browser, product.url, 'mairesse@montreal.demo', { size: PHONE });
  await reporter.goto('/villes/bangangte');
  await reporter.getByRole('button', { name: 'Signaler, Services techniques' }).click();
  await reporter.getByLabel('Information fausse').check();
  await reporter.getByRole('dialog').getByRole('button', { name: 'Signaler', exact: true }).click();
  await expect(reporter.getByText('Signalement transmis à la modération.')).toBeVisible();

  const page = await signIn(browser, product.url, 'moderation@aimf.demo');
  await page.goto('/moderation');
  await page.getByRole('link', { name: /^Profil « Services techniques, Bangangté »/ }).click();
  await field(page, 'Règle appliquée').selectOption({ index: 5 });
  await field(page, 'Faits').fill('La ville a donné un autre nom à ce service.');
  await page.getByLabel('Corriger la fonction').check();
  await field(page, 'Texte qui remplace').fill('Direction technique');
  await field(page, 'Ce que l’auteur peut faire').fill('Vous pouvez demander une autre formulation.');
  await page.getByRole('button', { name: 'Enregistrer la décision' }).click();
  await expect(page.getByRole('heading', { name: 'Décidé' })).toBeVisible();
  await reporter.goto('/villes/bangangte');
  await expect(reporter.getByText('Direction technique', { exact: true })).toBeVisible();
  await reporter.goto('/moderation/decisions');
  await expect(reporter.getByRole('listitem').filter({ hasText: 'Profil' })).toContainText('Corriger la fonction');
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
    for (const path of ['/moderation', address, '/moderation/motifs', '/moderation/decisions', '/registre', '/registre/regles', '/moi/donnees']) {
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
