import { type Browser, expect, type Page } from '@playwright/test';

export const PASSWORD = 'demo-passerelle';
type Size = { width: number; height: number };
export const PHONE: Size = { width: 360, height: 780 };
export const DESKTOP: Size = { width: 1280, height: 860 };

/** A browser of its own, signed in through the sign-in page. */
export async function signIn(
  browser: Browser,
  url: string,
  email: string,
  { size = DESKTOP, scheme = 'light' as 'light' | 'dark' } = {},
): Promise<Page> {
  const context = await browser.newContext({ viewport: size, colorScheme: scheme, baseURL: url });
  const page = await context.newPage();
  await page.goto('/connexion');
  await page.getByLabel('Adresse électronique').fill(email);
  await page.getByLabel('Mot de passe').fill(PASSWORD);
  await page.getByRole('button', { name: 'Se connecter' }).click();
  await expect(page).toHaveURL(`${url}/`);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  return page;
}

/** A thread of the open demonstration spaces that may be replied to. */
export async function findThread(page: Page, filter = ''): Promise<string> {
  const answer = await page.request.get(`/api/threads?space=eau-assainissement&status=open&limit=1${filter}`);
  const { items } = (await answer.json()) as { items: { id: string }[] };
  const [first] = items;
  if (!first) throw new Error('No open thread in the demonstration data');
  return first.id;
}

/** Writes into the composer and sends. */
export async function reply(page: Page, text: string): Promise<void> {
  await page.getByLabel('Votre réponse').fill(text);
  await page.getByRole('button', { name: 'Envoyer' }).click();
  // Until then the text stands twice on the page.
  await expect(page.getByLabel('Votre réponse')).toHaveValue('');
}

/** The server gets the first such request and the page never hears so: the network broke off in between. @returns what waits for that. */
export async function loseAnswer(page: Page, path: string): Promise<() => Promise<unknown>> {
  let lost = false;
  await page.route(`**${path}`, async (route) => {
    if (lost || route.request().method() !== 'POST') return route.continue();
    lost = true;
    await route.fetch();
    return route.abort();
  });
  const failed = page.waitForEvent('requestfailed', (request) => request.url().endsWith(path));
  return () => failed;
}
