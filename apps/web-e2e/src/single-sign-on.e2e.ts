import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import Provider from 'oidc-provider';
import { Secret, TOTP } from 'otpauth';
import { PASSWORD, PHONE, signIn } from './people.js';
import { Product } from './server.js';

const EMAIL = 'technique@bangangte.demo';
const CLIENT = { client_id: 'passerelle', client_secret: 'un-secret-assez-long-pour-un-essai' };
let product: Product;
let provider: Server;

/** A real provider, whose name to sign in with is the address; it has verified each. */
async function startProvider(): Promise<Server> {
  let listener: RequestListener = (_, response) => response.end();
  const server = createServer((request, response) => void listener(request, response));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', () => done()));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  product = await Product.start({
    OIDC_ISSUER: issuer,
    OIDC_CLIENT_ID: CLIENT.client_id,
    OIDC_CLIENT_SECRET: CLIENT.client_secret,
    OIDC_LABEL_FR: 'Se connecter avec ma mairie',
  });
  const own = new Provider(issuer, {
    clients: [{ ...CLIENT, redirect_uris: [`${product.url}/api/auth/oidc/callback`] }],
    cookies: { keys: ['cookies-of-the-trial'] },
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ sub, email: sub, email_verified: true }) }),
    ttl: { AccessToken: 600, AuthorizationCode: 60, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
  });
  listener = own.callback();
  return server;
}
test.beforeAll(async () => {
  provider = await startProvider();
});
test.afterAll(async () => {
  await product.down();
  provider.closeAllConnections();
  provider.close();
});

/** Signs in at the provider and agrees to go back. */
async function passProvider(page: Page, name: string): Promise<void> {
  await page.getByPlaceholder('Enter any login').fill(name);
  await page.getByPlaceholder('and password').fill('peu importe');
  await page.getByRole('button', { name: 'Sign-in' }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
}

test('an identity is linked on the security page, then opens the account from the sign-in page of a phone, until it is unlinked', async ({
  browser,
}) => {
  test.setTimeout(150_000);
  // Before it is linked it opens nothing, though the address is the account's.
  const stranger = await (await browser.newContext({ viewport: PHONE, baseURL: product.url })).newPage();
  await stranger.goto('/connexion');
  await stranger.getByRole('link', { name: 'Se connecter avec ma mairie' }).click();
  await passProvider(stranger, EMAIL);
  await expect(stranger.getByRole('alert')).toContainText('Votre compte n’est pas encore relié à cette identité.');
  expect((await new AxeBuilder({ page: stranger }).analyze()).violations).toEqual([]);
  expect(await stranger.evaluate(() => [document.documentElement.scrollWidth - innerWidth <= 0, location.hash])).toEqual([true, '']);

  const owner = await signIn(browser, product.url, EMAIL);
  await owner.goto('/moi/securite');
  await owner.getByRole('button', { name: 'Relier mon identité' }).click();
  await passProvider(owner, EMAIL);
  await expect(owner.getByText('Votre identité est reliée.')).toBeVisible();
  await expect(owner.getByText(`${EMAIL}, 127.0.0.1`)).toBeVisible();
  expect((await new AxeBuilder({ page: owner }).analyze()).violations).toEqual([]);

  // The provider remembers the phone: one tap, and the page that was asked for opens.
  await stranger.goto('/connexion?vers=%2Fvilles');
  await stranger.getByRole('link', { name: 'Se connecter avec ma mairie' }).click();
  await expect(stranger).toHaveURL(`${product.url}/villes`);
  await stranger.goto('/moi');
  await expect(stranger.getByRole('main')).toContainText('Bangangté');

  // A second factor of the account is asked for after the provider.
  const secret = ((await (await owner.request.post('/api/me/second-factor/totp')).json()) as { secret: string }).secret;
  const codeOf = (steps: number) => new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + steps * 30_000 });
  await owner.request.post('/api/me/second-factor/totp/confirm', { data: { code: codeOf(-1) } });
  await stranger.goto('/connexion');
  await stranger.getByRole('link', { name: 'Se connecter avec ma mairie' }).click();
  await stranger.getByLabel('Code de vérification').fill(codeOf(0));
  await stranger.keyboard.press('Enter');
  await expect(stranger).toHaveURL(`${product.url}/`);

  await owner.getByRole('button', { name: 'Ne plus relier' }).click();
  const dialog = owner.getByRole('dialog', { name: 'Confirmez que c’est bien vous' });
  await expect(dialog.or(owner.getByText('Aucune identité n’est reliée.')).first()).toBeVisible();
  if (await dialog.isVisible()) {
    await dialog.getByLabel('Mot de passe').fill(PASSWORD);
    await dialog.getByRole('button', { name: 'Confirmer' }).click();
  }
  await expect(owner.getByText('Aucune identité n’est reliée.')).toBeVisible();
});
