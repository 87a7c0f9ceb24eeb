import type { Context } from './context.js';
import { html, type Markup } from './html.js';
import type { Page } from './layout.js';
import { type Arc, type Point, worldMap } from './map.js';
import { inLanguage } from './parts.js';
import type { PublicArc, PublicCity } from './public.queries.js';

/** The drawing, and the same as two tables for those who read rather than look. */
export function mapPage(context: Context, { cities, arcs, total }: { cities: PublicCity[]; arcs: PublicArc[]; total: number }): Page {
  const { words } = context;
  const { points, drawn } = placed(cities, arcs);
  return {
    title: words.map.title, description: words.map.description, place: { path: '/public/carte' }, section: 'map',
    body: html`<h1>${words.map.title}</h1><figure>${worldMap(words.map.label, words.map.hint, points, drawn)}<figcaption>${words.map.note} ${words.geonames}${total > cities.length ? html` ${words.map.most(cities.length)}` : null}</figcaption></figure>
      <h2>${words.map.arcs}</h2>${arcs.length > 0 ? arcTable(context, arcs) : html`<p>${words.map.none}</p>`}<p class="meta">${words.map.arcsNote}</p>
      <h2>${words.map.points}</h2>${cityTable(context, cities)}${total > cities.length ? html`<p><a href="${context.link('/public/villes')}">${words.cities.cities(total)}</a></p>` : null}`,
  };
}

/** A receiving city without a practice of its own has its point too; what has no place on earth stays in the table. */
function placed(cities: PublicCity[], arcs: PublicArc[]): { points: Point[]; drawn: Arc[] } {
  const points = new Map<string, Point>();
  const put = (key: string, name: string, latitude: number | null, longitude: number | null, weight: number, receiver: boolean): Point | null => {
    if (latitude === null || longitude === null) return null;
    const point = points.get(key) ?? { name, latitude, longitude, weight, receiver };
    points.set(key, point);
    return point;
  };
  for (const city of cities) put(`${city.latitude} ${city.longitude}`, city.name, city.latitude, city.longitude, city.practices, false);
  const drawn = arcs.flatMap((arc): Arc[] => {
    const from = put(`${arc.from_latitude} ${arc.from_longitude}`, arc.from, arc.from_latitude, arc.from_longitude, 1, false);
    const to = put(`${arc.to_latitude} ${arc.to_longitude}`, arc.to, arc.to_latitude, arc.to_longitude, 1, true);
    return from && to ? [{ from, to, tentative: arc.state !== 'taken-up' && arc.state !== 'taken-up-in-part' }] : [];
  });
  return { points: [...points.values()], drawn };
}

function cityTable(context: Context, cities: PublicCity[]): Markup {
  const { words, link } = context;
  return html`<table><thead><tr><th scope="col">${words.practice.city}</th><th scope="col">${words.list.country}</th><th scope="col" class="n">${words.map.count}</th></tr></thead>
    <tbody>${cities.map((city) => html`<tr><td><a href="${link(`/public/villes/${city.slug}`)}">${city.name}</a></td><td>${context.country(city.country, city.country_name)}</td><td class="n">${city.practices}</td></tr>`)}</tbody></table>`;
}

/** One practice goes to several cities: it is named once for all of its rows. */
function arcTable(context: Context, arcs: PublicArc[]): Markup {
  const { words, link } = context;
  const heads = [words.map.practice, words.map.to, words.map.year, words.map.state];
  const city = (name: string, slug: string | null) => (slug ? html`<a href="${link(`/public/villes/${slug}`)}">${name}</a>` : name);
  const groups = new Map<string, PublicArc[]>();
  for (const arc of arcs) groups.set(arc.ref, [...(groups.get(arc.ref) ?? []), arc]);
  const practice = (arc: PublicArc, rows: number) =>
    html`<th scope="rowgroup" rowspan="${rows}"><a href="${link(`/public/pratiques/${arc.ref}`)}"${inLanguage(context, arc.language)}>${arc.title}</a><br>${words.map.from} ${city(arc.from, arc.from_slug)}</th>`;
  return html`<div class="wide" tabindex="0" role="group" aria-label="${words.map.arcs}"><table><thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
    ${[...groups.values()].map((group) => html`<tbody>${group.map((arc, index) => html`<tr>${index === 0 ? practice(arc, group.length) : null}<td>${city(arc.to, arc.to_slug)}</td><td>${arc.year}</td><td>${words.state[arc.state]}</td></tr>`)}</tbody>`)}</table></div>`;
}
