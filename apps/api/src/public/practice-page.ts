import { type Context, formatNumber, type Place } from './context.js';
import { html, type Markup } from './html.js';
import { entryData } from './json-ld.js';
import type { Page } from './layout.js';
import { cityMap } from './map.js';
import { cityOf, cut, inLanguage, periodOf } from './parts.js';
import type { PublicEntry } from './public.presenter.js';

const DESCRIPTION = 180;
/** What a thumbnail is at most wide or high (forum/attachment.service). */
const THUMBNAIL_EDGE = 320;
const KILO = 1024;

/** A practice as visitors read it: the part of the entry that presentEntry() lets out. */
export function practicePage(context: Context, entry: PublicEntry): Page {
  const { words } = context;
  const place: Place = { path: `/public/pratiques/${entry.ref}` };
  const lang = inLanguage(context, entry.language);
  return {
    title: entry.title, description: cut(entry, DESCRIPTION), place, section: 'practices', kind: 'article', data: entryData(context, place, entry),
    body: html`<article class="entry"><div><h1${lang}>${entry.title}</h1><p class="meta">${cityOf(context, entry)}</p>${badges(context, entry)}
      ${entry.agreed ? null : html`<p class="label">${(context.language === 'fr' && entry.label) || words.practice.unread}</p>`}
      ${translated(context, entry)}<h2>${words.practice.summary}</h2><p${lang}>${entry.summary}</p>
      ${results(context, entry)}${photos(context, entry)}</div><aside><h2>${words.practice.facts}</h2>${facts(context, entry)}${locator(context, entry)}</aside>
      <div>${documents(context, entry)}<h2>${words.practice.about}</h2>${about(context, entry)}</div></article>`,
  };
}

function badges({ words, language }: Context, entry: PublicEntry): Markup | null {
  const month = (instant: string) => new Intl.DateTimeFormat(language, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(instant));
  const held = [
    entry.validated && words.badge.validated, entry.takenUpCount > 0 && words.badge.taken(entry.takenUpCount), entry.awarded && words.badge.awarded,
    entry.confirmedOn && words.badge.confirmed(month(entry.confirmedOn)), !entry.agreed && words.badge.demonstration,
  ].filter((badge) => badge !== false && badge !== null);
  return held.length > 0 ? html`<ul class="badges">${held.map((badge) => html`<li>${badge}</li>`)}</ul>` : null;
}

/** Beside the original, never instead of it, and only in the language of the page. */
function translated(context: Context, { translation, language }: PublicEntry): Markup | null {
  if (!translation || translation.language !== context.language || language === context.language) return null;
  return html`<section><h2>${translation.title}</h2><p>${translation.summary}</p><p class="meta">${context.words.practice.translation(translation.translator)}</p></section>`;
}

/** A table when something was measured before and after, otherwise the sentences as a list. */
function results(context: Context, entry: PublicEntry): Markup | null {
  const { words } = context;
  if (entry.results.length === 0) return null;
  const lang = inLanguage(context, entry.language);
  const columns = (['before', 'after', 'date', 'source'] as const).filter((column) => entry.results.some((row) => row[column]));
  if (columns.length === 0) return html`<h2>${words.practice.results}</h2><ul${lang}>${entry.results.map((row) => html`<li>${row.indicator}</li>`)}</ul>`;
  return html`<h2>${words.practice.results}</h2><div class="wide" tabindex="0" role="group" aria-label="${words.practice.results}"><table><thead><tr><th scope="col">${words.practice.indicator}</th>${columns.map((column) => html`<th scope="col">${words.practice[column]}</th>`)}</tr></thead>
    <tbody${lang}>${entry.results.map((row) => html`<tr><th scope="row">${row.indicator}</th>${columns.map((column) => html`<td>${row[column]}</td>`)}</tr>`)}</tbody></table></div>`;
}

/** Small pictures, fetched when the reader comes near; the whole one is a link. */
function photos(context: Context, entry: PublicEntry): Markup | null {
  if (entry.photos.length === 0) return null;
  const lang = inLanguage(context, entry.language);
  return html`<h2>${context.words.practice.photos}</h2><div class="photos">${entry.photos.map(({ file, alt, credit }) => {
    const address = `/public/fichiers/${file.id}`;
    const shrink = file.width && file.height ? Math.min(1, THUMBNAIL_EDGE / Math.max(file.width, file.height)) : null;
    const size = shrink && html` width="${Math.round((file.width ?? 0) * shrink)}" height="${Math.round((file.height ?? 0) * shrink)}"`;
    return html`<figure${lang}><a href="${address}"><img src="${file.thumbnail_key ? `${address}/vignette` : address}" alt="${alt}"${size} loading="lazy"></a>${credit ? html`<figcaption>${context.words.practice.credit(credit)}</figcaption>` : null}</figure>`;
  })}</div>`;
}

function facts(context: Context, entry: PublicEntry): Markup {
  const { words, language } = context;
  const cost = entry.cost && words.practice.exact(`${formatNumber(language, entry.cost.amount)} ${entry.cost.currency}`, formatNumber(language, entry.cost.amount / entry.cost.rate), context.day(entry.cost.rateDate));
  const rows: [string, Markup | string | null][] = [
    [words.practice.city, cityOf(context, entry)],
    [words.practice.theme, entry.theme && html`<a href="${context.link('/public/pratiques', { theme: entry.theme.id })}">${entry.theme[language]}</a>`],
    [words.practice.period, periodOf(context, entry) || null],
    [words.practice.cost, html`${words.cost[entry.costRange]}${cost ? html`, ${cost}` : null}${entry.costNote ? html`. <span${inLanguage(context, entry.language)}>${entry.costNote}</span>` : null}`],
    [words.practice.contact, entry.contact ? words.practice.relay(entry.contact) : null],
    [words.practice.writtenIn, entry.language === language ? null : words.practice.language[entry.language]],
  ];
  return html`<dl>${rows.flatMap(([name, value]) => (value === null ? [] : [html`<dt>${name}</dt><dd>${value}</dd>`]))}</dl>`;
}

function locator({ words }: Context, { city, latitude, longitude }: PublicEntry): Markup | null {
  if (!city || latitude === null || longitude === null) return null;
  return html`<figure>${cityMap(words.practice.map(city.name), { name: city.name, latitude, longitude, weight: 1 })}</figure>`;
}

function documents({ words, language }: Context, entry: PublicEntry): Markup | null {
  if (entry.documents.length === 0) return null;
  const weight = (bytes: number) => `${formatNumber(language, Math.max(1, bytes / KILO))} ${language === 'fr' ? 'Ko' : 'kB'}`;
  return html`<h2>${words.practice.documents}</h2><ul>${entry.documents.map(({ file, title, pages }) => html`<li><a href="/public/fichiers/${file.id}">${title}</a> (${weight(file.bytes)}${pages === null ? null : html`, ${pages} p.`})</li>`)}</ul>`;
}

function about({ words, day }: Context, entry: PublicEntry): Markup {
  const [first, ...others] = entry.sources;
  return html`<p>${words.practice.published(day(entry.publishedAt))}. ${words.practice.updated(day(entry.updatedAt))}. ${words.practice.more}</p>
    ${first ? html`<ul><li><a class="source" rel="nofollow noopener" href="${first}">${words.practice.seeSource}</a></li>${others.map((address, index) => html`<li><a class="source" rel="nofollow noopener" href="${address}">${words.practice.otherSource(index + 1)}</a></li>`)}</ul>` : null}`;
}
