import { buffer } from 'node:stream/consumers';
import { strToU8, zipSync } from 'fflate';
import PdfDocument from 'pdfkit';

/** A PDF with one text a page. */
export async function aPdf(pages: readonly string[], { password = '' } = {}): Promise<Buffer> {
  const document = new PdfDocument({ autoFirstPage: false, ...(password && { userPassword: password, pdfVersion: '1.7' }) });
  for (const page of pages) document.addPage({ size: 'A4' }).text(page);
  document.end();
  return buffer(document);
}

/** A packed file; names beginning with `=` are stored as they are. */
export const aZip = (files: Record<string, string | Uint8Array>): Buffer =>
  Buffer.from(
    zipSync(
      Object.fromEntries(
        Object.entries(files).map(([name, content]) => [name.replace(/^=/, ''), [typeof content === 'string' ? strToU8(content) : content, { level: name.startsWith('=') ? 0 : 9 }]]),
      ),
    ),
  );

const WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const DOCX_TYPES = `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`;

/** A Word document of these paragraphs (or other XML of its body), with footnotes by their ids. */
export const aDocx = (body: string, notes: Record<string, string> = {}): Buffer =>
  aZip({
    '[Content_Types].xml': DOCX_TYPES,
    'word/document.xml': `<?xml version="1.0" encoding="UTF-8"?><w:document ${WORD}><w:body>${body}</w:body></w:document>`,
    ...(Object.keys(notes).length > 0 && {
      'word/footnotes.xml': `<w:footnotes ${WORD}>${Object.entries(notes)
        .map(([id, text]) => `<w:footnote w:id="${id}"><w:p><w:r><w:t>${text}</w:t></w:r></w:p></w:footnote>`)
        .join('')}</w:footnotes>`,
    }),
  });
/** A paragraph of Word with what stands before its text. */
export const wordParagraph = (text: string, before = ''): string => `<w:p><w:r>${before}<w:t xml:space="preserve">${text}</w:t></w:r></w:p>`;

const ODT_TYPE = 'application/vnd.oasis.opendocument.text';

/** An OpenDocument text of this XML, with automatic styles. */
export const anOdt = (body: string, { styles = '', manifest = '' } = {}): Buffer =>
  aZip({
    '=mimetype': ODT_TYPE,
    'content.xml': `<?xml version="1.0" encoding="UTF-8"?><office:document-content><office:automatic-styles>${styles}</office:automatic-styles><office:body><office:text>${body}</office:text></office:body></office:document-content>`,
    'META-INF/manifest.xml': `<manifest:manifest><manifest:file-entry manifest:full-path="/" manifest:media-type="${ODT_TYPE}"/>${manifest}</manifest:manifest>`,
  });
