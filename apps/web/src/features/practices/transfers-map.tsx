import type { TransferLine } from '@passerelle/contract';
import { useI18n } from '../../i18n';
import { type MapPoint, NetworkMap } from '../../ui/map/network-map';

/** Arcs from city to city; what is not taken up yet is drawn lighter. */
export default function TransfersMap({ lines }: { lines: TransferLine[] }) {
  const { t } = useI18n();
  const points = new Map<string, MapPoint>();
  const arcs = lines.flatMap((line) => {
    const from = place(points, line.from);
    const to = place(points, { name: line.to, latitude: line.latitude, longitude: line.longitude }, 'receiver');
    return from && to ? [{ from, to, tentative: !line.state.startsWith('taken') }] : [];
  });
  return <NetworkMap label={t('transfers.mapLabel')} points={[...points.values()]} arcs={arcs} />;
}

function place(
  points: Map<string, MapPoint>,
  { name, latitude, longitude }: { name: string; latitude: number | null; longitude: number | null },
  kind?: 'receiver',
): MapPoint | null {
  if (latitude === null || longitude === null) return null;
  const known = points.get(name);
  if (known) return known;
  const point: MapPoint = { name, latitude, longitude, ...(kind && { kind }) };
  points.set(name, point);
  return point;
}
