import { useI18n } from '../../i18n';
import { BORDERS, LAND } from './base';
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

const round = (value: number) => Math.round(value * 10) / 10;

/** Always bowed upwards: a bridge seen from the side. */
function arcPath(a: { x: number; y: number }, b: { x: number; y: number }): string {
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  const lift = Math.max(Math.hypot(dx, dy) * 0.34, 7) + Math.abs(dy) * 0.12;
  return `M${a.x} ${a.y}Q${round((a.x + b.x) / 2)} ${round((a.y + b.y) / 2 - lift)} ${b.x} ${b.y}`;
}

/** The part of the world that holds all points, with air around it; the whole map when they are far apart. */
function viewOf(places: { x: number; y: number }[]): [number, number, number, number] {
  const xs = places.map((place) => place.x);
  const ys = places.map((place) => place.y);
  const width = Math.max(Math.max(...xs) - Math.min(...xs) + 120, 220);
  const height = Math.max(Math.max(...ys) - Math.min(...ys) + 110, width * 0.6);
  const x = (Math.max(...xs) + Math.min(...xs)) / 2 - width / 2;
  const y = (Math.max(...ys) + Math.min(...ys)) / 2 - height / 2 - 10;
  return [round(x), round(y), round(width), round(height)];
}

/** Our own map: no tiles, no request to anybody. The same content always stands beside it as a list. */
export function NetworkMap({ label, points, arcs = [], crop = false }: { label: string; points: MapPoint[]; arcs?: MapArc[]; crop?: boolean }) {
  const { t } = useI18n();
  const placed = points.flatMap((point) => {
    const place = project(point.longitude, point.latitude);
    return place ? [{ point, place }] : [];
  });
  const view = crop && placed.length > 0 ? viewOf(placed.map(({ place }) => place)) : [0, 0, MAP_WIDTH, MAP_HEIGHT];
  const unit = (view[2] ?? MAP_WIDTH) / MAP_WIDTH;
  return (
    <figure>
      <div className={crop ? 'map map-s' : 'map'} tabIndex={0} role="group" aria-label={t('common.mapHint')}>
        <svg viewBox={view.join(' ')} role="img" aria-label={label}>
          <path className="land" d={LAND} />
          <path className="bord" d={BORDERS} />
          {arcs.map((arc) => {
            const from = project(arc.from.longitude, arc.from.latitude);
            const to = project(arc.to.longitude, arc.to.latitude);
            return from && to ? <path key={`${arc.from.name}-${arc.to.name}`} className={arc.tentative ? 'arc arc-t' : 'arc'} d={arcPath(from, to)} /> : null;
          })}
          {placed.map(({ point, place }) => (
            <circle
              key={point.name + place.x}
              className={point.kind === 'receiver' ? 'pt pt-to' : point.kind === 'demonstration' ? 'pt pt-demo' : 'pt'}
              cx={place.x}
              cy={place.y}
              r={round((4.5 + 3 * Math.sqrt((point.weight ?? 1) - 1)) * Math.max(unit, 0.35))}
            >
              <title>{point.name}</title>
            </circle>
          ))}
          {placed
            .filter(({ point }) => point.labelled)
            .map(({ point, place }) => (
              <text key={point.name} x={place.x} y={round(place.y - 9 * unit)} textAnchor="middle" fontSize={round(16 * unit)}>
                {point.name}
              </text>
            ))}
        </svg>
      </div>
      <figcaption className="meta mt-2">{t('common.geonames')}</figcaption>
    </figure>
  );
}
