import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
// @ts-expect-error: the package has no types.
import Validator from '@adobe/structured-data-validator';
import { parseAtomFeed } from 'feedsmith';
import { XmlDocument } from 'libxml2-wasm';
import { project } from '../src/public/map.js';
import { STYLE } from '../src/public/style.js';
import { WORDS, type Words } from '../src/public/words.js';
import { startWithDemonstration } from './builders/demonstration.js';
import type { TestApp } from './support/app.js';

const LIMIT_BYTES = 30_000;

let app: TestApp;
let refs: string[];

beforeAll(async () => {
  app = await startWithDemonstration();
  refs = (await app.database.rows<{ ref: string }>('SELECT ref FROM practice ORDER BY ref')).map(({ ref }) => ref);
});
afterAll(() => app.stop());

const get = (path: string, headers: Record<string, string> = {}) => app.call('GET', path, { headers });
const bytes = (text: string) => Buffer.byteLength(text);
const links = (text: string, pattern: RegExp) => [...new Set([...text.matchAll(pattern)].map(([, found]) => found))].sort();
const jsonLd = (text: string) =>
  JSON.parse(/<script type="application\/ld\+json">(.*?)<\/script>/.exec(text)?.[1] ?? 'null') as {
    '@graph': ({ '@type': string } & Record<string, unknown>)[];
  };

describe('the pages', () => {
  it('weigh less than 30 kB each, in both languages', async () => {
    const fixed = ['/public', '/public/pratiques', '/public/villes', '/public/carte', '/public/style.css', '/public/terre.svg'];
    const cities = links((await get('/sitemap.xml')).text, /(\/public\/villes\/[a-z0-9-]+)/g);
    const paths = [...fixed, ...cities, ...refs.map((ref) => `/public/pratiques/${ref}`)].flatMap((path) => [
      path ?? '',
      `${path}?lang=en`,
    ]);
    const heavy: [string, number][] = [];
    for (const path of paths) {
      const { status, text } = await get(path);
      expect([path, status]).toEqual([path, 200]);
      if (bytes(text) >= LIMIT_BYTES) heavy.push([path, bytes(text)]);
      if (path.includes('.')) continue;
      // Nothing that is run, nothing inline: the policy would refuse it.
      expect(text.replace(/<script type="application\/ld\+json">.*?<\/script>/g, '')).not.toMatch(/<script|<style|\sstyle=|\son\w+=/);
      expect(text).toMatch(/<title>[^<]+<\/title><meta name="description" content="[^"]+">/);
    }
    expect(heavy).toEqual([]);
    expect(paths.length).toBeGreaterThan(100);
  });

  it('stay light with the most that the list and the map can hold', async () => {
    await app.database.run(
      `INSERT INTO organisation (id, slug, kind, name, country, country_name, latitude, longitude) SELECT gen_random_uuid(), 'ville-d-essai-numero-' || n, 'city', 'Une ville au nom assez long n° ' || n, 'CD', 'République démocratique du Congo', (n % 60) - 30, n % 50 FROM generate_series(1, 300) n`,
    );
    await app.database.run(
      `INSERT INTO practice (id, ref, organisation_id, city_name, country, title, summary, language, theme_id, content, state, source_url) SELECT gen_random_uuid(), 'charge-' || o.slug, o.id, o.name, o.country, repeat('Titre é ', 15), repeat('Résumé ', 120), 'fr', 'eau-assainissement', '{}', 'public', 'https://exemple.test/'
       FROM organisation o WHERE o.slug LIKE 'ville-d-essai-%'`,
    );
    const weights = await Promise.all(
      ['/public', '/public/pratiques', '/public/pratiques?page=9', '/public/villes', '/public/villes?page=2', '/public/carte'].map(
        async (path) => [path, bytes((await get(path)).text)] as const,
      ),
    );
    const { text } = await get('/public/pratiques?theme=eau-assainissement&country=CD&page=2');
    await app.database.run(`DELETE FROM practice WHERE ref LIKE 'charge-%'`);
    await app.database.run(`DELETE FROM organisation WHERE slug LIKE 'ville-d-essai-%'`);
    expect(weights.filter(([, weight]) => weight >= LIMIT_BYTES)).toEqual([]);
    expect(links(text, /rel="(?:prev|next)" href="([^"]*)"/g)).toEqual(
      ['', '&amp;page=3'].map((end) => `/public/pratiques?theme=eau-assainissement&amp;country=CD${end}`),
    );
  });

  it('are filtered by theme and country through the address alone', async () => {
    const cards = async (query: string) =>
      links((await get(`/public/pratiques?${query}`)).text, /<h3><a href="\/public\/pratiques\/([a-z0-9-]+)"/g);
    expect(await cards('')).toHaveLength(20);
    expect((await cards('page=2')).filter((ref) => refs.includes(ref ?? ''))).toHaveLength(20);
    const expected = (
      await app.database.rows<{ ref: string }>(
        `SELECT ref FROM practice WHERE country = 'CM' AND theme_id = 'dechets-proprete' ORDER BY ref`,
      )
    ).map(({ ref }) => ref);
    expect(await cards('country=CM&theme=dechets-proprete')).toEqual(expected);
    expect(await cards('country=cm%27&theme=&page=x')).toHaveLength(20);
    expect((await get('/public/pratiques?theme=inconnu')).text).toContain('Aucune pratique publique');
  });

  it('open with whatever stands behind the question mark', async () => {
    const spoilt = ['%00', 'a%00b', '%ED%A0%80', `${'x'.repeat(5_000)}`, '-1', '1e9', '%5B%5D', '%27%3B--'];
    for (const path of ['/public', '/public/pratiques', '/public/pratiques/demo-02', '/public/villes', '/public/carte', '/public/pratiques.atom', '/public/style.css'])
      for (const value of spoilt)
        for (const query of [...['lang', 'theme', 'country', 'page', 'v', 'autre'].map((name) => `${name}=${value}`), `theme=${value}&theme=b`, `page=1&page=${value}`])
          expect([path, query, (await get(`${path}?${query}`)).status]).toEqual([path, query, 200]);
  });

  it('are kept for five minutes and sent again only when they changed', async () => {
    const first = await get('/public/pratiques/demo-08');
    const tag = first.headers.get('etag') ?? '';
    expect([first.headers.get('cache-control'), first.headers.get('vary')]).toEqual([
      'public, max-age=300',
      expect.stringContaining('accept-language'),
    ]);
    const again = await get('/public/pratiques/demo-08', { 'if-none-match': tag });
    expect([again.status, again.text]).toEqual([304, '']);
    await app.database.run(`UPDATE practice SET title = title || ' !' WHERE ref = 'demo-08'`);
    expect((await get('/public/pratiques/demo-08', { 'if-none-match': tag })).status).toBe(200);
    expect((await get('/public/pratiques', { 'accept-encoding': 'br' })).headers.get('content-encoding')).toBe('br');
  });

  it('have one address in each language', async () => {
    const english = await get('/public/pratiques?lang=en&country=CM');
    expect(english.text).toContain('<link rel="canonical" href="http://127.0.0.1:0/public/pratiques?country=CM&amp;lang=en">');
    expect(english.text).toContain('<link rel="alternate" hreflang="fr" href="http://127.0.0.1:0/public/pratiques?country=CM">');
    const lang = async (header: string, query = '') =>
      /<html lang="(..)">/.exec((await get(`/public${query}`, { 'accept-language': header })).text)?.[1];
    expect([
      await lang('en-GB,en;q=0.9,fr;q=0.5'),
      await lang('fr-BE, en;q=0.8'),
      await lang('de'),
      await lang('en', '?lang=fr'),
      await lang('fr', '?lang=en'),
    ]).toEqual(['en', 'fr', 'fr', 'fr', 'en']);
  });

  it('show no French word of the interface in English', async () => {
    const sentences = (words: object): string[] =>
      Object.values(words).flatMap((value: unknown) =>
        typeof value === 'string' ? [value] : typeof value === 'object' && value ? sentences(value) : [],
      );
    const english = new Set(sentences(WORDS.en));
    const french = sentences(WORDS.fr as Words).filter(
      (sentence) => !english.has(sentence) && !['English', 'français', 'anglais'].includes(sentence),
    );
    for (const path of [
      '/public',
      '/public/pratiques',
      '/public/pratiques/demo-08',
      '/public/villes',
      '/public/villes/dschang',
      '/public/carte',
      '/public/absente',
    ]) {
      const { text } = await get(`${path}?lang=en`);
      // What a city wrote is marked with its language and stays as it is; what remains is ours.
      const ours = text
        .replace(/<script.*?<\/script>/g, '')
        .replace(/<(\w+)[^>]* lang="fr"[^>]*>.*?<\/\1>/g, '')
        .replace(/<[^>]+>/g, '\n');
      const shown = new Set(ours.split('\n').map((line) => line.trim()));
      expect(french.filter((sentence) => shown.has(sentence) || (sentence.length > 20 && ours.includes(sentence)))).toEqual([]);
      expect(ours).not.toMatch(/\b(villes?|pratiques|publique|depuis|Coût|Thème|Carte)\b/);
    }
  });
});

describe('what machines read', () => {
  it('is a feed that a reader takes, newest first', async () => {
    const { text, headers } = await get('/public/pratiques.atom');
    expect(headers.get('content-type')).toBe('application/atom+xml; charset=utf-8');
    // A strict parser: one wrong sign and it throws.
    XmlDocument.fromString(text).dispose();
    expect(() => XmlDocument.fromString(text.replace('</entry>', ''))).toThrow();
    const feed = parseAtomFeed(text, { maxItems: 0 });
    const { entries = [] } = parseAtomFeed(text);
    expect(feed).toMatchObject({
      id: expect.stringMatching(/^http/),
      title: { value: expect.any(String) },
      authors: [{ name: expect.stringContaining('maires francophones') }],
      links: expect.arrayContaining([expect.objectContaining({ rel: 'self', type: 'application/atom+xml' })]),
    });
    expect(entries).toHaveLength(40);
    // What RFC 4287 demands of each entry.
    for (const entry of entries) {
      expect(entry).toMatchObject({
        id: expect.stringMatching(/^urn:uuid:[0-9a-f-]{36}$/),
        title: { value: expect.stringMatching(/./) },
        summary: { value: expect.stringContaining('ni relue ni validée') },
        links: [{ rel: 'alternate', href: expect.stringMatching(/^http.*\/public\/pratiques\/demo-\d\d$/) }],
      });
      for (const date of [entry.published, entry.updated]) expect(date).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
    }
    expect(new Set(entries.map(({ id }) => id)).size).toBe(40);
    const published = entries.map((entry) => Date.parse(String(entry.published)));
    expect(published).toEqual([...published].sort((a, b) => b - a));
  });

  it('is schema.org data without fault, on every kind of page', async () => {
    const validator = new Validator() as { validate(found: object): Promise<{ severity: string; issueMessage: string }[]> };
    const types: string[] = [];
    for (const path of [
      '/public',
      '/public/pratiques',
      ...refs.map((ref) => `/public/pratiques/${ref}`),
      '/public/villes/dschang',
      '/public/villes/dschang?lang=en',
    ]) {
      const { '@graph': things } = jsonLd((await get(path)).text);
      const found = Object.fromEntries(things.map((thing) => [thing['@type'], [thing]]));
      types.push(...Object.keys(found));
      expect({ path, issues: (await validator.validate({ jsonld: found })).filter(({ severity }) => severity === 'ERROR') }).toEqual({
        path,
        issues: [],
      });
    }
    expect([...new Set(types)].sort()).toEqual(['Article', 'BreadcrumbList', 'City', 'CollectionPage', 'WebSite']);
    // The validator does see faults.
    const broken = await validator.validate({
      jsonld: { BreadcrumbList: [{ '@type': 'BreadcrumbList', itemListElement: [{ '@type': 'ListItem', position: 1 }] }] },
    });
    expect(broken.map(({ severity }) => severity)).toContain('ERROR');
    const [article] = jsonLd((await get('/public/pratiques/demo-08')).text)['@graph'];
    expect(article).toMatchObject({
      '@type': 'Article',
      inLanguage: 'fr',
      author: { name: expect.stringContaining('maires francophones') },
      isBasedOn: expect.stringContaining('actucameroun.com'),
      contentLocation: { name: 'Dschang', geo: { latitude: expect.any(Number) } },
    });
  });

  it('is a sitemap of exactly the public pages', async () => {
    const { text } = await get('/sitemap.xml');
    XmlDocument.fromString(text).dispose();
    const found = links(text, /<loc>http:\/\/127\.0\.0\.1:0([^<]*)<\/loc>/g);
    const cities = (
      await app.database.rows<{ slug: string }>(
        `SELECT DISTINCT o.slug FROM organisation o JOIN practice p ON p.organisation_id = o.id WHERE o.kind = 'city'`,
      )
    ).map(({ slug }) => `/public/villes/${slug}`);
    expect(found).toEqual(
      [
        '/public',
        '/public/carte',
        '/public/pratiques',
        '/public/securite',
        '/public/villes',
        ...refs.map((ref) => `/public/pratiques/${ref}`),
        ...cities,
      ].sort(),
    );
    await app.database.run(`UPDATE practice SET state = 'archived' WHERE ref = 'demo-40'`);
    expect((await get('/sitemap.xml')).text).not.toContain('demo-40');
    await app.database.run(`UPDATE practice SET state = 'public' WHERE ref = 'demo-40'`);
  });

  it('is closed to robots outside of the public pages', async () => {
    expect((await get('/robots.txt')).text).toBe('User-agent: *\nAllow: /public\nDisallow: /\nSitemap: http://127.0.0.1:0/sitemap.xml\n');
  });
});

describe('the map', () => {
  it('puts a city where the projection of the application puts it', () => {
    // Values of d3-geo for the frame of apps/web/src/ui/map/projection.ts.
    const places = [
      [-17.44, 14.69, 320.9, 251.9],
      [2.35, 48.85, 428.1, 44.4],
      [105, 21, 913.3, 210.8],
      [-73, 46, 107.9, 59.7],
    ] as const;
    for (const [longitude, latitude, x, y] of places) expect(project({ longitude, latitude })).toEqual({ x, y });
  });

  it('has the colours of the application', () => {
    const tokens = readFileSync(join(import.meta.dirname, '../../web/src/ui/tokens.css'), 'utf8');
    const colours = [...STYLE.matchAll(/--[a-z0-9-]+:#[0-9A-F]{3,6}/g)].map(([colour]) => colour);
    expect(colours.length).toBeGreaterThan(20);
    expect(colours.filter((colour) => !tokens.includes(colour))).toEqual([]);
  });
});
