// Node's own decoder of windows-1252 reads 80 to 9f as control characters in some of the versions that we run on.
const FROM_80 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/**
 * The text of a file from an office: UTF-8 with or without its mark, UTF-16 as "Unicode text" is saved, otherwise
 * Windows-1252. Line ends become \n, so that lines count as in an editor.
 */
export function decodeText(bytes: Buffer): string {
  return decode(bytes).replace(/\r\n?/g, '\n');
}

function decode(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return bytes.toString('latin1').replace(/[\u0080-\u009f]/g, (sign) => FROM_80[sign.charCodeAt(0) - 0x80] ?? sign);
  }
}
