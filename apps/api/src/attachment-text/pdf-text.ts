import { getDocument } from 'unpdf/pdfjs';
import { type Page, PageText } from './page-text.js';
import { TextFailure } from './text-failure.js';

const SILENT = 0;

/** Text of a PDF by its pages, in the order in which the file draws it. Nothing is drawn and no script of the file runs. @throws TextFailure */
export async function pdfText(content: Uint8Array): Promise<Page[]> {
  const loading = getDocument({ data: content, verbosity: SILENT, useSystemFonts: false, disableFontFace: true, useWorkerFetch: false, isImageDecoderSupported: false, stopAtErrors: false });
  try {
    const document = await loading.promise;
    const pages = new PageText();
    for (let number = 1; number <= document.numPages && !pages.isFull; number += 1) {
      const page = await document.getPage(number);
      const { items } = await page.getTextContent();
      for (const item of items) if ('str' in item) pages.write(item.hasEOL ? `${item.str}\n` : item.str);
      page.cleanup();
      pages.breakPage();
    }
    return pages.finish();
  } catch (error) {
    throw new TextFailure(error instanceof Error && error.name === 'PasswordException' ? 'encrypted' : 'unreadable');
  } finally {
    await loading.destroy();
  }
}
