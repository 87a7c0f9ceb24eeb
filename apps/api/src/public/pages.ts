import type { Context, PageQuery, Place } from './context.js';
import { html } from './html.js';
import { cityData, listData, siteData } from './json-ld.js';
import type { Page } from './layout.js';
import { cityMap } from './map.js';
import { cards, pager } from './parts.js';
import type { PublicPractice } from './public.presenter.js';
import { type Choice, CITIES_SIZE, PAGE_SIZE, type PublicCity } from './public.queries.js';

export interface Listed<T> {
  items: T[];
  total: number;
}

/** What Passerelle is, how much of it is open, and the newest of it. */
export function homePage(context: Context, newest: PublicPractice[], counts: { practices: number; cities: number; countries: number }): Page {
  const { words, link } = context;
  const place: Place = { path: '/public' };
  return {
    title: words.home.title, description: words.home.description, place, section: 'home', data: siteData(context, place),
    body: html`<h1>${words.home.title}</h1><p>${words.home.what}</p><p>${words.home.open}</p>
      <p><a href="${link('/public/pratiques')}">${words.cities.practices(counts.practices)}</a> · <a href="${link('/public/villes')}">${words.cities.cities(counts.cities)}</a> · <a href="${link('/public/carte')}">${words.cities.countries(counts.countries)}</a></p>
      <h2>${words.home.newest}</h2>${cards(context, newest)}<p><a href="${link('/public/pratiques')}">${words.home.all}</a></p>`,
  };
}

/** The list with its two filters, a plain form. @returns null for a page after the last. */
export function listPage(context: Context, query: PageQuery, { items, total }: Listed<PublicPractice>, choices: { themes: Choice[]; countries: { code: string; name: string }[] }): Page | null {
  const { words, language } = context;
  const { theme, country, page } = query;
  if (page > 1 && items.length === 0) return null;
  const place: Place = { path: '/public/pratiques', query: { theme, country, page: page === 1 ? undefined : page } };
  const filtered = [choices.themes.find((one) => one.id === theme)?.[language], choices.countries.flatMap((one) => (one.code === country ? [context.country(one.code, one.name)] : []))[0]].filter((name) => name !== undefined);
  const title = [words.list.title, ...filtered].join(' · ') + (page > 1 ? ` · ${words.list.page(page, Math.ceil(total / PAGE_SIZE))}` : '');
  const option = (value: string, chosen: string | undefined, name: string) => html`<option value="${value}"${value === chosen ? html` selected` : null}>${name}</option>`;
  const countries = choices.countries.map((one) => ({ code: one.code, name: context.country(one.code, one.name) })).sort((a, b) => a.name.localeCompare(b.name, language));
  return {
    title, description: words.list.description, place: items.length > 0 ? place : null, section: 'practices', data: listData(context, place, title, items),
    body: html`<h1>${words.list.title}</h1>
      <form method="get" action="/public/pratiques">${query.lang ? html`<input type="hidden" name="lang" value="${query.lang}">` : null}
      <label>${words.list.theme}<select name="theme"><option value="">${words.list.any}</option>${choices.themes.map((one) => option(one.id, theme, one[language]))}</select></label>
      <label>${words.list.country}<select name="country"><option value="">${words.list.any}</option>${countries.map((one) => option(one.code, country, one.name))}</select></label><button>${words.list.filter}</button></form>
      <p class="meta">${words.cities.practices(total)}${theme || country ? html` · <a href="${context.link('/public/pratiques')}">${words.list.clear}</a>` : null}</p>
      ${items.length > 0 ? cards(context, items) : html`<p>${words.list.empty}</p>`}${pager(context, '/public/pratiques', { theme, country }, page, Math.ceil(total / PAGE_SIZE))}`,
  };
}

/** Cities by name. @returns null for a page after the last. */
export function citiesPage(context: Context, page: number, { items, total }: Listed<PublicCity>): Page | null {
  const { words, link } = context;
  if (page > 1 && items.length === 0) return null;
  return {
    title: words.cities.title, description: words.cities.description, place: { path: '/public/villes', query: { page: page === 1 ? undefined : page } }, section: 'cities',
    body: html`<h1>${words.cities.title}</h1><p>${words.cities.description} <a href="${link('/public/carte')}">${words.nav.map}</a></p>
      <ul class="names">${items.map((city) => html`<li><a href="${link(`/public/villes/${city.slug}`)}">${city.name}</a> <span class="meta">${context.country(city.country, city.country_name)}${city.practices > 1 ? html` · ${words.cities.practices(city.practices)}` : null}</span></li>`)}</ul>
      ${pager(context, '/public/villes', {}, page, Math.ceil(total / CITIES_SIZE))}`,
  };
}

/** One city. @returns null for a page after the last. */
export function cityPage(context: Context, page: number, city: PublicCity, { items, total }: Listed<PublicPractice>): Page | null {
  const { words } = context;
  if (page > 1 && items.length === 0) return null;
  const land = context.country(city.country, city.country_name);
  const path = `/public/villes/${city.slug}`;
  const place: Place = { path, query: { page: page === 1 ? undefined : page } };
  const { latitude, longitude } = city;
  return {
    title: `${city.name} (${land})`, description: words.cities.of(city.name, land), place, section: 'cities', data: cityData(context, place, city),
    body: html`<h1>${city.name}</h1><p class="meta">${land} · ${words.cities.practices(total)}</p>
      ${latitude !== null && longitude !== null ? html`<figure>${cityMap(words.practice.map(city.name), { name: city.name, latitude, longitude, weight: 1 })}</figure>` : null}
      <h2>${words.list.title}</h2>${cards(context, items)}${pager(context, path, {}, page, Math.ceil(total / PAGE_SIZE))}`,
  };
}
