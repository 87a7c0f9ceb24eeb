import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { DESKTOP, loseAnswer, PHONE, signIn } from './people.js';
import { Product } from './server.js';

let product: Product;
test.beforeAll(async () => (product = await Product.start()));
test.afterAll(() => product.down());

const TITLE = 'Trier les déchets dans les six marchés de la ville';
const NEED = 'Former les comités de tri de nos marchés';
const OFFER = 'Former des comités de marché au tri des déchets';
const THEME = 'Déchets, propreté et économie circulaire';
const CONCEPT = 'Gestion des déchets ménagers';

const confirm = async (page: Page, label: string) => {
  await page.getByRole('button', { name: label, exact: true }).click();
  const dialog = page.getByRole('dialog', { name: label });
  await dialog.getByRole('button', { name: label, exact: true }).click();
  await expect(dialog).toBeHidden();
};
const refOf = (page: Page) => new URL(page.url()).pathname;

async function writeProject(page: Page): Promise<void> {
  await page.goto('/projets/nouveau');
  // Too little at first: the page says so at the field and takes the writer there.
  await page.getByLabel('Titre').fill('Trop peu');
  await page.getByRole('button', { name: 'Créer le projet' }).click();
  await expect(page.getByText('Trop court : 10 signes au moins.')).toBeVisible();
  await expect(page.getByLabel('Titre')).toBeFocused();
  await page.getByLabel('Titre').fill(TITLE);
  await page.getByLabel('Thème').selectOption({ label: THEME });
  await page.getByRole('group', { name: 'Sujets, un à cinq' }).getByRole('button', { name: CONCEPT }).click();
  await page.getByRole('textbox', { name: 'Le problème' }).fill('Les six marchés jettent ensemble ce qui pourrait nourrir les jardins de la ville.');
  await page.getByRole('button', { name: 'Ajouter : objectif' }).click();
  await page.getByRole('group', { name: 'Objectif 1' }).getByRole('textbox').fill('Trier la moitié des déchets');
  await page.getByLabel('Début').fill('2027-03');
  await page.getByLabel('Monnaie').fill('xof');
  await page.getByRole('button', { name: 'Ajouter : poste du budget' }).click();
  await page.getByRole('group', { name: 'Poste du budget 1' }).getByLabel('Poste').fill('Bacs et formation');
  await page.getByRole('group', { name: 'Poste du budget 1' }).getByLabel('Montant').fill('50000000');
  await page.getByRole('button', { name: 'Ajouter : financement' }).click();
  await page.getByRole('group', { name: 'Financement 1' }).getByLabel('Source').fill('Ville de Dakar');
  await page.getByRole('group', { name: 'Financement 1' }).getByLabel('Montant').fill('40000000');
  await expect(page.getByText(/Il manque 10\s000\s000/)).toBeVisible();
  await page.locator('input[type=file]').setInputFiles({ name: 'plan des bacs.txt', mimeType: 'text/plain', buffer: Buffer.from('Un bac par allée. '.repeat(80)) });
  await page.getByRole('group', { name: 'Document 1' }).getByLabel('Intitulé').fill('Le plan des bacs');
  await page.getByRole('button', { name: 'Créer le projet' }).click();
  await expect(page.getByRole('heading', { level: 1, name: TITLE })).toBeVisible();
  await expect(page.getByRole('listitem').filter({ has: page.getByRole('link', { name: 'Le plan des bacs' }) })).toContainText(/2\sko/);
  await expect(page.getByRole('navigation', { name: 'Rubriques' }).getByRole('link', { name: 'Pratiques' })).toHaveAttribute('aria-current', 'page');
}

async function writeOffer(page: Page): Promise<void> {
  await page.goto('/offres/nouvelle');
  await page.getByLabel('Titre').fill(OFFER);
  await page.getByLabel('Thème').selectOption({ label: THEME });
  await page.getByRole('group', { name: 'Sujets, un à cinq' }).getByRole('button', { name: CONCEPT }).click();
  await page.getByRole('group', { name: 'Aide proposée' }).getByRole('button', { name: 'Formation' }).click();
  await page.getByRole('button', { name: 'Enregistrer', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: OFFER })).toBeVisible();
}

async function publishNeed(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Publier un besoin' }).click();
  await page.getByLabel('Titre').fill(NEED);
  await page.getByLabel('Thème').selectOption({ label: THEME });
  await page.getByLabel('Sujet').selectOption({ label: CONCEPT });
  await page.getByRole('textbox', { name: 'Ce qui se passe' }).fill('Les comités existent, mais personne ne leur a montré comment trier.');
  await page.getByRole('group', { name: 'Aide souhaitée' }).getByRole('button', { name: 'Formation' }).click();
  await page.getByRole('button', { name: 'Enregistrer le brouillon' }).click();
  await expect(page.getByRole('heading', { level: 1, name: NEED })).toBeVisible();
  await page.getByRole('button', { name: 'Publier', exact: true }).click();
  await expect(page.getByRole('region', { name: 'Où en est ce besoin' })).toContainText('Publié.');
}

test('a project of two cities: joined, told, helped by an introduction that both accept, its need met', async ({ browser }) => {
  test.setTimeout(120_000);
  const dakar = await signIn(browser, product.url, 'maire@dakar.demo');
  await writeProject(dakar);
  const project = refOf(dakar);
  await confirm(dakar, 'Passer en préparation');
  await expect(dakar.getByRole('region', { name: 'Où en est le projet' })).toContainText('En préparation.');
  // What the next step still needs is said before it is tried.
  await dakar.getByRole('button', { name: 'Déclarer financé' }).click();
  await expect(dakar.getByRole('dialog').getByText('Le financement ne couvre pas le budget.')).toBeVisible();
  await dakar.getByRole('dialog').getByRole('button', { name: 'Annuler' }).click();

  const bangangte = await signIn(browser, product.url, 'technique@bangangte.demo', { size: PHONE });
  await bangangte.goto('/projets?vue=tableau');
  await bangangte.getByRole('link', { name: TITLE }).click();
  await confirm(bangangte, 'Ma ville rejoint le projet');
  await expect(bangangte.getByRole('button', { name: 'Ma ville quitte le projet' })).toBeVisible();
  // The lead's page moves without reload.
  await expect(dakar.getByText('avec 1 autre ville')).toBeVisible();

  await dakar.getByLabel('Votre nouvelle').fill('Les bacs du premier marché sont **posés**.');
  await dakar.getByRole('button', { name: 'Publier au journal' }).click();
  await expect(bangangte.getByText('Les bacs du premier marché sont posés.')).toBeVisible();

  await writeOffer(bangangte);
  await publishNeed(dakar);
  const need = refOf(dakar);
  const suggestion = dakar.getByRole('listitem').filter({ hasText: 'Bangangté' }).filter({ hasText: OFFER });
  await expect(suggestion.getByText(`Elle propose son aide sur ce sujet : ${OFFER}`)).toBeVisible();
  await expect(suggestion.getByText('Elle se dit disponible pour ce que vous cherchez : formation')).toBeVisible();
  await suggestion.getByRole('button', { name: 'Mettre en relation avec Bangangté' }).click();
  await dakar.getByRole('dialog').getByLabel('Quelques mots').fill('Deux jours chez nous suffiraient.');
  await dakar.getByRole('dialog').getByRole('button', { name: 'Envoyer la demande' }).click();
  await expect(dakar.getByText('Demande envoyée. La réponse de Bangangté est attendue.')).toBeVisible();

  await bangangte.goto('/besoins?onglet=relations');
  await expect(bangangte.getByText('Dakar demande votre aide. Votre réponse est attendue.')).toBeVisible();
  await bangangte.getByRole('button', { name: 'Accepter' }).click();
  await expect(dakar.getByText('Les deux villes ont dit oui.')).toBeVisible();
  await dakar.getByLabel('Votre message').fill('Merci. La première semaine de mars vous convient-elle ?');
  await dakar.getByRole('button', { name: 'Envoyer le message' }).click();
  await expect(bangangte.getByText('La première semaine de mars vous convient-elle')).toBeVisible();
  await bangangte.getByRole('button', { name: 'L’aide a eu lieu' }).click();

  await expect(dakar.getByText('L’aide a eu lieu. Le besoin est-il satisfait')).toBeVisible();
  await dakar.getByRole('button', { name: 'Besoin satisfait' }).click();
  await expect(dakar.getByRole('region', { name: 'Où en est ce besoin' })).toContainText('Satisfait.');
  await bangangte.goto(project);
  await expect(bangangte.getByRole('listitem').filter({ hasText: NEED })).toContainText('Satisfait');
  // The discussion leads back to its project.
  await bangangte.getByRole('complementary').getByRole('link', { name: TITLE }).click();
  await expect(bangangte).toHaveURL(/\/fils\//);
  await expect(bangangte.getByRole('main').getByRole('link', { name: TITLE })).toHaveAttribute('href', project);
  await bangangte.goto(need);
  await expect(bangangte.getByRole('region', { name: 'Où en est ce besoin' })).toContainText('Satisfait.');
  await bangangte.goto('/villes/dakar');
  await expect(bangangte.locator('section', { hasText: 'Projets, besoins et offres' }).getByRole('link', { name: TITLE })).toBeVisible();
});

test('two people write one sheet, neither text is lost; the finished project begins a practice', async ({ browser }) => {
  test.setTimeout(120_000);
  const mayor = await signIn(browser, product.url, 'maire@dakar.demo');
  await writeProject(mayor);
  const project = refOf(mayor);
  const cabinet = await signIn(browser, product.url, 'cabinet@dakar.demo', { size: PHONE });
  await cabinet.goto(`${project}/modifier`);
  await mayor.goto(`${project}/modifier`);
  await mayor.getByRole('group', { name: 'Financement 1' }).getByLabel('Montant').fill('50000000');
  await expect(mayor.getByText('Le plan couvre le budget.')).toBeVisible();
  await mayor.getByRole('textbox', { name: 'Le problème' }).fill('Le texte du maire.');
  await mayor.getByRole('button', { name: 'Enregistrer', exact: true }).click();
  await expect(mayor.getByRole('heading', { level: 1, name: TITLE })).toBeVisible();

  await cabinet.getByLabel('Fin', { exact: true }).fill('2028');
  await cabinet.getByRole('textbox', { name: 'Le problème' }).fill('Le texte du cabinet.');
  // What is written stays on the device through a reload.
  await cabinet.reload();
  await expect(cabinet.getByRole('textbox', { name: 'Le problème' })).toHaveValue('Le texte du cabinet.');
  await cabinet.getByRole('button', { name: 'Enregistrer', exact: true }).click();
  const conflict = cabinet.getByRole('alert').filter({ hasText: 'Les deux versions sont gardées' });
  await expect(conflict.getByText('Le texte du maire.')).toBeVisible();
  await expect(conflict.getByText('Le texte du cabinet.')).toBeVisible();
  await conflict.getByRole('group', { name: 'Le problème' }).getByLabel('L’autre').check();
  await conflict.getByRole('group', { name: 'Plan de financement' }).getByLabel('L’autre').check();
  await conflict.getByRole('button', { name: 'Enregistrer ce choix' }).click();
  await expect(mayor.getByText('Le texte du maire.')).toBeVisible();
  await expect(mayor.getByText('mars 2027 à 2028').first()).toBeVisible();

  for (const step of ['Passer en préparation', 'Déclarer financé', 'Démarrer', 'Déclarer terminé']) await confirm(mayor, step);
  await mayor.getByRole('button', { name: 'Créer une pratique' }).click();
  await expect(mayor).toHaveURL(/pratiques\/(nouvelle|.*modifier)/);
  await expect(mayor.locator('details.acc', { hasText: 'Titre' }).first()).toContainText(TITLE);
});

test('no accessibility violation and no sideways scroll on the screens of projects and needs', async ({ browser }) => {
  test.setTimeout(120_000);
  for (const [size, scheme] of [[PHONE, 'light'], [DESKTOP, 'dark']] as const) {
    const page = await signIn(browser, product.url, 'maire@dakar.demo', { size, scheme });
    const answer = await page.request.get('/api/projects?limit=1&stage=finished');
    const [project] = ((await answer.json()) as { items: { ref: string }[] }).items;
    const found: string[] = [];
    for (const address of ['/projets', '/projets?vue=tableau', '/projets/nouveau', `/projets/${project?.ref ?? ''}`, '/besoins', '/besoins?onglet=offres', '/besoins?onglet=relations', '/besoins/nouveau', '/offres/nouvelle']) {
      await page.goto(address);
      await page.waitForLoadState('networkidle');
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      const { violations } = await new AxeBuilder({ page }).analyze();
      found.push(...violations.map(({ id, nodes }) => `${address}: ${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`));
      if ((await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)) > 0) found.push(`${address}: scrolls sideways`);
    }
    expect(found).toEqual([]);
  }
});

test('an offer whose answer is lost is made once, with the words written since', async ({ browser }) => {
  const dakar = await signIn(browser, product.url, 'maire@dakar.demo');
  await loseAnswer(dakar, '/api/offers');
  await dakar.goto('/offres/nouvelle');
  await dakar.getByLabel('Titre').fill('Une offre dont la réponse se perd');
  await dakar.getByLabel('Thème').selectOption({ label: THEME });
  await dakar.getByRole('group', { name: 'Sujets, un à cinq' }).getByRole('button', { name: CONCEPT }).click();
  await dakar.getByRole('group', { name: 'Aide proposée' }).getByRole('button', { name: 'Formation' }).click();
  await dakar.getByRole('button', { name: 'Enregistrer', exact: true }).click();
  await expect(dakar.getByRole('alert')).toBeVisible();
  await dakar.getByLabel('Titre').fill('Une offre dont la réponse s’est perdue');
  await dakar.getByRole('button', { name: 'Enregistrer', exact: true }).click();
  await expect(dakar.getByRole('heading', { level: 1, name: 'Une offre dont la réponse s’est perdue' })).toBeVisible();
});
