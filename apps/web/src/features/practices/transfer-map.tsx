import type { PracticeView } from '@passerelle/contract';
import { useI18n } from '../../i18n';
import { type MapPoint, NetworkMap } from '../../ui/map/network-map';

/** Arcs from the city of a practice to the cities that it went to; nothing when no place is known. */
export default function TransferMap({ practice }: { practice: PracticeView }) {
  const { t } = useI18n();
  if (practice.longitude === null || practice.latitude === null) return null;
  const from: MapPoint = {
    name: practice.city.name,
    longitude: practice.longitude,
    latitude: practice.latitude,
    weight: 2,
    labelled: true,
  };
  const to = practice.transfers.flatMap((transfer) =>
    transfer.longitude !== null && transfer.latitude !== null
      ? [
          {
            state: transfer.state,
            point: {
              name: transfer.to,
              longitude: transfer.longitude,
              latitude: transfer.latitude,
              kind: 'receiver' as const,
              labelled: true,
            },
          },
        ]
      : [],
  );
  if (to.length === 0) return null;
  return (
    <NetworkMap
      crop
      label={t('practices.transferMap', { from: from.name, to: to.map(({ point }) => point.name).join(', ') })}
      points={[from, ...to.map(({ point }) => point)]}
      arcs={to.map(({ state, point }) => ({ from, to: point, tentative: !state.startsWith('taken') }))}
    />
  );
}
