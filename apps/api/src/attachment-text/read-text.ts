import { plainText } from './plain-text.js';
import type { Page } from './page-text.js';
import type { TextFormat } from './text-types.js';

/** Each library is loaded only for its own files, and only in the process that reads. */
const READERS: Record<TextFormat, (content: Uint8Array) => Promise<Page[]>> = {
  pdf: async (content) => (await import('./pdf-text.js')).pdfText(content),
  docx: async (content) => (await import('./docx-text.js')).docxText(content),
  odt: async (content) => (await import('./odt-text.js')).odtText(content),
  plain: async (content) => plainText(content),
};

/** The text of a file by its pages; none where it holds no text. @throws TextFailure */
export const readText = (format: TextFormat, content: Uint8Array): Promise<Page[]> => READERS[format](content);
