import { useEffect, useRef } from 'react';
import { useI18n } from '../../i18n';
import { BORDERS, LAND } from './base';
import { placeLabels } from './labels';
import { MAP_HEIGHT, MAP_WIDTH, project } from './projection';

export interface MapPoint {
  name: string;
  longitude: number;
  latitude: number;
  href?: string | undefined;
  /** What the dot stands for: an ordinary city, the receiving end of an exchange, or a demonstration row. */
  kind?: 'city' | 'receiver' | 'demonstration';
  weight?: number;
  labelled?: boolean;
}

export interface MapArc {
  from: MapPoint;
  to: MapPoint;
  /** Dashed: being tried or only in contact. */
  tentative: boolean;
}

const DOT_CLASS = { city: 'pt', receiver: 'pt pt-to', demonstration: 'pt pt-demo' };
const round = (value: number) => Math.round(value * 10) / 10;

/** Always bowed upwards: a bridge seen from the side. */
function arcPath(a: { x: number; y: number }, b: { x: number; y: number }): string {
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  const lift = Math.max(Math.hypot(dx, dy) * 0.34, 7) + Math.abs(dy) * 0.12;
  return `M${a.x} ${a.y}Q${round((a.x + b.x) / 2)} ${round((a.y + b.y) / 2 - lift)} ${b.x} ${b.y}`;
}

interface View {
  x: number;
  y: number;
  width: number;
  height: number;
}

const WORLD: View = { x: 0, y: 0, width: MAP_WIDTH, height: MAP_HEIGHT };
const CROP_RATIO = 0.6;
const SMALLEST_CROP = 220;
/** A wider part of the world keeps its letters readable on a phone by scrolling sideways. */
const FITS_PHONE = 320;
const MOST_NAMES = 14;

/** The part of the world that holds all points, with air around it, never beyond its edge. */
function viewOf(places: { x: number; y: number }[]): View {
  const xs = places.map((place) => place.x);
  const ys = places.map((place) => place.y);
  const spanX = Math.max(...xs) - Math.min(...xs);
  const spanY = Math.max(...ys) - Math.min(...ys);
  const width = Math.min(MAP_WIDTH, Math.max(spanX + 120, (spanY + 110) / CROP_RATIO, SMALLEST_CROP));
  const height = Math.min(MAP_HEIGHT, width * CROP_RATIO);
  const within = (value: number, most: number) => round(Math.max(0, Math.min(value, most)));
  return {
    x: within((Math.max(...xs) + Math.min(...xs) - width) / 2, MAP_WIDTH - width),
    // Arcs bow upwards: a little more air above than below.
    y: within((Math.max(...ys) + Math.min(...ys) - height) / 2 - 10, MAP_HEIGHT - height),
    width: round(width),
    height: round(height),
  };
}

interface Drawn extends MapPoint {
  key: string;
  x: number;
  y: number;
  radius: number;
}

/** The heaviest last to be covered and first to be named. */
function drawn(points: MapPoint[], unit: number): Drawn[] {
  return points
    .flatMap((point) => {
      const place = project(point.longitude, point.latitude);
      const radius = round((4.5 + 3 * Math.sqrt((point.weight ?? 1) - 1)) * Math.max(unit, 0.35));
      return place ? [{ ...point, ...place, radius, key: `${point.name} ${place.x} ${place.y}` }] : [];
    })
    .sort((a, b) => (b.weight ?? 1) - (a.weight ?? 1));
}

/** Our own map: no tiles, no request to anybody. The same content always stands beside it as a list. */
export function NetworkMap({
  label,
  points,
  arcs = [],
  crop = false,
}: {
  label: string;
  points: MapPoint[];
  arcs?: MapArc[];
  crop?: boolean;
}) {
  const { t } = useI18n();
  const scroller = useRef<HTMLDivElement>(null);
  const places = points.flatMap((point) => project(point.longitude, point.latitude) ?? []);
  const view = crop && places.length > 0 ? viewOf(places) : WORLD;
  const unit = view.width / MAP_WIDTH;
  const dots = drawn(points, unit);
  const fontSize = round(16 * unit);
  const names = placeLabels(
    dots.filter((dot) => dot.labelled),
    fontSize,
    { left: view.x, right: view.x + view.width, top: view.y, bottom: view.y + view.height },
    MOST_NAMES,
  );
  // Where the map is wider than the phone, it opens on Africa and not on the ocean.
  useEffect(() => {
    const element = scroller.current;
    if (element && !crop) element.scrollLeft = (element.scrollWidth - element.clientWidth) * 0.55;
  }, [crop]);
  return (
    <figure>
      <div
        ref={scroller}
        className={crop && view.width < FITS_PHONE ? 'map map-s' : 'map'}
        tabIndex={0}
        role="group"
        aria-label={t('common.mapHint')}
      >
        <svg viewBox={`${view.x} ${view.y} ${view.width} ${view.height}`} role="img" aria-label={label}>
          <path className="land" d={LAND} />
          <path className="bord" d={BORDERS} />
          {arcs.map((arc, index) => {
            const from = project(arc.from.longitude, arc.from.latitude);
            const to = project(arc.to.longitude, arc.to.latitude);
            return from && to ? (
              <path key={index} className={arc.tentative ? 'arc arc-t' : 'arc'} d={arcPath(from, to)} />
            ) : null;
          })}
          {[...dots].reverse().map((dot) => (
            <circle key={dot.key} className={DOT_CLASS[dot.kind ?? 'city']} cx={dot.x} cy={dot.y} r={dot.radius}>
              <title>{dot.name}</title>
            </circle>
          ))}
          {names.map(({ key, name, x, y, anchor }) => (
            <text key={key} x={x} y={y} textAnchor={anchor} fontSize={fontSize} style={{ strokeWidth: fontSize / 4 }}>
              {name}
            </text>
          ))}
        </svg>
      </div>
      <figcaption className="meta mt-2">{t('common.geonames')}</figcaption>
    </figure>
  );
}
