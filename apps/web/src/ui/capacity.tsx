/** Whether the title already names the city: "Maire de Dakar" needs no ", Dakar" behind it. */
function cutAtCity(title: string, city: string): [before: string, after: string] | null {
  const at = title.lastIndexOf(city);
  return city !== '' && at >= 0 ? [title.slice(0, at), title.slice(at + city.length)] : null;
}

/** The capacity in which somebody writes: the function as the person chose it, the city in bold as the anchor of the eye. */
export function Capacity({ title, city }: { title: string; city: string }) {
  const cut = cutAtCity(title, city);
  return (
    <span>
      {cut ? cut[0] : `${title}, `}
      <b>{city}</b>
      {cut?.[1]}
    </span>
  );
}

/** The same as plain text, for labels and titles. */
export const capacityText = (title: string, city: string): string => (cutAtCity(title, city) ? title : `${title}, ${city}`);
