import { excerpt, frenchTypography } from '@passerelle/text';
import type { Context } from './context.js';
import { html, type Markup } from './html.js';
import type { PublicPractice } from './public.presenter.js';

const CARD_SIGNS = 180;

/** Marks words of another language than the page, for screen readers and hyphenation. */
export const inLanguage = ({ language }: Pick<Context, 'language'>, of: string): Markup | null => (of === language ? null : html` lang="${of}"`);

/** The beginning of a summary, with French spacing where its language asks for it. */
export function cut({ summary, language }: Pick<PublicPractice, 'summary' | 'language'>, most: number): string {
  const short = excerpt(summary, most);
  return language === 'fr' ? frenchTypography(short) : short;
}

export function cityOf(context: Context, { city, country }: Pick<PublicPractice, 'city' | 'country'>): Markup {
  const land = context.country(country.code, country.name);
  if (!city) return html`${context.words.practice.hiddenCity} (${land})`;
  return city.slug ? html`<a href="${context.link(`/public/villes/${city.slug}`)}">${city.name}</a> (${land})` : html`${city.name} (${land})`;
}

export function periodOf({ words }: Context, { yearStart, yearEnd }: Pick<PublicPractice, 'yearStart' | 'yearEnd'>): string {
  if (yearStart !== null && yearEnd !== null) return words.practice.until(yearStart, yearEnd);
  return yearStart === null ? (yearEnd === null ? '' : String(yearEnd)) : words.practice.since(yearStart);
}

/** Practices as a list of cards. */
export const cards = (context: Context, items: PublicPractice[]): Markup => html`<ul class="cards">${items.map((item) => card(context, item))}</ul>`;

function card(context: Context, item: PublicPractice): Markup {
  const { words } = context;
  const facts = [item.theme?.[context.language], periodOf(context, item), item.costRange === 'unknown' ? '' : words.cost[item.costRange], item.takenUpCount > 0 ? words.badge.taken(item.takenUpCount) : ''].filter(Boolean);
  const lang = inLanguage(context, item.language);
  return html`<li><h3${lang}><a href="${context.link(`/public/pratiques/${item.ref}`)}">${item.title}</a></h3><p class="meta">${cityOf(context, item)}${facts.map((fact) => html` · ${fact}`)}</p><p${lang}>${cut(item, CARD_SIGNS)}</p></li>`;
}

/** Links to the page before and after, in the address of the list itself. */
export function pager(context: Context, path: string, query: Record<string, string | undefined>, page: number, pages: number): Markup | null {
  const { words, link } = context;
  if (pages <= 1) return null;
  const to = (number: number) => link(path, { ...query, page: number === 1 ? undefined : number });
  return html`<nav class="pager" aria-label="${words.list.pages}">${page > 1 ? html`<a rel="prev" href="${to(page - 1)}">${words.list.previous}</a>` : null}<span>${words.list.page(page, pages)}</span>${
    page < pages ? html`<a rel="next" href="${to(page + 1)}">${words.list.next}</a>` : null
  }</nav>`;
}
