export interface Placed {
  key: string;
  name: string;
  x: number;
  y: number;
  radius: number;
}

export interface Label {
  key: string;
  name: string;
  x: number;
  y: number;
  anchor: 'start' | 'end';
}

interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** Mean width of a letter, as a share of the letter's height. */
const LETTER = 0.56;

/** Names for as many points as find room, the first ones first: right of the point, or else left of it. */
export function placeLabels(points: Placed[], fontSize: number, view: Box, most: number): Label[] {
  const taken: Box[] = points
    .slice(0, most * 2)
    .map(({ x, y, radius }) => ({ left: x - radius, right: x + radius, top: y - radius, bottom: y + radius }));
  const labels: Label[] = [];
  for (const point of points) {
    if (labels.length >= most) break;
    const width = point.name.length * fontSize * LETTER;
    const gap = point.radius + fontSize * 0.3;
    const sides = [
      { anchor: 'start' as const, x: point.x + gap, left: point.x + gap, right: point.x + gap + width },
      { anchor: 'end' as const, x: point.x - gap, left: point.x - gap - width, right: point.x - gap },
    ];
    for (const { anchor, x, left, right } of sides) {
      const box = { left, right, top: point.y - fontSize * 0.65, bottom: point.y + fontSize * 0.55 };
      if (left < view.left || right > view.right || taken.some((other) => overlaps(box, other))) continue;
      taken.push(box);
      labels.push({ key: point.key, name: point.name, x, y: point.y + fontSize * 0.34, anchor });
      break;
    }
  }
  return labels;
}

const overlaps = (a: Box, b: Box) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
