import { isUtf8 } from 'node:buffer';
import { type Page, PageText } from './page-text.js';

/** Of a long text the last sign may be cut off. */
const CUT_BYTES = [0, 1, 2, 3];
// TextDecoder of Node.js 20 takes these signs of Windows-1252 for controls.
const FROM_80_TO_9F = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ';

/** A plain text is one page. What is no UTF-8 comes from an older spreadsheet or editor of the West. */
export function plainText(content: Uint8Array): Page[] {
  const isUnicode = CUT_BYTES.some((cut) => isUtf8(content.subarray(0, Math.max(0, content.length - cut))));
  const pages = new PageText();
  pages.write(isUnicode ? new TextDecoder().decode(content) : fromWindows(content));
  return pages.finish();
}

const fromWindows = (content: Uint8Array) => Buffer.from(content).toString('latin1').replace(/[\u0080-\u009F]/g, (sign) => FROM_80_TO_9F.charAt(sign.charCodeAt(0) - 0x80));
