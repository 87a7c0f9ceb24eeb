import { addressOf, canonicalOf, type Context, type Place } from './context.js';
import { html } from './html.js';
import type { PublicPractice } from './public.presenter.js';

const FEED: Place = { path: '/public/pratiques.atom' };
const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';
/** A feed without entries still needs a date; a fixed one keeps it from looking new at each reading. */
const NEVER = '1970-01-01T00:00:00Z';

/** Atom (RFC 4287). The ids are those of the practices, so that a move to another name announces nothing twice. */
export function atomFeed(context: Context, items: PublicPractice[]): string {
  const { origin, language, words } = context;
  const list = canonicalOf(origin, { path: '/public/pratiques' }, language);
  const updated = items.map((item) => item.updatedAt).sort().at(-1) ?? NEVER;
  const feed = html`<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${language}"><title>${words.site} · ${words.list.title}</title><subtitle>${words.list.description}</subtitle>
    <id>${canonicalOf(origin, FEED, language)}</id><updated>${updated}</updated><link rel="self" type="application/atom+xml" href="${canonicalOf(origin, FEED, language)}"/><link rel="alternate" type="text/html" href="${list}"/>
    <author><name>${words.association}</name></author>${items.map((item) => entry(context, item))}</feed>`;
  return DECLARATION + feed.text;
}

function entry({ origin, language, words, country }: Context, item: PublicPractice) {
  const note = item.agreed ? '' : ` ${(language === 'fr' && item.label) || words.practice.unread}`;
  return html`<entry xml:lang="${item.language}"><title>${item.title}</title><id>urn:uuid:${item.id}</id><published>${item.publishedAt}</published><updated>${item.updatedAt}</updated>
    <link rel="alternate" type="text/html" href="${canonicalOf(origin, { path: `/public/pratiques/${item.ref}` }, language)}"/>
    <summary>${item.summary}${note}</summary>${item.theme ? html`<category term="${item.theme.id}" label="${item.theme[language]}"/>` : null}
    ${item.agreed && item.city ? html`<author><name>${item.city.name} (${country(item.country.code, item.country.name)})</name></author>` : null}</entry>`;
}

/** Every page that visitors may read, with its English twin. */
export function sitemap(origin: string, pages: { place: Place; at?: string }[]): string {
  const set = html`<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">${pages.map(
    ({ place, at }) => html`<url><loc>${canonicalOf(origin, place, 'fr')}</loc>${at ? html`<lastmod>${at.slice(0, 10)}</lastmod>` : null}
      <xhtml:link rel="alternate" hreflang="fr" href="${canonicalOf(origin, place, 'fr')}"/><xhtml:link rel="alternate" hreflang="en" href="${canonicalOf(origin, place, 'en')}"/></url>`,
  )}</urlset>`;
  return DECLARATION + set.text;
}

/** Robots read the public pages and nothing else. */
export const robots = (origin: string) => `User-agent: *\nAllow: /public\nDisallow: /\nSitemap: ${origin}${addressOf({ path: '/sitemap.xml' })}\n`;
