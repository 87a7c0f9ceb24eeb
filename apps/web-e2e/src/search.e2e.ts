import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { findThread, PHONE, signIn } from './people.js';
import { Product } from './server.js';

let product: Product;
test.beforeAll(async () => (product = await Product.start()));
test.afterAll(() => product.down());

const field = (page: Page) => page.getByRole('combobox', { name: /Vos mots|Your words/ });
const choices = (page: Page) => page.getByRole('listbox', { name: /Propositions|Suggestions/ });
const queryOf = (page: Page) => new URL(page.url()).searchParams.get('q');
const said = (page: Page) => page.locator('.said');
const facetValue = (page: Page, name: string) => page.getByRole('checkbox', { name });

async function open(page: Page, q: string): Promise<void> {
  await page.goto(`/recherche?q=${encodeURIComponent(q)}`);
  await expect(page.getByRole('heading', { level: 2 }).filter({ hasText: /Résultats|Results|Aucun résultat|No results/ })).toBeAttached();
}

/** Writes a message as somebody and waits until it can be found. */
async function write(page: Page, words: string, body: string): Promise<void> {
  const thread = await findThread(page);
  const answer = await page.request.post(`/api/threads/${thread}/posts`, { data: { id: crypto.randomUUID(), body } });
  expect(answer.status()).toBe(201);
  await expect.poll(async () => ((await (await page.request.get(`/api/search?q=${words}`)).json()) as { total: number }).total).toBeGreaterThan(0);
}

test('what is typed while the box is still on its way stands in it', async ({ browser }) => {
  const page = await signIn(browser, product.url, 'maire@dakar.demo');
  let arrive = () => {};
  const slow = new Promise<void>((done) => (arrive = done));
  await page.route('**/assets/search-box-*.js', async (route) => {
    await slow;
    await route.continue();
  });
  await page.keyboard.type('/vidange');
  arrive();
  await expect(field(page)).toBeFocused();
  await expect(field(page)).toHaveValue('vidange');
  await expect(choices(page).getByRole('option').first()).toBeVisible();
});

test('the box opens over any screen, proposes while one types, and the keyboard alone chooses', async ({ browser }) => {
  const page = await signIn(browser, product.url, 'maire@dakar.demo');
  await page.goto('/villes');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.keyboard.press('/');
  await expect(field(page)).toBeFocused();
  await page.keyboard.type('vidange');
  await expect(choices(page).getByRole('group', { name: 'Pratiques' }).getByRole('option').first()).toBeVisible();
  for (const group of await choices(page).getByRole('group').all()) expect(await group.getByRole('option').count()).toBeLessThanOrEqual(5);
  await expect(page.getByRole('dialog').getByRole('status')).toHaveText(/^\d+ propositions\.$/);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  const first = choices(page).getByRole('option').first();
  await expect(first).toHaveAttribute('aria-selected', 'true');
  await expect(field(page)).toHaveAttribute('aria-activedescendant', (await first.getAttribute('id')) ?? '');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/pratiques\/demo-\d+$/);
  await expect(page.getByRole('dialog')).toBeHidden();

  await page.getByRole('link', { name: 'Rechercher' }).click();
  await expect(field(page)).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(page.getByRole('link', { name: 'Rechercher' })).toBeFocused();

  await page.keyboard.press('/');
  await expect(field(page)).toBeFocused();
  await page.keyboard.type('boues de vidange');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/recherche\?q=boues/);
  await expect(page.locator('mark').first()).toBeVisible();
  await expect(page.locator('.why').first()).not.toBeEmpty();
});

test('typed operators and the panel are one query, both ways', async ({ browser }) => {
  const page = await signIn(browser, product.url, 'maire@dakar.demo');
  await open(page, 'eau');
  await facetValue(page, 'Sénégal').check();
  await expect.poll(() => queryOf(page)).toBe('eau pays:Sénégal');
  await expect(field(page)).toHaveValue('eau pays:Sénégal');
  await facetValue(page, 'Cameroun').check();
  await expect.poll(() => queryOf(page)).toBe('eau pays:Sénégal pays:Cameroun');
  await facetValue(page, 'Sénégal').uncheck();
  await expect.poll(() => queryOf(page)).toBe('eau pays:Cameroun');
  await page.getByRole('button', { name: 'Pays : Cameroun' }).click();
  await expect.poll(() => queryOf(page)).toBe('eau');
  await expect(facetValue(page, 'Cameroun')).not.toBeChecked();

  // What was typed and not sent goes with the value that is ticked.
  await field(page).fill('eau potable');
  await facetValue(page, 'Cameroun').check();
  await expect.poll(() => queryOf(page)).toBe('eau potable pays:Cameroun');

  await field(page).fill('eau thème:assainissement');
  await field(page).press('Enter');
  await expect(facetValue(page, 'Eau et assainissement')).toBeChecked();
  await expect(page.getByRole('button', { name: 'Thème : Eau et assainissement' })).toBeVisible();
  await facetValue(page, 'Eau et assainissement').uncheck();
  await expect(field(page)).toHaveValue('eau');

  const counted = await page.getByRole('navigation', { name: 'Types de résultats' }).getByRole('link', { name: /^Pratiques/ }).innerText();
  await page.getByRole('link', { name: /^Pratiques, / }).click();
  await expect(field(page)).toHaveValue('eau type:pratique');
  await expect(said(page)).toContainText(`${/\d+/.exec(counted)?.[0]} résultats`);

  await page.getByRole('button', { name: 'Ajouter un critère' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Avant une année' }).click();
  await expect(field(page)).toBeFocused();
  await page.keyboard.type('2010');
  await page.keyboard.press('Enter');
  await expect.poll(() => queryOf(page)).toBe('eau type:pratique avant:2010');

  // Addresses that were shared before filters were words of the query.
  await page.goto('/recherche?q=eau&kind=practice&country=MA');
  await expect.poll(() => queryOf(page)).toBe('eau type:pratique pays:MA');
  await expect(facetValue(page, 'Maroc')).toBeChecked();
});

test('where nothing is found the page says what would be, and takes the question to the network', async ({ browser }) => {
  const page = await signIn(browser, product.url, 'maire@dakar.demo');
  await open(page, 'compost pays:Laos');
  await expect(page.getByRole('heading', { name: 'Aucun résultat pour « compost »' })).toBeVisible();
  await page.getByRole('listitem').filter({ hasText: 'Retirer le critère' }).getByRole('link', { name: 'Pays : Laos' }).click();
  await expect.poll(() => queryOf(page)).toBe('compost');
  await expect(page.locator('.hit').first()).toBeVisible();

  await open(page, 'compost pays:Atlantide');
  await expect(page.getByText('« pays:Atlantide » ne correspond à rien.')).toBeVisible();

  await open(page, 'qwxyzk vbnmtr pays:Laos');
  await page.getByRole('link', { name: 'Poser la question' }).click();
  await expect(page.getByLabel('Titre')).toHaveValue('Qwxyzk vbnmtr');
  await expect(page.getByRole('radio', { name: /^Question/ })).toBeChecked();
  await page.locator('#space').selectOption({ label: 'Eau et assainissement' });
  await page.getByRole('textbox', { name: 'Message' }).fill('Je n’ai rien trouvé sur ce sujet.');
  await page.getByRole('button', { name: 'Publier' }).click();
  await expect(page.getByRole('link', { name: 'Qwxyzk vbnmtr' })).toBeVisible();
});

test('a saved search counts what others have written since, once however often it is tapped', async ({ browser }) => {
  const reader = await signIn(browser, product.url, 'mairesse@montreal.demo');
  const author = await signIn(browser, product.url, 'bourgmestre@liege.demo');
  await open(reader, 'hydrophonie');
  await reader.getByRole('button', { name: 'M’avertir plus tard' }).dblclick();
  const followed = reader.getByRole('link', { name: 'Suivie' });
  await followed.dispatchEvent('click', { detail: 2 });
  await expect(reader).toHaveURL(/hydrophonie/);
  await followed.click();
  await expect(reader.getByRole('listitem').filter({ hasText: 'hydrophonie' })).toHaveCount(1);
  await expect(reader.getByText('Rien de nouveau depuis votre lecture')).toBeVisible();

  await write(author, 'hydrophonie', 'Nous avons essayé l’hydrophonie dans deux écoles.');
  await reader.reload();
  const row = reader.getByRole('main').getByRole('listitem').filter({ hasText: 'hydrophonie' });
  await expect(row.getByText(/^1 nouveau résultat/)).toBeVisible();
  await row.getByRole('link', { name: 'hydrophonie' }).click();
  await expect(reader.getByText(/1 nouveau résultat depuis votre dernière lecture/)).toBeVisible();
  await expect(reader.locator('.hit').filter({ hasText: 'Nouveau' })).toHaveCount(1);

  await reader.goto('/recherche');
  await expect(reader.getByRole('listitem').filter({ hasText: 'hydrophonie' }).filter({ hasText: 'Rien de nouveau' })).toBeVisible();
  await reader.goto('/recherche/suivies');
  await reader.getByRole('button', { name: 'Ne plus suivre « hydrophonie »' }).click();
  await expect(reader.getByRole('heading', { name: 'Vous ne suivez aucune recherche' })).toBeVisible();
  await reader.getByRole('button', { name: 'Annuler cette action' }).click();
  await expect(reader.getByRole('main').getByRole('link', { name: 'hydrophonie' })).toBeVisible();
});

test('on a phone the glass opens the box, and the facets rise in a sheet', async ({ browser }) => {
  const page = await signIn(browser, product.url, 'maire@dakar.demo', { size: PHONE });
  await page.getByRole('link', { name: 'Rechercher' }).click();
  await field(page).fill('marché');
  await page.getByRole('dialog').getByRole('button', { name: 'Rechercher' }).click();
  await expect(page).toHaveURL(/\/recherche\?q=march/);
  await page.getByRole('button', { name: 'Affiner' }).click();
  const sheet = page.getByRole('dialog', { name: 'Affiner' });
  await sheet.getByRole('checkbox').first().check();
  await expect(page.getByRole('link', { name: /^Tout, / })).toBeAttached();
  await sheet.getByRole('button', { name: /^Voir \d+ résultat/ }).click();
  await expect(page.getByRole('button', { name: 'Affiner (1)' })).toBeFocused();
  expect(queryOf(page)).toMatch(/^marché thème:/);
});

test('without a network the last results stay, and are called so; an index in preparation is waited for', async ({ browser }) => {
  const page = await signIn(browser, product.url, 'maire@dakar.demo');
  await open(page, 'compost');
  await page.context().setOffline(true);
  await field(page).fill('latrines');
  await field(page).press('Enter');
  await expect(page.getByText('Voici vos derniers résultats, pour « compost ».')).toBeVisible();
  await expect(page.locator('.hit').first()).toBeVisible();
  await page.context().setOffline(false);
  await expect(page.getByText('Voici vos derniers résultats')).toBeHidden({ timeout: 40_000 });

  let asked = 0;
  await page.route('**/api/search?*', (route) => {
    asked += 1;
    return asked > 1 ? route.continue() : route.fulfill({ status: 503, contentType: 'application/problem+json', body: JSON.stringify({ code: 'unavailable', status: 503 }) });
  });
  await page.goto('/recherche?q=vidange');
  await expect(page.getByText('L’index de recherche se prépare.')).toBeVisible();
  await expect(page.locator('.hit').first()).toBeVisible();
});

test('a guest is proposed and shown nothing of the members, and only the secretariat reads what was looked for in vain', async ({ browser }) => {
  const guest = await signIn(browser, product.url, 'expert@partenaire.demo');
  await guest.keyboard.press('/');
  await field(guest).fill('dakar');
  await expect(choices(guest).getByRole('group', { name: 'Pratiques' })).toBeVisible();
  for (const kind of ['Villes', 'Personnes', 'Projets', 'Besoins', 'Offres']) await expect(choices(guest).getByRole('group', { name: kind })).toHaveCount(0);
  await guest.keyboard.press('Enter');
  await expect(guest.getByRole('link', { name: /^Pratiques, / })).toBeVisible();
  await expect(guest.getByRole('link', { name: /^(Villes|Personnes|Projets|Besoins|Offres), / })).toHaveCount(0);

  const member = await signIn(browser, product.url, 'technique@bangangte.demo');
  await open(member, 'zeppelinage');
  await member.goto('/recherche/sans-reponse');
  await expect(member.getByRole('heading', { name: 'Réservé au secrétariat' })).toBeVisible();
  await member.goto('/recherche');
  await expect(member.getByRole('heading', { name: 'Que cherchez-vous' })).toBeVisible();
  await expect(member.getByRole('link', { name: 'Ce que l’on a cherché en vain' })).toHaveCount(0);

  const secretariat = await signIn(browser, product.url, 'secretariat@aimf.demo');
  await secretariat.goto('/recherche');
  await secretariat.getByRole('link', { name: 'Ce que l’on a cherché en vain' }).click();
  await expect(secretariat.getByRole('rowheader', { name: 'zeppelinage' })).toBeVisible();
});

test('the search is English for those who read English', async ({ browser }) => {
  const page = await signIn(browser, product.url, 'technique@bangangte.demo');
  await page.request.patch('/api/me', { data: { interfaceLanguage: 'en' } });
  await open(page, 'water country:Senegal');
  await expect(page.getByRole('button', { name: 'Country: Senegal' })).toBeVisible();
  await facetValue(page, 'Water and sanitation').check();
  await expect.poll(() => queryOf(page)).toBe('water country:Senegal theme:"Water and sanitation"');
  await expect(page.locator('.why').first()).toContainText(/[Yy]our|word|concept/);
  await page.goto('/recherche');
  await expect(page.getByRole('heading', { name: 'What are you looking for?' })).toBeVisible();
});

for (const scheme of ['light', 'dark'] as const)
  test(`page, box, empty page and saved searches have no accessibility violation, ${scheme}`, async ({ browser }) => {
    test.setTimeout(120_000);
    for (const size of [PHONE, { width: 1280, height: 860 }]) {
      const page = await signIn(browser, product.url, 'maire@dakar.demo', { size, scheme });
      await page.request.post('/api/saved-searches', { data: { id: crypto.randomUUID(), q: 'compost' } });
      const violations = async () => (await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`);
      const sideways = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      for (const q of ['eau pays:Sénégal', 'qwxyzk vbnmtr', 'compost pays:Atlantide']) {
        await open(page, q);
        expect([q, await violations(), await sideways()]).toEqual([q, [], 0]);
      }
      await field(page).fill('dakar');
      await expect(choices(page)).toBeVisible();
      expect(await violations()).toEqual([]);
      await page.goto('/');
      await page.getByRole('link', { name: 'Rechercher' }).click();
      await field(page).fill('dakar');
      await expect(choices(page)).toBeVisible();
      await page.keyboard.press('ArrowDown');
      await expect(choices(page).getByRole('option', { selected: true })).toBeVisible();
      expect(await violations()).toEqual([]);
      for (const address of ['/recherche', '/recherche/suivies']) {
        await page.goto(address);
        await expect(page.getByRole('main').getByRole('link', { name: 'compost' }).first()).toBeVisible();
        expect([address, await violations(), await sideways()]).toEqual([address, [], 0]);
      }
      await page.goto('/recherche');
      await page.getByRole('button', { name: 'Ajouter un critère' }).click();
      expect(await violations()).toEqual([]);
    }
  });
