import { excerpt } from '@passerelle/text';

const INLINE = /<\/?(?:strong|em|s|a|code)(?:\s[^>]*)?>/g;
const TAG = /<[^>]*>/g;
const ENTITIES: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"' };

/**
 * The words of HTML that our own renderer made, on one line of at most `max` characters. Only for that: it relies on the
 * sanitiser having escaped every other `<`, and spares the index a second parsing of the Markdown.
 */
export const htmlText = (html: string, max: number): string =>
  excerpt(
    html
      .replace(INLINE, '')
      .replace(TAG, ' ')
      .replace(/&(?:amp|lt|gt|quot);/g, (entity) => ENTITIES[entity] ?? entity),
    max,
  );
