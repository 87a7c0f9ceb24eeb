import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, type Page, test } from '@playwright/test';
import { loseAnswer, PHONE, signIn } from './people.js';
import { Product } from './server.js';

let product: Product;
test.beforeAll(async () => (product = await Product.start()));
test.afterAll(() => product.down());

const PICTURE = fileURLToPath(new URL('./market.png', import.meta.url));
const TITLE = 'Des allées propres tenues par les vendeuses du marché';
const words = (sentence: string, times: number) => Array.from({ length: times }, () => sentence).join(' ');
const step = (page: Page, name: string | RegExp) => page.locator('details.acc', { hasText: name });
const take = async (page: Page, label: string, fill?: (dialog: ReturnType<Page['getByRole']>) => Promise<void>) => {
  await page.getByRole('region', { name: 'Où en est la fiche' }).getByRole('button', { name: label, exact: true }).click();
  const dialog = page.getByRole('dialog', { name: label });
  await fill?.(dialog);
  await dialog.getByRole('button', { name: label, exact: true }).click();
  await expect(dialog).toBeHidden();
};

/** The seven answers, as somebody writes them on a phone. */
async function writeShortForm(page: Page): Promise<void> {
  await page.getByRole('textbox', { name: 'Titre' }).fill(TITLE);
  await page.getByRole('button', { name: 'Suite : thème' }).click();
  await page.getByRole('combobox', { name: 'Thème' }).selectOption({ label: 'Déchets, propreté et économie circulaire' });
  await page
    .getByRole('button', { name: 'Déchets ménagers', exact: true })
    .or(
      page
        .getByRole('group', { name: /Sujets/ })
        .getByRole('button')
        .first(),
    )
    .first()
    .click();
  await page.getByRole('button', { name: 'Suite : début' }).click();
  await page.getByRole('combobox', { name: 'Début' }).selectOption('2022');
  await page.getByRole('button', { name: /Suite : le problème/ }).click();
  await page
    .getByRole('textbox', { name: 'Le problème de départ' })
    .fill(words('Les trois marchés fermaient deux jours par mois après les pluies.', 4));
  await page.getByRole('button', { name: /Suite : ce que vous avez fait/ }).click();
  await page
    .getByRole('textbox', { name: 'Ce que vous avez fait' })
    .fill(words('Un comité de vendeuses tient chaque allée, avec un point d’eau et une caisse.', 5));
  await page.getByRole('button', { name: /Suite : le résumé/ }).click();
  await page
    .getByRole('textbox', { name: /Le résumé/ })
    .fill(words('Les vendeuses tiennent les allées propres et les marchés ne ferment plus après les pluies.', 5));
  await page.getByRole('button', { name: /Suite : qui répond/ }).click();
  await page.getByRole('textbox', { name: 'Qui répond aux questions' }).fill('Direction des marchés');
  await expect(page.getByText('7 sur 7.')).toBeVisible();
}

/** What publication and the expert's mark ask for. */
async function writeTheRest(page: Page): Promise<void> {
  await step(page, 'Coût et financement').locator('summary').first().click();
  await page.getByLabel('Ordre de grandeur en euros').selectOption({ label: 'Moins de 50 k€' });
  await step(page, 'Résultats et preuves').locator('summary').first().click();
  for (const [n, indicator] of ['Jours de fermeture par mois', 'Tonnes de déchets triés'].entries()) {
    await page.getByRole('button', { name: 'Ajouter : indicateur' }).click();
    const row = page.getByRole('group', { name: `Indicateur ${n + 1}` });
    await row.getByLabel('Indicateur').fill(indicator);
    await row.getByLabel('Avant').fill('2');
    await row.getByLabel('Après').fill('0');
  }
  await page.getByRole('button', { name: 'Ajouter : preuve' }).click();
  await page.getByRole('group', { name: 'Preuve 1' }).getByLabel('Intitulé').fill('Registre du marché');
  await step(page, 'Étapes et moyens').locator('summary').first().click();
  for (const [n, title] of ['Recenser les allées', 'Former les comités'].entries()) {
    await page.getByRole('button', { name: 'Ajouter : étape' }).click();
    await page
      .getByRole('group', { name: `Étape ${n + 1}` })
      .getByLabel('Titre')
      .fill(title);
  }
  await page.getByLabel('Moyens humains').fill('Deux agents et un magasinier');
  await step(page, 'Difficultés et conditions').locator('summary').first().click();
  await page.getByLabel('Les difficultés').fill(words('Les caisses ont manqué la première saison et deux comités ont changé.', 3));
  await page.getByLabel('Ce qui a fait réussir').fill('Des règles écrites par les vendeuses.');
  await page.getByLabel('Conditions à réunir').fill('Un point d’eau par allée.');
  await page.getByLabel('Reprendre ailleurs').selectOption({ label: 'À adapter' });
  await step(page, 'Partenaires et bénéficiaires').locator('summary').first().click();
  await page.getByRole('button', { name: 'Ajouter : partenaire' }).click();
  await page.getByRole('group', { name: 'Partenaire 1' }).getByLabel('Partenaire').fill('Association des vendeuses');
  await page.getByLabel('Personnes concernées').fill('1200');
  await step(page, 'Photos et documents').locator('summary').first().click();
  await page.locator('input[type=file][data-purpose="Ajouter une photo"]').setInputFiles(PICTURE);
  await page.getByLabel('Description de la photo').fill('Une allée du marché après la pluie');
  await page.getByLabel('Les personnes visibles ont donné leur accord').check();
  await step(page, 'Objectifs et repères').locator('summary').first().click();
  await page
    .getByRole('group', { name: /Objectifs de développement/ })
    .getByRole('button', { name: '11', exact: true })
    .click();
  await page.getByLabel('Attention portée à l’égalité entre femmes et hommes').selectOption({ label: 'Principale' });
  await page.getByRole('group', { name: 'Vous seriez disponible pour' }).getByRole('button', { name: 'Un appel' }).click();
}

test('a practice from the cabinet’s phone to another city: written, approved, completed, published, validated, taken up', async ({
  browser,
}) => {
  test.setTimeout(180_000);
  const cabinet = await signIn(browser, product.url, 'cabinet@dakar.demo', { size: PHONE });
  await cabinet.goto('/pratiques/nouvelle');
  await writeShortForm(cabinet);
  await cabinet.getByRole('button', { name: 'Relire et soumettre' }).click();
  await expect(cabinet.getByRole('heading', { name: TITLE })).toBeVisible();
  const address = new URL(cabinet.url()).pathname;
  await take(cabinet, 'Demander l’approbation');

  const mayor = await signIn(browser, product.url, 'maire@dakar.demo', { size: PHONE });
  await mayor.goto('/');
  await mayor.getByRole('listitem').filter({ hasText: TITLE }).getByRole('button', { name: 'Approuver' }).click();
  await expect(mayor.getByRole('listitem').filter({ hasText: TITLE })).toHaveCount(0);

  const moderator = await signIn(browser, product.url, 'moderation@aimf.demo');
  await moderator.goto('/pratiques/a-traiter');
  await moderator.getByRole('link', { name: TITLE }).click();
  await expect(moderator.getByText('Préparée par Cabinet. Approuvée par Maire')).toBeVisible();
  await take(moderator, 'Prendre la relecture');
  await take(moderator, 'Demander des compléments', (dialog) =>
    dialog.getByRole('textbox', { name: 'Motif' }).fill('Il manque le coût, une photo et deux résultats.'),
  );

  // The author's page moves without reload.
  await expect(cabinet.getByText('Il manque le coût, une photo et deux résultats.').first()).toBeVisible();
  await cabinet.getByRole('link', { name: 'Modifier la fiche' }).click();
  await writeTheRest(cabinet);
  await cabinet.getByRole('button', { name: 'Relire et soumettre' }).click();
  await take(cabinet, 'Demander l’approbation');
  await mayor.goto(address);
  await take(mayor, 'Approuver et soumettre');

  const watcher = await signIn(browser, product.url, 'bourgmestre@liege.demo');
  await watcher.goto('/pratiques?sort=newest');
  await expect(watcher.getByRole('heading', { name: 'Bonnes pratiques' })).toBeVisible();
  await take(moderator, 'Prendre la relecture');
  await take(moderator, 'Publier pour les membres');
  await expect(watcher.getByRole('link', { name: TITLE })).toBeVisible();

  await take(moderator, 'Envoyer en expertise');
  const expert = await signIn(browser, product.url, 'technique@bangangte.demo');
  await expert.goto('/pratiques/a-traiter');
  await expert.getByRole('link', { name: TITLE }).click();
  for (const criterion of ['Preuves', 'Utilité pour d’autres villes', 'Clarté', 'Durabilité', 'Inclusion'])
    await expert.getByLabel(criterion).selectOption('3');
  await expert.getByRole('button', { name: 'Rendre l’avis' }).click();
  await expect(expert.getByText('Avis rendu. Merci.')).toBeVisible();
  await take(moderator, 'Valider');
  await watcher.goto(address);
  await expect(watcher.getByText('Validée par un expert').first()).toBeVisible();
  await expect(watcher.getByText('Aucune ville encore').first()).toBeVisible();

  const montreal = await signIn(browser, product.url, 'mairesse@montreal.demo');
  await montreal.goto(address);
  await montreal.getByRole('button', { name: 'Ma ville la reprend' }).click();
  const sheet = montreal.getByRole('dialog');
  await sheet.getByLabel('Où en êtes-vous ?').selectOption({ label: 'Reprise en partie' });
  await sheet.getByRole('button', { name: 'Former les comités' }).click();
  await sheet.getByRole('button', { name: 'Enregistrer la reprise' }).click();
  await expect(sheet).toBeHidden();
  await expect(watcher.getByText('1 ville', { exact: true })).toBeVisible();
});

test('two people write one practice: both versions are shown and nothing is lost, with or without a network', async ({ browser }) => {
  const cabinet = await signIn(browser, product.url, 'cabinet@dakar.demo', { size: PHONE });
  await cabinet.goto('/pratiques/nouvelle');
  await cabinet.getByRole('textbox', { name: 'Titre' }).fill('Un premier titre écrit par le cabinet');
  await expect(cabinet).toHaveURL(/fiche=/);
  await expect(cabinet.getByRole('textbox', { name: 'Titre' })).toBeFocused();
  const mayor = await signIn(browser, product.url, 'maire@dakar.demo');
  await mayor.goto(`/pratiques/${new URL(cabinet.url()).searchParams.get('fiche')}/modifier`);
  await mayor.locator('details.acc', { hasText: 'Titre' }).locator('summary').first().click();
  await expect(mayor.getByRole('textbox', { name: 'Titre' })).toHaveValue('Un premier titre écrit par le cabinet');

  // The cabinet goes on without a network while the mayor changes the same title.
  await cabinet.context().setOffline(true);
  await cabinet.getByRole('textbox', { name: 'Titre' }).fill('Le titre du cabinet, écrit hors connexion');
  await expect(cabinet.getByText(/Hors connexion/)).toBeVisible();
  await mayor.getByRole('textbox', { name: 'Titre' }).fill('Le titre de la maire, écrit entre-temps');
  // Not only on the device.
  await expect(mayor.locator('.prog')).toHaveText(/Enregistré à [^s]+$/);
  await cabinet.context().setOffline(false);

  const conflict = cabinet.getByRole('alert').filter({ hasText: 'Les deux versions sont gardées' });
  await expect(conflict).toContainText('Le titre du cabinet, écrit hors connexion');
  await expect(conflict).toContainText('Le titre de la maire, écrit entre-temps');
  await conflict.getByRole('button', { name: 'Enregistrer ce choix' }).click();
  await expect(conflict).toBeHidden();
  await cabinet.waitForResponse((answer) => answer.request().method() === 'PATCH' && answer.ok());
  await cabinet.reload();
  await cabinet.locator('details.acc', { hasText: 'Titre' }).locator('summary').first().click();
  await expect(cabinet.getByRole('textbox', { name: 'Titre' })).toHaveValue('Le titre du cabinet, écrit hors connexion');

  // The mayor's words are one version back, and come again when asked for.
  await mayor.goto(`/pratiques/${new URL(mayor.url()).pathname.split('/')[2]}/versions`);
  const latest = mayor.locator('section', { hasText: 'Actuelle' });
  await latest.locator('summary', { hasText: 'Titre' }).click();
  await expect(latest.locator('ins').first()).toBeVisible();
  const before = mayor.locator('section', { hasText: 'Maire de Dakar' }).first();
  await before.getByRole('button', { name: 'Rétablir cette version' }).click();
  await mayor.getByRole('dialog').getByRole('button', { name: 'Rétablir cette version' }).click();
  await expect(mayor.locator('section', { hasText: 'Actuelle' })).toContainText('Maire de Dakar');
  await expect(mayor.getByText('Le titre de la maire, écrit entre-temps').first()).toBeVisible();
});

test('a draft whose first answer is lost goes on with the words written since', async ({ browser }) => {
  const cabinet = await signIn(browser, product.url, 'cabinet@dakar.demo', { size: PHONE });
  const lost = await loseAnswer(cabinet, '/api/practices');
  await cabinet.goto('/pratiques/nouvelle');
  const title = cabinet.getByRole('textbox', { name: 'Titre' });
  await title.fill('Un premier titre pour la fiche');
  await lost();
  await title.fill('Un titre changé pendant que le réseau manque');
  await expect(cabinet).toHaveURL(/\?fiche=[a-z0-9-]+$/, { timeout: 20_000 });
  const stored = await cabinet.request.get(`/api/practices/${new URL(cabinet.url()).searchParams.get('fiche')}`);
  expect(await stored.json()).toMatchObject({ title: 'Un titre changé pendant que le réseau manque', version: 2 });
});

test('a file of 60 MB is refused in words that say how much may be, and nothing that was written is lost', async ({ browser }) => {
  const heavy = join(product.folder, 'plan-du-marche.pdf');
  const file = await open(heavy, 'w');
  await file.truncate(60 * 1024 * 1024);
  await file.close();
  const cabinet = await signIn(browser, product.url, 'cabinet@dakar.demo', { size: PHONE });
  await cabinet.goto('/pratiques/nouvelle');
  await cabinet.getByRole('textbox', { name: 'Titre' }).fill('Un titre écrit avant le fichier trop lourd');
  await expect(cabinet).toHaveURL(/fiche=/);
  await step(cabinet, 'Photos et documents').locator('summary').first().click();
  const sent: number[] = [];
  cabinet.on('request', (request) => request.url().includes('/api/uploads') && sent.push(request.postDataBuffer()?.length ?? 0));
  const choose = async (path: string) => {
    const chooser = cabinet.waitForEvent('filechooser');
    await cabinet.getByRole('button', { name: 'Ajouter un document' }).click();
    await (await chooser).setFiles(path);
  };
  await choose(heavy);
  const refusal = cabinet.getByRole('status').filter({ hasText: 'plan-du-marche.pdf' });
  await expect(refusal).toHaveText(/n’a pas été accepté\s: il dépasse 26,2\sMo.*rien de ce que vous avez écrit n’est perdu/);
  // Refused before a piece of it has left.
  expect(sent.reduce((sum, bytes) => sum + bytes, 0)).toBe(0);
  await expect(cabinet).toHaveURL(/fiche=/);

  // The same field takes a lighter one, and the title is still there.
  await choose(PICTURE);
  await expect(cabinet.getByRole('group', { name: 'Document 1' }).getByLabel('Intitulé')).toHaveValue('market.webp');
  await expect(cabinet.locator('.prog')).toHaveText(/Enregistré à [^s]+$/);
  await cabinet.reload();
  await step(cabinet, 'Titre').locator('summary').first().click();
  await expect(cabinet.getByRole('textbox', { name: 'Titre' })).toHaveValue('Un titre écrit avant le fichier trop lourd');
});
