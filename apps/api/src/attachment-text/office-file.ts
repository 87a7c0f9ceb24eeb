import { unzipSync } from 'fflate';
import { Parser } from 'htmlparser2';
import { TEXT_LIMITS } from './limits.js';
import { TextFailure } from './text-failure.js';

const PIECE = 64 * 1024;

/**
 * The named parts of a packed document. Nothing else is unpacked, and never more than a part says of itself.
 * @throws TextFailure `too-large` or `unreadable`.
 */
export function unpack(content: Uint8Array, names: readonly string[]): Map<string, Uint8Array> {
  let bytes = 0;
  const wanted = ({ name, originalSize }: { name: string; originalSize: number }) => {
    if (!names.includes(name)) return false;
    bytes += originalSize;
    if (bytes > TEXT_LIMITS.unpackedBytes) throw new TextFailure('too-large');
    return true;
  };
  try {
    return new Map(Object.entries(unzipSync(content, { filter: wanted })));
  } catch (error) {
    throw error instanceof TextFailure ? error : new TextFailure('unreadable');
  }
}

export interface XmlReader {
  open(name: string, attributes: Record<string, string>): void;
  close(name: string): void;
  text(text: string): void;
  /** Nothing more is needed. */
  readonly isDone: boolean;
}

/** Reads XML in pieces. Only the five entities of XML itself are known: none can grow, none is fetched. */
export function readXml(content: Uint8Array, reader: XmlReader): void {
  const parser = new Parser({ onopentag: (name, attributes) => reader.open(name, attributes), onclosetag: (name) => reader.close(name), ontext: (text) => reader.text(text) }, { xmlMode: true });
  const decoder = new TextDecoder();
  for (let start = 0; start < content.length && !reader.isDone; start += PIECE) parser.write(decoder.decode(content.subarray(start, start + PIECE), { stream: true }));
  if (!reader.isDone) parser.end();
}
