// Pictures of the main screens for docs/screenshots: French, phone and desktop, light and dark, from the built product.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';

const root = fileURLToPath(new URL('../..', import.meta.url));
const target = join(root, 'docs/screenshots');
const folder = mkdtempSync(join(tmpdir(), 'passerelle-pictures-'));
const port = await new Promise((done) => {
  const probe = createServer().listen(0, '127.0.0.1', () => {
    const { port } = probe.address();
    probe.close(() => done(port));
  });
});
const url = `http://127.0.0.1:${port}`;
const server = spawn(process.execPath, [join(root, 'apps/api/dist/main.js')], {
  env: { ...process.env, PORT: String(port), HOST: '127.0.0.1', DATA_DIR: folder, DEMO: '1', LOG_LEVEL: 'error' },
  stdio: 'inherit',
});
for (
  let tries = 0;
  tries < 300 &&
  !(await fetch(`${url}/api/ready`).then(
    (answer) => answer.ok,
    () => false,
  ));
  tries++
)
  await pause(100);

const SIZES = [
  ['1280', { width: 1280, height: 860 }],
  ['360', { width: 360, height: 780 }],
];
const openSearchBox = async (page) => {
  await page.getByRole('link', { name: 'Rechercher' }).click();
  await page.getByRole('combobox').fill('vidange');
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('ArrowDown');
};
const SCREENS = [
  ['accueil', '/'],
  ['echanges', '/echanges'],
  ['fil', null],
  ['pratiques', '/pratiques'],
  ['pratique', '/pratiques/demo-02'],
  ['editeur', '/pratiques/nouvelle'],
  ['comparer', '/pratiques/comparer?p=demo-10&p=demo-08&p=demo-02'],
  ['reprises', '/reprises'],
  ['projets', '/projets'],
  ['besoins', '/besoins'],
  ['public-pratique', '/public/pratiques/demo-10'],
  ['villes', '/villes'],
  ['ville', '/villes/yaounde'],
  ['recherche', '/recherche?q=toilette%20publique%20marche'],
  ['recherche-vide', '/recherche?q=compost%20pays%3ALaos'],
  ['recherche-debut', '/recherche'],
  ['recherche-boite', '/', openSearchBox],
  ['moi', '/moi'],
];
mkdirSync(target, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH,
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
try {
  for (const [name, viewport] of SIZES) {
    for (const colorScheme of ['light', 'dark']) {
      const context = await browser.newContext({ viewport, colorScheme, locale: 'fr-FR', timezoneId: 'Africa/Dakar', baseURL: url });
      const page = await context.newPage();
      const take = async (screen, act) => {
        await page.getByRole('heading', { level: 1 }).first().waitFor({ state: 'attached' });
        await page.waitForLoadState('networkidle');
        await act?.(page);
        await page.screenshot({ path: join(target, `${screen}-${name}${colorScheme === 'dark' ? '-dark' : ''}.png`) });
      };
      await page.goto('/connexion');
      await page.locator('.demo button').first().waitFor();
      await take('connexion');
      await page.locator('.demo button').first().click();
      await page.waitForURL(`${url}/`);
      for (const [screen, path, act] of SCREENS) {
        const thread = async () =>
          (await (await page.request.get('/api/threads?space=eau-assainissement&status=answered&limit=1')).json()).items[0].id;
        await page.goto(path ?? `/fils/${await thread()}`);
        await take(screen, act);
      }
      await context.close();
    }
  }
} finally {
  await browser.close();
  server.kill('SIGINT');
  await new Promise((done) => server.once('exit', done));
  rmSync(folder, { recursive: true, force: true });
}
console.log(`Pictures are in ${target}`);
process.exit(0);
