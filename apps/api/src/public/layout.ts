import type { Language } from '@passerelle/contract';
import { addressOf, canonicalOf, type Context, type Place } from './context.js';
import { type Child, dataBlock, html, type Markup } from './html.js';
import { reportForm } from './report-form.js';
import { STYLE_ADDRESS } from './style.js';

const LANGUAGES: readonly Language[] = ['fr', 'en'];

export interface Page {
  title: string;
  /** One sentence for search engines and previews; cut to a length that they show. */
  description: string;
  /** Null for a page without an address of its own, which robots leave out. */
  place: Place | null;
  body: Child;
  /** schema.org. */
  data?: object;
  section?: 'home' | 'practices' | 'cities' | 'map';
  kind?: 'website' | 'article';
}

const sections = [
  ['home', '/public'],
  ['practices', '/public/pratiques'],
  ['cities', '/public/villes'],
  ['map', '/public/carte'],
] as const;

/** The whole document: no script, no inline style, one stylesheet. */
export function layout(context: Context, page: Page): string {
  const { language, words, link } = context;
  const title = page.section === 'home' ? `${words.site} · ${page.title}` : `${page.title} · ${words.site}`;
  const other: Language = language === 'fr' ? 'en' : 'fr';
  const switcher = addressOf({ path: page.place?.path ?? '/public', query: { ...page.place?.query, lang: other } });
  return html`<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
    <title>${title}</title><meta name="description" content="${page.description}">${page.place ? addresses(context, page, page.place, title) : html`<meta name="robots" content="noindex">`}
    <link rel="alternate" type="application/atom+xml" title="${words.site}" href="${link('/public/pratiques.atom')}">
    <link rel="icon" href="/icon.svg" type="image/svg+xml"><link rel="stylesheet" href="${STYLE_ADDRESS}">${page.data ? dataBlock(page.data) : null}</head>
    <body><a class="skip" href="#contenu">${words.skip}</a>
    <header><div class="in"><a class="brand" href="${link('/public')}">${words.site}</a><nav aria-label="${words.menu}">${sections.map(
      ([name, path]) => html`<a href="${link(path)}"${name === page.section ? html` aria-current="page"` : null}>${words.nav[name]}</a>`,
    )}</nav><span class="end"><a href="${switcher}" hreflang="${other}" lang="${other}">${words.other}</a><a href="/">${words.members}</a></span></div></header>
    <main id="contenu" class="in">${page.body}</main>
    <footer><div class="in"><p>${words.footer}</p>${page.place ? html`<details><summary>${words.report}</summary>${reportForm(context, page.place.path)}</details>` : null}<p><a href="${link('/public/pratiques.atom')}">${words.feed}</a> · <a href="${link('/public/securite')}">${words.security.title}</a></p><p>${words.geonames}</p></div></footer></body></html>`.text;
}

function addresses({ origin, language }: Context, page: Page, place: Place, title: string): Markup {
  const canonical = canonicalOf(origin, place, language);
  return html`<link rel="canonical" href="${canonical}">${LANGUAGES.map((each) => html`<link rel="alternate" hreflang="${each}" href="${canonicalOf(origin, place, each)}">`)}
    <link rel="alternate" hreflang="x-default" href="${canonicalOf(origin, place, 'fr')}">
    <meta property="og:title" content="${title}"><meta property="og:description" content="${page.description}"><meta property="og:type" content="${page.kind ?? 'website'}"><meta property="og:url" content="${canonical}">`;
}

/** The same bytes whatever was asked for: what is hidden must not differ from what never was. */
export const notFoundPage = (context: Context): string =>
  layout(context, {
    title: context.words.notFound.title, description: context.words.notFound.text, place: null,
    body: html`<h1>${context.words.notFound.title}</h1><p>${context.words.notFound.text}</p><p><a href="${context.link('/public/pratiques')}">${context.words.notFound.back}</a></p>`,
  });
