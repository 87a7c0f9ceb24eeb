import { expect, test } from '@playwright/test';
import { findThread, PHONE, reply, signIn } from './people.js';
import { Product } from './server.js';

let product: Product;
test.beforeAll(async () => (product = await Product.start()));
test.afterAll(() => product.down());

test('two people live in one thread: post, reaction and edit arrive without reload', async ({ browser }) => {
  const dakar = await signIn(browser, product.url, 'maire@dakar.demo');
  const liege = await signIn(browser, product.url, 'bourgmestre@liege.demo', { size: PHONE });
  const thread = await findThread(dakar);
  await dakar.goto(`/fils/${thread}`);
  await liege.goto(`/fils/${thread}`);
  await expect(liege.getByLabel('Votre réponse')).toBeVisible();

  await reply(dakar, 'Un message écrit à **Dakar**, lu à Liège.');
  const arrived = liege.getByRole('article').filter({ hasText: 'Un message écrit à Dakar' });
  await expect(arrived).toBeVisible();
  await expect(arrived.locator('strong')).toHaveText('Dakar');

  await arrived.getByRole('button', { name: 'Merci' }).click();
  const own = dakar.getByRole('article').filter({ hasText: 'Un message écrit à Dakar' });
  await expect(own.getByRole('button', { name: /Merci/ })).toContainText('1');

  await own.getByRole('button', { name: 'Autres actions sur ce message' }).click();
  await dakar.getByRole('button', { name: 'Modifier' }).click();
  await dakar.getByRole('textbox', { name: 'Modifier' }).fill('Un message corrigé à Dakar.');
  await dakar.getByRole('button', { name: 'Enregistrer' }).click();
  await expect(liege.getByRole('article').filter({ hasText: 'Un message corrigé à Dakar' })).toBeVisible();
});

test('a reader who was away catches up by cursor, in order and once', async ({ browser }) => {
  const dakar = await signIn(browser, product.url, 'maire@dakar.demo');
  const montreal = await signIn(browser, product.url, 'mairesse@montreal.demo');
  const thread = await findThread(dakar);
  await dakar.goto(`/fils/${thread}`);
  await montreal.goto(`/fils/${thread}`);
  await expect(montreal.getByLabel('Votre réponse')).toBeVisible();
  await montreal.context().setOffline(true);
  for (const n of [1, 2, 3]) {
    await reply(dakar, `Pendant votre absence, ${n}`);
    await expect(
      dakar
        .getByRole('article')
        .filter({ hasText: `Pendant votre absence, ${n}` })
        .getByRole('button', { name: 'Merci' }),
    ).toBeVisible();
  }
  await montreal.context().setOffline(false);
  await expect(montreal.getByRole('article').filter({ hasText: 'Pendant votre absence, 3' })).toBeVisible({ timeout: 40_000 });
  const texts = await montreal.getByRole('article').filter({ hasText: 'Pendant votre absence' }).locator('.txt').allInnerTexts();
  expect(texts.map((text) => text.trim())).toEqual(['Pendant votre absence, 1', 'Pendant votre absence, 2', 'Pendant votre absence, 3']);
});

test('the server is killed while a text waits in the outbox: it arrives once after the return', async ({ browser }) => {
  const dakar = await signIn(browser, product.url, 'maire@dakar.demo');
  const thread = await findThread(dakar);
  await dakar.goto(`/fils/${thread}`);
  await expect(dakar.getByLabel('Votre réponse')).toBeVisible();
  await reply(dakar, 'Écrit avant la panne');
  await expect(dakar.getByRole('article').filter({ hasText: 'Écrit avant la panne' }).getByRole('button', { name: 'Merci' })).toBeVisible();

  await product.kill();
  await reply(dakar, 'Écrit pendant la panne');
  const waiting = dakar.getByRole('article').filter({ hasText: 'Écrit pendant la panne' });
  await expect(waiting).toContainText('En attente du réseau');
  await expect(dakar.getByText('Hors connexion depuis')).toBeVisible({ timeout: 20_000 });

  await product.up();
  await expect(waiting.getByRole('button', { name: 'Merci' })).toBeVisible({ timeout: 60_000 });
  const posts = (await (await dakar.request.get(`/api/threads/${thread}/posts?limit=100`)).json()) as { items: { body: string }[] };
  const written = posts.items.map((post) => post.body).filter((body) => body.startsWith('Écrit'));
  expect(written).toEqual(['Écrit avant la panne', 'Écrit pendant la panne']);
  await expect(dakar.getByText('Hors connexion depuis')).toBeHidden();
});

test('a refused text is kept, with its reason and two ways out', async ({ browser }) => {
  const dakar = await signIn(browser, product.url, 'maire@dakar.demo');
  const moderation = await signIn(browser, product.url, 'moderation@aimf.demo');
  const thread = await findThread(dakar, '&kind=discussion');
  await dakar.goto(`/fils/${thread}`);
  await expect(dakar.getByLabel('Votre réponse')).toBeVisible();
  await dakar.context().setOffline(true);
  await reply(dakar, 'Un texte qui arrive trop tard');
  const { version } = (await (await moderation.request.get(`/api/threads/${thread}`)).json()) as { version: number };
  const closed = await moderation.request.patch(`/api/threads/${thread}`, { data: { version, status: 'closed', reason: 'Sujet épuisé' } });
  expect(closed.status()).toBe(200);
  await dakar.context().setOffline(false);
  const refused = dakar.getByRole('article').filter({ hasText: 'Un texte qui arrive trop tard' });
  await expect(refused).toContainText('Refusé', { timeout: 40_000 });
  await expect(refused.getByRole('button', { name: 'Choisir un autre fil' })).toBeVisible();
  await expect(refused.getByRole('button', { name: 'Copier le texte' })).toBeVisible();
});
