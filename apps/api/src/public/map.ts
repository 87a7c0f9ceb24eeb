import { html, type Markup } from './html.js';
import { LAND } from './land.js';

const WIDTH = 960;
const HEIGHT = 560;
// The frame of the application's map: Canada's coast to Viet Nam, Labrador to Madagascar (geoEqualEarth of d3, fitted).
const SCALE = 330.836720041253;
const CENTRE = { x: 484.65322154752016, y: 349.83528975221486, longitude: 16 };
const [A1, A2, A3, A4] = [1.340264, -0.081106, 0.000893, 0.003796];
const ROOT = Math.sqrt(3) / 2;
const CITY_VIEW = { width: 260, height: 150 };
const LABELS = 12;
/** A city with a hundred practices must not cover its neighbours. */
const RADIUS_MAX = 13;

export interface Point {
  name: string; latitude: number; longitude: number; weight: number;
  /** Named only as the receiving end of an exchange. */
  receiver?: boolean;
}
export interface Arc {
  from: Point; to: Point; tentative: boolean;
}

const round = (value: number) => Math.round(value * 10) / 10;

/** Place on the map: Equal Earth (Šavrič, Patterson, Jenny 2018), where each country keeps its true size. */
export function project({ longitude, latitude }: { longitude: number; latitude: number }): { x: number; y: number } {
  const east = (longitude - CENTRE.longitude) * (Math.PI / 180);
  const angle = Math.asin(ROOT * Math.sin(latitude * (Math.PI / 180)));
  const square = angle * angle;
  const sixth = square * square * square;
  const x = (east * Math.cos(angle)) / (ROOT * (A1 + 3 * A2 * square + sixth * (7 * A3 + 9 * A4 * square)));
  const y = angle * (A1 + A2 * square + sixth * (A3 + A4 * square));
  return { x: round(CENTRE.x + SCALE * x), y: round(CENTRE.y - SCALE * y) };
}

/** The land as a picture of its own: fetched once, kept, and not part of the weight of any page. The grey suits light and dark. */
export const LAND_SVG = html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}"><path fill="#7d8a80" fill-opacity=".28" d="${LAND}"/></svg>`.text;

const dot = (point: Point, size: number) => {
  const { x, y } = project(point);
  return html`<circle class="${point.receiver ? 'to' : 'pt'}" cx="${x}" cy="${y}" r="${round(Math.min(RADIUS_MAX, 4.5 + 3 * Math.sqrt(point.weight - 1)) * size)}"><title>${point.name}</title></circle>`;
};

/** Bowed upwards: a bridge seen from the side. */
function arcOf({ from, to, tentative }: Arc): Markup {
  const [a, b] = [project(from), project(to)];
  const lift = Math.max(Math.hypot(b.x - a.x, b.y - a.y) * 0.34, 7) + Math.abs(b.y - a.y) * 0.12;
  return html`<path class="arc${tentative ? ' try' : ''}" d="M${a.x} ${a.y}Q${round((a.x + b.x) / 2)} ${round((a.y + b.y) / 2 - lift)} ${b.x} ${b.y}"/>`;
}

interface Box {
  left: number; right: number; top: number; bottom: number;
}
const overlap = (a: Box, b: Box) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** Names for the heaviest points that find room, right of the point. */
function names(points: Point[], fontSize: number): Markup[] {
  const taken: Box[] = [];
  const found: Markup[] = [];
  for (const point of points) {
    if (found.length >= LABELS) break;
    const { x, y } = project(point);
    const left = x + fontSize * 0.6;
    const box = { left: x - 4, right: left + point.name.length * fontSize * 0.56, top: y - fontSize * 0.7, bottom: y + fontSize * 0.6 };
    if (box.right > WIDTH || taken.some((other) => overlap(box, other))) continue;
    taken.push(box);
    found.push(html`<text x="${round(left)}" y="${round(y + fontSize * 0.34)}" font-size="${fontSize}">${point.name}</text>`);
  }
  return found;
}

const drawing = (label: string, view: string, inside: Markup[]) =>
  html`<svg viewBox="${view}" role="img" aria-label="${label}"><image href="/public/terre.svg" width="${WIDTH}" height="${HEIGHT}"/>${inside}</svg>`;

/** The whole network; a page gives the same as tables. */
export function worldMap(label: string, hint: string, points: Point[], arcs: Arc[]): Markup {
  const byWeight = [...points].sort((a, b) => b.weight - a.weight);
  const inside = [...arcs.map(arcOf), ...[...byWeight].reverse().map((point) => dot(point, 1)), ...names(byWeight, 15)];
  return html`<div class="map" tabindex="0" role="group" aria-label="${hint}">${drawing(label, `0 0 ${WIDTH} ${HEIGHT}`, inside)}</div>`;
}

/** One city in its part of the world. */
export function cityMap(label: string, point: Point): Markup {
  const { x, y } = project(point);
  const within = (value: number, most: number) => round(Math.max(0, Math.min(value, most)));
  const left = within(x - CITY_VIEW.width / 2, WIDTH - CITY_VIEW.width);
  const top = within(y - CITY_VIEW.height / 2, HEIGHT - CITY_VIEW.height);
  return html`<div class="map city">${drawing(label, `${left} ${top} ${CITY_VIEW.width} ${CITY_VIEW.height}`, [dot({ ...point, weight: 1 }, 0.7), ...names([point], 9)])}</div>`;
}
