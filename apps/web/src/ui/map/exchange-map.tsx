import type { TransferState } from '@passerelle/contract';
import { useI18n } from '../../i18n';
import { type MapArc, type MapPoint, NetworkMap } from './network-map';

interface Place {
  name: string;
  latitude: number | null;
  longitude: number | null;
}
/** A practice that went from a city to another, and how far it came there. */
export interface Exchange {
  from: Place;
  to: Place;
  state: TransferState;
}

interface Props {
  label: string;
  exchanges: Exchange[];
  /** Cities on the map in any case. */
  cities?: MapPoint[];
  /** Only the part of the world that is concerned. */
  crop?: boolean;
}

/** Arcs from city to city, dashed until the practice is taken up; nothing when no place is known. The list stands beside it. */
export default function ExchangeMap({ label, exchanges, cities = [], crop = false }: Props) {
  const { t } = useI18n();
  const points = new Map(cities.map((city) => [keyOf(city), city]));
  const arcs = exchanges.flatMap((exchange): MapArc[] => {
    const from = pointOf(exchange.from, { weight: 2 });
    const to = pointOf(exchange.to, { kind: 'receiver' });
    if (!from || !to) return [];
    for (const point of [from, to]) if (!points.has(keyOf(point))) points.set(keyOf(point), point);
    return [{ from, to, tentative: !exchange.state.startsWith('taken') }];
  });
  if (points.size === 0) return null;
  return (
    <>
      <NetworkMap crop={crop} label={label} points={[...points.values()]} arcs={arcs} />
      {arcs.length > 0 && <p className="meta">{t('transfers.legend')}</p>}
    </>
  );
}

/** Two cities may have one name. */
const keyOf = ({ name, latitude, longitude }: MapPoint) => `${name} ${latitude} ${longitude}`;

const pointOf = ({ name, latitude, longitude }: Place, more: Partial<MapPoint>): MapPoint | null =>
  latitude === null || longitude === null ? null : { name, latitude, longitude, labelled: true, ...more };
