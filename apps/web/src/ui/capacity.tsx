import { functionOfCity } from '@passerelle/text';

/** Offices that French joins to their city: "Maire de Dakar", where a service is set beside it: "Services techniques, Dakar". */
const OF_CITY = /^(Maire|Mairesse|Bourgmestre|Syndic|Syndique|Gouverneur|Gouverneure)$/;

/** The words before and after the city's name, which a title may already hold ("Maire de Dakar"). */
function around(title: string, city: string): [before: string, after: string] {
  const at = city === '' ? -1 : title.lastIndexOf(city);
  if (at >= 0) return [title.slice(0, at), title.slice(at + city.length)];
  const whole = OF_CITY.test(title) ? functionOfCity(title, city) : `${title}, ${city}`;
  return [whole.slice(0, whole.length - city.length), ''];
}

/** The capacity in which somebody writes: the function as the person chose it, the city in bold as the anchor of the eye. */
export function Capacity({ title, city }: { title: string; city: string }) {
  const [before, after] = around(title, city);
  return (
    <span>
      {before}
      <b>{city}</b>
      {after}
    </span>
  );
}

/** The same as plain text, for labels and titles. */
export const capacityText = (title: string, city: string): string => around(title, city).join(city);
