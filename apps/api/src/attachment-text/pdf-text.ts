import { getDocument, type PDFDocumentProxy } from 'unpdf/pdfjs';
import { type Page, PageText } from './page-text.js';
import { TextFailure } from './text-failure.js';

const SILENT = 0;
/** Place in a transformation of how far to the right an item stands. */
const RIGHTWARDS = 4;

interface Item {
  str: string; dir: string; hasEOL: boolean; transform: number[];
}

/**
 * Text of a PDF by its pages, in the order in which the file draws it. Nothing is drawn and no script of the file runs; a page that is
 * broken costs only itself. @throws TextFailure
 */
export async function pdfText(content: Uint8Array): Promise<Page[]> {
  const loading = getDocument({ data: content, verbosity: SILENT, useSystemFonts: false, disableFontFace: true, useWorkerFetch: false, isImageDecoderSupported: false });
  try {
    const document = await loading.promise;
    const pages = new PageText();
    let isBroken = false;
    for (let number = 1; number <= document.numPages && !pages.isFull; number += 1) {
      const text = await textOf(document, number).catch(() => null);
      isBroken ||= text === null;
      pages.write(text ?? '');
      pages.breakPage();
    }
    const read = pages.finish();
    if (isBroken && read.length === 0) throw new TextFailure('unreadable');
    return read;
  } catch (error) {
    throw new TextFailure(error instanceof Error && error.name === 'PasswordException' ? 'encrypted' : 'unreadable');
  } finally {
    await loading.destroy();
  }
}

async function textOf(document: PDFDocumentProxy, number: number): Promise<string> {
  const page = await document.getPage(number);
  const { items } = await page.getTextContent();
  page.cleanup();
  return inReadingOrder(items.filter((item) => 'str' in item));
}

/** Writing from right to left is put in the order in which one reads it: its signs are often drawn one by one from the left. */
export function inReadingOrder(items: readonly Item[]): string {
  let text = '';
  let run: Item[] = [];
  const endRun = () => {
    text += run.sort((a, b) => (b.transform[RIGHTWARDS] ?? 0) - (a.transform[RIGHTWARDS] ?? 0)).map((item) => item.str).join('');
    run = [];
  };
  for (const item of items) {
    if (item.dir === 'rtl' || (run.length > 0 && item.str.trim() === '')) run.push(item);
    else {
      endRun();
      text += item.str;
    }
    if (!item.hasEOL) continue;
    endRun();
    text += '\n';
  }
  endRun();
  return text;
}
