import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import { DESKTOP, findThread, PASSWORD, PHONE, reply, signIn } from './people.js';
import { Product } from './server.js';

let product: Product;
test.beforeAll(async () => (product = await Product.start()));
test.afterAll(() => product.down());

const composer = (page: Page) => page.getByLabel('Votre réponse');
const who = (page: Page) => page.locator('.who');

async function signInAgain(page: Page, email: string, { shared = false } = {}): Promise<void> {
  await page.goto('/connexion');
  await page.getByLabel('Adresse électronique').fill(email);
  await page.getByLabel('Mot de passe').fill(PASSWORD);
  if (shared) await page.getByLabel('Cet appareil est partagé').check();
  await page.getByRole('button', { name: 'Se connecter' }).click();
  await expect(page).toHaveURL(`${product.url}/`);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
}

async function openThread(page: Page, thread: string): Promise<void> {
  await page.goto(`/fils/${thread}`);
  await expect(composer(page)).toBeVisible();
}

async function openEdit(page: Page): Promise<void> {
  const own = page.getByRole('article').filter({ hasText: 'Un message à corriger' });
  await own.getByRole('button', { name: 'Autres actions sur ce message' }).click();
  await page.getByRole('button', { name: 'Modifier' }).click();
}

/** Replies can't leave; everything else can. */
const holdReplies = (context: BrowserContext) =>
  context.route('**/api/threads/*/posts', (route) => (route.request().method() === 'POST' ? route.abort() : route.continue()));

/** What the device holds of texts. */
const onDevice = (page: Page) =>
  page.evaluate(async () => {
    const db = await new Promise<IDBDatabase>((done) => {
      const opening = indexedDB.open('passerelle');
      opening.onsuccess = () => done(opening.result);
    });
    const all = (store: string) =>
      new Promise<unknown[]>((done) => {
        const asking = db.transaction(store).objectStore(store).getAll();
        asking.onsuccess = () => done(asking.result as unknown[]);
      });
    return JSON.stringify([await all('outbox'), await all('drafts'), await all('kept')]);
  });

test('a shared device warns before it loses a text, and shows the next account nothing', async ({ browser }) => {
  const context = await browser.newContext({ viewport: DESKTOP, baseURL: product.url });
  const page = await context.newPage();
  await signInAgain(page, 'maire@dakar.demo', { shared: true });
  const thread = await findThread(page);
  await holdReplies(context);
  await openThread(page, thread);
  await reply(page, 'Un envoi du maire de Dakar');
  await expect(page.getByRole('article').filter({ hasText: 'Un envoi du maire de Dakar' })).toContainText('En attente');
  await composer(page).fill('Un brouillon du maire de Dakar');
  await expect(page.getByText('Brouillon enregistré', { exact: true })).toBeVisible();

  // The second tab knows that the device is shared, too.
  const second = await context.newPage();
  await second.goto('/moi');
  await second.getByRole('button', { name: 'Se déconnecter', exact: true }).click();
  const warning = second.getByRole('dialog');
  await expect(warning).toContainText('Un envoi du maire de Dakar');
  await expect(warning).not.toContainText('Un brouillon du maire de Dakar');
  await warning.getByRole('button', { name: 'Rester connecté' }).click();
  await expect(warning).toBeHidden();
  await second.getByRole('button', { name: 'Se déconnecter', exact: true }).click();
  await warning.getByRole('button', { name: 'Effacer et se déconnecter' }).click();
  await expect(second).toHaveURL(/connexion/);
  await expect(page).toHaveURL(/connexion/);
  expect(await onDevice(second)).not.toContain('Dakar');

  await signInAgain(second, 'bourgmestre@liege.demo');
  await openThread(second, thread);
  await expect(composer(second)).toHaveValue('');
  await expect(second.getByText('du maire de Dakar')).toHaveCount(0);
  await expect(who(second)).toContainText('Tout est enregistré');
  const drafts = await (await second.request.get('/api/drafts')).text();
  expect(drafts).not.toContain('Dakar');
});

test('on a device of one person what waits stays for the next visit, unseen by others', async ({ browser }) => {
  const page = await signIn(browser, product.url, 'maire@dakar.demo');
  const thread = await findThread(page);
  await holdReplies(page.context());
  await openThread(page, thread);
  await reply(page, 'Un envoi qui attend son auteur');
  await expect(page.getByRole('article').filter({ hasText: 'Un envoi qui attend son auteur' })).toContainText('En attente');
  await page.goto('/moi');
  await expect(page.getByText('Ils partiront à votre prochaine connexion')).toBeVisible();
  await page.getByRole('button', { name: 'Se déconnecter', exact: true }).click();
  await expect(page).toHaveURL(/connexion/);

  await page.context().unrouteAll();
  await signInAgain(page, 'bourgmestre@liege.demo');
  await openThread(page, thread);
  await expect(page.getByText('Un envoi qui attend son auteur')).toHaveCount(0);
  await expect(who(page)).toContainText('Tout est enregistré');

  await signInAgain(page, 'maire@dakar.demo');
  await openThread(page, thread);
  const arrived = page.getByRole('article').filter({ hasText: 'Un envoi qui attend son auteur' });
  await expect(arrived.getByRole('button', { name: 'Merci' })).toBeVisible({ timeout: 20_000 });
  await expect(arrived).toContainText('Maire de Dakar');
});

test('a tab neither shows nor acts as the old account once another tab signs somebody else in', async ({ browser }) => {
  const old = await signIn(browser, product.url, 'maire@dakar.demo');
  const thread = await findThread(old);
  await openThread(old, thread);
  await composer(old).fill('Commencé à Dakar');
  const other = await old.context().newPage();
  await signInAgain(other, 'bourgmestre@liege.demo');
  await expect(who(old)).toContainText('Liège', { timeout: 10_000 });
  await expect(composer(old)).toHaveValue('');
  await expect(old.getByText('Commencé à Dakar')).toHaveCount(0);
  expect(await (await other.request.get('/api/drafts')).text()).not.toContain('Commencé à Dakar');

  // Whose text it is finds it again.
  await signInAgain(other, 'maire@dakar.demo');
  await openThread(other, thread);
  await expect(composer(other)).toHaveValue('Commencé à Dakar');
});

test('two drafts of one thread in two tabs: after a reload one goes on and the other is offered', async ({ browser }) => {
  const one = await signIn(browser, product.url, 'mairesse@montreal.demo');
  const two = await one.context().newPage();
  const thread = await findThread(one);
  await openThread(one, thread);
  await openThread(two, thread);
  await composer(one).fill('La première version');
  await expect(one.getByText('Brouillon enregistré', { exact: true })).toBeVisible();
  await composer(two).fill('La deuxième version');
  await expect(two.getByRole('alert')).toContainText('La première version');
  for (const page of [two, one]) {
    await page.reload();
    await expect(composer(page)).toHaveValue('La deuxième version');
    await expect(page.getByRole('alert')).toContainText('La première version');
  }
  await one.getByRole('button', { name: 'Mettre les deux bout à bout' }).click();
  await expect(composer(one)).toHaveValue('La deuxième version\n\nLa première version');
  await expect(one.getByText('Brouillon enregistré', { exact: true })).toBeVisible();
  await one.reload();
  await expect(composer(one)).toHaveValue('La deuxième version\n\nLa première version');
  await expect(one.getByRole('alert')).toHaveCount(0);
});

test('a new version is announced once it answers, and the reload keeps what is being written', async ({ browser }) => {
  const page = await signIn(browser, product.url, 'mairesse@montreal.demo', { size: PHONE });
  const edit = page.getByRole('textbox', { name: 'Modifier' });
  const [, thread] = await page.request
    .get('/api/threads?space=eau-assainissement&status=open&limit=2')
    .then(async (answer) => ((await answer.json()) as { items: { id: string }[] }).items.map(({ id }) => id));
  await openThread(page, thread ?? '');
  await reply(page, 'Un message à corriger');
  await openEdit(page);
  const announced = page.getByText('Une nouvelle version de Passerelle est prête');
  await expect(announced).toBeHidden();
  await page.route('**/api/drafts**', async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, headers: { ...answer.headers(), 'x-passerelle-version': 'newer' } });
  });
  await composer(page).fill('Un texte en cours');
  await expect(announced).toBeVisible();
  const [note, area] = [await page.locator('.toast').boundingBox(), await page.locator('.dock').boundingBox()];
  expect((note?.y ?? 0) + (note?.height ?? 0)).toBeLessThan(area?.y ?? 0);
  await page.unrouteAll();
  await edit.fill('Un message que l’on corrige');
  await page.getByRole('button', { name: 'Recharger' }).click();
  await expect(announced).toBeHidden();
  await expect(composer(page)).toHaveValue('Un texte en cours');
  await openEdit(page);
  await expect(edit).toHaveValue('Un message que l’on corrige');
});

test('the library narrows by standing, with the counts of what is left, and its map tells where practices went', async ({ browser }) => {
  const page = await signIn(browser, product.url, 'cabinet@dakar.demo');
  await page.goto('/pratiques');
  const panel = page.getByRole('complementary', { name: 'Affiner' });
  await panel.getByText('État de la fiche').click();
  await panel.getByText('Avis d’expert').click();
  await expect(panel.getByRole('checkbox', { name: 'Pas encore validée 40' })).toBeVisible();
  await panel.getByRole('checkbox', { name: 'Publique 40' }).check();
  await panel.getByRole('checkbox', { name: 'Eau et assainissement 5' }).check();
  await expect(page.getByRole('status').filter({ hasText: '5 pratiques sur 40' })).toBeVisible();
  await expect(panel.getByRole('checkbox', { name: 'Publique 5' })).toBeChecked();
  await page.getByRole('button', { name: 'Carte' }).click();
  await expect(page.locator('.map .arc').first()).toBeAttached();
  await expect(page.getByRole('link', { name: 'Yaoundé → Hué' })).toBeVisible();
  await expect(page.getByText('Dakar → Praia')).toHaveCount(0);
});

test('opening a thread leaves no error in the console', async ({ browser }) => {
  const page = await signIn(browser, product.url, 'technique@bangangte.demo');
  const errors: string[] = [];
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  await openThread(page, await findThread(page));
  await page.waitForLoadState('networkidle');
  expect(errors).toEqual([]);
});

test('a guest finds the way to the one space, and a phone the chosen filter', async ({ browser }) => {
  const guest = await signIn(browser, product.url, 'expert@partenaire.demo', { size: { width: 360, height: 740 } });
  await guest.getByRole('link', { name: 'Commission permanente Villes durables' }).click();
  await expect(guest).toHaveURL(/echanges\/commission-villes-durables/);
  await guest.goto('/echanges?filter=mine');
  await expect(guest.getByRole('link', { name: 'Les miens' })).toBeInViewport({ ratio: 1 });
  await expect(guest.getByText('Aucun fil de votre part')).toBeVisible();
});
