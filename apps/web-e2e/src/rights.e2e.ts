import { expect, test } from '@playwright/test';
import { io } from 'socket.io-client';
import { signIn } from './people.js';
import { Product } from './server.js';

let product: Product;
test.beforeAll(async () => (product = await Product.start()));
test.afterAll(() => product.down());

for (const access of ['closed', 'confidential'] as const) {
  test(`a space that is ${access} is refused to outsiders by page, API, facts and socket`, async ({ browser }) => {
    const moderation = await signIn(browser, product.url, 'secretariat@aimf.demo');
    const outsider = await signIn(browser, product.url, 'technique@bangangte.demo');
    const spaces = async (page: typeof outsider) =>
      ((await (await page.request.get('/api/spaces')).json()) as { items: { slug: string; access: string }[] }).items;
    const hers = await spaces(outsider);
    const members = ['maire@dakar.demo', 'bourgmestre@liege.demo', 'mairesse@montreal.demo', 'cabinet@dakar.demo'];
    let thread: string | undefined;
    for (const insider of [moderation, ...(await Promise.all(members.map((email) => signIn(browser, product.url, email))))]) {
      const space = (await spaces(insider)).find((one) => one.access === access && !hers.some((own) => own.slug === one.slug));
      if (!space) continue;
      const { items } = (await (await insider.request.get(`/api/threads?space=${space.slug}&limit=1`)).json()) as {
        items: { id: string }[];
      };
      thread = items[0]?.id;
      if (thread) break;
    }
    expect(thread).toBeTruthy();

    await outsider.goto(`/fils/${thread}`);
    await expect(outsider.getByRole('alert')).toContainText('n’existe pas, ou vous n’y avez pas accès');
    for (const path of [`/api/threads/${thread}`, `/api/threads/${thread}/posts`])
      expect((await outsider.request.get(path)).status()).toBe(404);
    const events = await (await outsider.request.get('/api/events?since=0&limit=500')).text();
    expect(events).not.toContain(String(thread));
    const cookie = (await outsider.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
    const socket = io(product.url, { extraHeaders: { cookie }, transports: ['websocket'] });
    const answer = (await socket.emitWithAck('watch', { thread })) as { ok: boolean };
    socket.disconnect();
    expect(answer.ok).toBe(false);
  });
}

test('a guest is told which pages are for member cities, and finds no button that would be refused', async ({ browser }) => {
  const guest = await signIn(browser, product.url, 'expert@partenaire.demo');
  for (const address of ['/projets', '/projets/dakar-00000000', '/besoins', '/offres/nouvelle', '/reprises', '/pratiques/nouvelle', '/pratiques/a-traiter']) {
    await guest.goto(address);
    await expect(guest.getByRole('heading', { level: 1, name: 'Réservé aux villes membres' })).toBeVisible();
    await expect(guest.getByRole('alert')).toBeHidden();
  }
  await guest.getByRole('link', { name: 'Voir les pratiques publiques' }).click();
  await expect(guest.getByRole('heading', { level: 1, name: 'Bonnes pratiques' })).toBeVisible();
  await guest.goto('/pratiques/demo-02');
  await expect(guest.getByRole('link', { name: 'Partager' }).or(guest.getByRole('button', { name: 'Partager' })).first()).toBeVisible();
  for (const name of ['Utile pour ma ville', 'Ma ville la reprend', 'Poser une question sur cette pratique'])
    await expect(guest.getByRole('button', { name }).or(guest.getByRole('link', { name }))).toHaveCount(0);
});

test('the address asked for is kept through the sign-in, and signing out ends the session', async ({ browser }) => {
  const context = await browser.newContext({ baseURL: product.url });
  const page = await context.newPage();
  await page.goto('/pratiques/demo-17');
  await expect(page).toHaveURL(/\/connexion\?vers=/);
  await page.getByRole('button', { name: /Maire, Dakar|Maire de Dakar/ }).click();
  await expect(page).toHaveURL(/\/pratiques\/demo-17/);
  await page.goto('/moi');
  await page.getByRole('button', { name: 'Se déconnecter', exact: true }).click();
  await expect(page).toHaveURL(/\/connexion/);
  expect((await page.request.get('/api/me')).status()).toBe(401);
});
