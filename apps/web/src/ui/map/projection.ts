import { geoEqualEarth } from 'd3-geo';

export const MAP_WIDTH = 960;
export const MAP_HEIGHT = 560;

// The same frame as the drawn base map: from the Pacific coast of Canada to Viet Nam, from Labrador to Madagascar.
const FRAME = {
  type: 'MultiPoint' as const,
  coordinates: [
    [-82, 54],
    [112, 54],
    [-82, -30],
    [112, -30],
  ],
};
const projection = geoEqualEarth()
  .rotate([-16, 0])
  .fitExtent(
    [
      [14, 18],
      [MAP_WIDTH - 14, MAP_HEIGHT - 14],
    ],
    FRAME,
  );

/** Place of a coordinate on the base map; null outside the projection. */
export function project(longitude: number, latitude: number): { x: number; y: number } | null {
  const point = projection([longitude, latitude]);
  return point && { x: Math.round(point[0] * 10) / 10, y: Math.round(point[1] * 10) / 10 };
}
