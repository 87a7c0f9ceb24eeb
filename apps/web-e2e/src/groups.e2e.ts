import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { DESKTOP, PHONE, signIn } from './people.js';
import { Product } from './server.js';

let product: Product;
test.beforeAll(async () => (product = await Product.start()));
test.afterAll(() => product.down());

const NAME = 'Commission des marchés de nuit';
const REASON = 'Bangangté rouvre son marché de nuit en mars.';

/** A closed space that moderation has made, animated by the mayor of Dakar. */
async function createSpace(moderator: Page, name: string, access: string): Promise<string> {
  await moderator.goto('/espaces');
  await moderator.getByRole('link', { name: 'Créer un espace' }).click();
  await moderator.getByLabel('Nom en français').fill(name);
  await moderator.getByLabel('Nom en anglais').fill(`${name} (en)`);
  await moderator.getByLabel('Présentation en français').fill('Horaires, éclairage, voisinage.');
  await moderator.getByRole('radio', { name: access }).check();
  await moderator.getByRole('button', { name: 'Créer l’espace' }).click();
  await expect(moderator.getByRole('heading', { level: 1, name })).toBeVisible();
  return new URL(moderator.url()).pathname.split('/')[2] ?? '';
}

async function inviteDakar(moderator: Page, slug: string, role: string): Promise<void> {
  await moderator.goto(`/espaces/${slug}/membres`);
  await moderator.getByLabel('Invitée comme').selectOption({ label: role });
  await moderator.getByLabel('Fonction, ville ou pays').fill('maire dakar');
  await moderator.getByRole('button', { name: 'Inviter Maire de Dakar' }).click();
  await expect(moderator.getByText('invitation envoyée', { exact: true })).toBeVisible();
}

test('a member asks to join, the animator accepts, the space opens live; being removed closes it live', async ({ browser }) => {
  test.setTimeout(120_000);
  const moderator = await signIn(browser, product.url, 'moderation@aimf.demo');
  const slug = await createSpace(moderator, NAME, 'Fermé');
  await inviteDakar(moderator, slug, 'Animation, écrit, invite, répond aux demandes');
  const animator = await signIn(browser, product.url, 'maire@dakar.demo');
  await animator.goto('/echanges');
  await animator.getByRole('link', { name: 'invitation vous attend' }).click();
  await animator.getByRole('article', { name: NAME }).getByRole('button', { name: 'Accepter' }).click();
  await animator.getByRole('link', { name: 'Demandes' }).click();
  await expect(animator.getByText('Aucune demande n’attend.')).toBeVisible();

  // A short reason is refused, a good one is sent; the animator's page shows it without being asked.
  const asker = await signIn(browser, product.url, 'technique@bangangte.demo', { size: PHONE });
  await asker.goto(`/echanges/${slug}`);
  await asker.getByRole('link', { name: 'Demander à rejoindre' }).click();
  const reason = asker.getByLabel('Pourquoi souhaitez-vous rejoindre cet espace ?');
  await reason.fill('Non');
  await asker.getByRole('button', { name: 'Envoyer la demande' }).click();
  await expect(reason).toBeFocused();
  await reason.fill(REASON);
  await asker.getByRole('button', { name: 'Envoyer la demande' }).click();
  await expect(asker.getByText('Votre demande est envoyée')).toBeVisible();
  const request = animator.getByRole('article').filter({ hasText: REASON });
  await request.getByLabel('Votre réponse').fill('Bienvenue parmi nous.');
  await request.getByRole('button', { name: 'Accepter' }).click();

  // The space opens on the asker's page as it stands.
  await asker.getByRole('link', { name: 'Ouvrir les échanges' }).click();
  await expect(asker.getByRole('heading', { level: 1, name: NAME })).toBeVisible();
  const { id } = (await (await animator.request.post('/api/threads', { data: { id: crypto.randomUUID(), space: slug, kind: 'discussion', title: 'Éclairer le marché de nuit', body: 'Combien de lampes ?', language: 'fr' } })).json()) as { id: string };
  await asker.getByRole('link', { name: 'Éclairer le marché de nuit' }).click();
  await expect(asker.getByText('Combien de lampes ?')).toBeVisible();

  await animator.goto(`/espaces/${slug}/membres`);
  const row = animator.getByRole('listitem').filter({ hasText: 'Bangangté' });
  await row.getByRole('button', { name: 'Retirer Services techniques, Bangangté' }).click();
  await row.getByRole('button', { name: 'Oui, retirer' }).click();
  await expect(asker.getByRole('alert')).toContainText('vous n’y avez pas accès');
  await expect(asker.getByText('Combien de lampes ?')).toHaveCount(0);
  expect((await asker.request.get(`/api/threads/${id}`)).status()).toBe(404);
});

test('a confidential space is found by its invitee alone, and names can be withheld in it', async ({ browser }) => {
  const moderator = await signIn(browser, product.url, 'moderation2@aimf.demo');
  const slug = await createSpace(moderator, 'Cellule des comptes', 'Confidentiel');
  await inviteDakar(moderator, slug, 'Membre, lit et écrit');
  const [invitee, outsider] = [await signIn(browser, product.url, 'maire@dakar.demo', { size: PHONE }), await signIn(browser, product.url, 'secretariat@aimf.demo')];
  await invitee.goto('/espaces');
  await invitee.getByRole('article', { name: 'Cellule des comptes' }).getByRole('button', { name: 'Accepter' }).click();
  await expect(invitee.getByText('Vous en êtes membre')).toBeVisible();
  await outsider.goto('/espaces');
  await expect(outsider.getByRole('heading', { level: 2, name: 'Les autres espaces' })).toBeVisible();
  await expect(outsider.getByText('Cellule des comptes')).toHaveCount(0);
  await outsider.goto(`/espaces/${slug}`);
  await expect(outsider.getByRole('alert')).toContainText('vous n’y avez pas accès');

  await invitee.goto(`/echanges/nouveau?space=${slug}`);
  await invitee.getByLabel('Titre').fill('Ce que coûte une subvention perdue');
  await invitee.getByLabel('Votre message').fill('Chez nous, deux ans de retard.');
  await invitee.getByRole('radio', { name: 'Retirer les noms, montrer la région du monde' }).check();
  await invitee.getByRole('button', { name: 'Publier' }).click();
  await moderator.goto(`/echanges/${slug}`);
  await moderator.getByRole('link', { name: 'Ce que coûte une subvention perdue' }).click();
  await expect(moderator.getByRole('heading', { level: 3, name: 'Un membre du réseau, une ville d’Afrique de l’Ouest' })).toBeVisible();
  await expect(moderator.getByText('Règle de Chatham House.')).toBeVisible();
  await expect(moderator.locator('main')).not.toContainText('Dakar');
  await invitee.goto(new URL(moderator.url()).pathname);
  await expect(invitee.getByText('votre message')).toBeVisible();
});

test('what an animator is writing stays when somebody else saves meanwhile', async ({ browser }) => {
  const [moderator, other] = [await signIn(browser, product.url, 'moderation@aimf.demo'), await signIn(browser, product.url, 'moderation2@aimf.demo')];
  const slug = await createSpace(moderator, 'Cellule des horloges', 'Fermé');
  await moderator.goto(`/espaces/${slug}/reglages`);
  const [french, english] = [moderator.getByRole('textbox', { name: 'Présentation en français' }), moderator.getByRole('textbox', { name: 'Présentation en anglais' })];
  await french.fill('Ce que j’écris depuis une heure.');
  await other.request.patch(`/api/spaces/${slug}`, { data: { version: 1, descriptionFr: 'Les mots d’une autre.', descriptionEn: 'Her words.' } });
  await expect(moderator.getByText('Quelqu’un vient de modifier ce que vous écrivez.')).toBeVisible();
  await expect(moderator.getByText('Les mots d’une autre.')).toBeVisible();
  await expect(french).toHaveValue('Ce que j’écris depuis une heure.');
  await expect(english).toHaveValue('Her words.');
  await moderator.getByRole('button', { name: 'Enregistrer' }).click();
  await expect(moderator.getByText('Enregistré.')).toBeVisible();
  await expect(moderator.getByText('Les mots d’une autre.')).toHaveCount(0);
  expect(await (await other.request.get(`/api/spaces/${slug}`)).json()).toMatchObject({ descriptionFr: 'Ce que j’écris depuis une heure.', descriptionEn: 'Her words.' });
});

test('no accessibility violation and no sideways scroll on the screens of spaces', async ({ browser }) => {
  for (const [size, scheme] of [[PHONE, 'light'], [DESKTOP, 'dark']] as const) {
    const page = await signIn(browser, product.url, 'moderation@aimf.demo', { size, scheme });
    const found: string[] = [];
    const closed = '/espaces/commission-villes-durables';
    for (const address of ['/espaces', '/espaces?archives=oui', '/espaces/nouveau', closed, `${closed}/membres`, `${closed}/demandes`, `${closed}/reglages`, '/echanges/commission-villes-durables', '/echanges/nouveau']) {
      await page.goto(address);
      await page.waitForLoadState('networkidle');
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      const { violations } = await new AxeBuilder({ page }).analyze();
      found.push(...violations.map((violation) => `${address}: ${violation.id} ${violation.nodes[0]?.html ?? ''}`));
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), address).toBe(true);
    }
    expect(found).toEqual([]);
  }
});
