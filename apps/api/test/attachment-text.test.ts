import { describe, expect, it } from '@jest/globals';
import { cleanText } from '../src/attachment-text/clean-text.js';
import { TEXT_LIMITS } from '../src/attachment-text/limits.js';
import { inReadingOrder } from '../src/attachment-text/pdf-text.js';
import { readText } from '../src/attachment-text/read-text.js';
import { aDocx, anOdt, aPdf, aZip, wordParagraph } from './builders/documents.js';

const pagesOf = async (format: Parameters<typeof readText>[0], content: Uint8Array) => (await readText(format, new Uint8Array(content))).map(({ page, text }) => `${page} ${text}`);

describe('the text of a PDF', () => {
  it('is that of each page, with its accents', async () => {
    const pdf = await aPdf(['La régie des eaux usées', 'Où l’égouttage a coûté 3 000 €', 'Épilogue']);
    expect(await pagesOf('pdf', pdf)).toEqual(['1 La régie des eaux usées', '2 Où l’égouttage a coûté 3 000 €', '3 Épilogue']);
  });

  it('leaves out empty pages and keeps the numbers of the others', async () => {
    expect(await pagesOf('pdf', await aPdf(['Un', '', 'Trois']))).toEqual(['1 Un', '3 Trois']);
  });

  it('joins what the end of a line has parted', async () => {
    expect(await pagesOf('pdf', await aPdf(['Chaque collec-\ntivité et chaque sous-\npréfecture\nsans détour']))).toEqual(['1 Chaque collectivité et chaque sous-préfecture sans détour']);
  });

  it('has what is written from right to left in the order of reading', () => {
    const item = (str: string, x: number, more = {}) => ({ str, dir: /[a-z\d]/.test(str) ? 'ltr' : 'rtl', hasEOL: false, transform: [1, 0, 0, 1, x, 0], ...more });
    expect(inReadingOrder([item('an', 0), item('ي', 30), item('ب', 40), item(' ', 50, { dir: 'ltr' }), item('ر', 60), item('ع', 70, { hasEOL: true }), item('2024', 0)])).toBe('anعر بي\n2024');
  });

  it('ends after so many pages', async () => {
    const pages = await pagesOf('pdf', await aPdf(Array.from({ length: TEXT_LIMITS.pages + 5 }, (_, n) => `Page ${n + 1}`)));
    expect([pages.length, pages.at(-1)]).toEqual([TEXT_LIMITS.pages, `${TEXT_LIMITS.pages} Page ${TEXT_LIMITS.pages}`]);
  });

  it.each([
    ['with a password', () => aPdf(['Un secret'], { password: 'sésame' }), 'encrypted'],
    ['that was cut off', async () => (await aPdf(['Une page'])).subarray(0, 200), 'unreadable'],
    ['that is none', async () => Buffer.from('%PDF-1.7\nrien'), 'unreadable'],
  ])('%s fails without a word of it', async (_name, pdf, code) => {
    await expect(readText('pdf', new Uint8Array(await pdf()))).rejects.toMatchObject({ code, message: code });
  });
});

describe('the text of a Word document', () => {
  it('holds body, tables, tabs and notes where they are called, and none of what was deleted or is repeated for old programs', async () => {
    const body = [
      wordParagraph('L’état civil&#160;: délais'),
      '<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Âge</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Coût</w:t></w:r></w:p></w:tc></w:tr></w:tbl>',
      '<w:p><w:r><w:t>Avant</w:t><w:tab/><w:t>après</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>',
      '<w:p><w:del><w:r><w:delText>supprimé</w:delText></w:r></w:del><w:r><w:instrText>PAGEREF</w:instrText></w:r></w:p>',
      '<w:p><mc:AlternateContent><mc:Choice><w:t>encadré</w:t></mc:Choice><mc:Fallback><w:t>encadré</w:t></mc:Fallback></mc:AlternateContent></w:p>',
    ];
    expect(await pagesOf('docx', aDocx(body.join(''), { 2: 'Loi de 1998' }))).toEqual(['1 L’état civil : délais Âge Coût Avant après Loi de 1998 encadré']);
  });

  it('knows the pages that Word had laid out, each once', async () => {
    const laidOut = '<w:lastRenderedPageBreak/>';
    const body = [wordParagraph('Un'), wordParagraph('deux', laidOut), '<w:p><w:r><w:br w:type="page"/></w:r></w:p>', wordParagraph('trois', laidOut), wordParagraph('encore')];
    expect(await pagesOf('docx', aDocx(body.join('')))).toEqual(['1 Un', '2 deux', '3 trois encore']);
  });

  it('knows the pages that its author began where it was never laid out', async () => {
    const section = (type: string) => `<w:p><w:pPr><w:sectPr><w:type w:val="${type}"/></w:sectPr></w:pPr></w:p>`;
    const body = [
      wordParagraph('Un'), '<w:p><w:pPr><w:pageBreakBefore/></w:pPr><w:r><w:t>deux</w:t></w:r></w:p>', '<w:p><w:pPr><w:pageBreakBefore w:val="0"/></w:pPr><w:r><w:t>encore</w:t></w:r></w:p>',
      section('nextPage'), wordParagraph('trois'), section('continuous'), wordParagraph('toujours'),
    ];
    expect(await pagesOf('docx', aDocx(body.join('')))).toEqual(['1 Un', '2 deux encore', '3 trois toujours']);
  });

  it.each([
    ['that is no archive', () => Buffer.from('PK\u0003\u0004 rien'), 'unreadable'],
    ['without a body', () => aZip({ '[Content_Types].xml': '<Types/>' }), 'unreadable'],
    ['that would unpack to more than fits', () => aZip({ 'word/document.xml': new Uint8Array(TEXT_LIMITS.unpackedBytes + 1) }), 'too-large'],
  ])('%s fails', async (_name, content, code) => {
    await expect(readText('docx', new Uint8Array(content()))).rejects.toMatchObject({ code });
  });

  it('of which entities would make something huge says nothing of them', async () => {
    const bomb = aZip({
      'word/document.xml': `<!DOCTYPE w:document [<!ENTITY a "${'boum '.repeat(100)}"><!ENTITY b "&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]><w:document><w:t>Avant &b;&c; après</w:t></w:document>`,
    });
    const [text] = await pagesOf('docx', bomb);
    expect(text).toMatch(/Avant/);
    expect(text).not.toMatch(/boum|root/);
  });
});

describe('the text of an OpenDocument text', () => {
  it('holds paragraphs, headings, spaces and notes, and no remarks nor deleted text', async () => {
    const body = [
      '<text:tracked-changes><text:deletion><text:p>supprimé</text:p></text:deletion></text:tracked-changes>',
      '<text:h>La collecte</text:h>\n  <text:p>à <text:span>Dakar</text:span><text:s text:c="2"/>et<text:tab/>Thiès<text:line-break/>la nuit</text:p>',
      '<text:p>Un coût<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>en 2024</text:p></text:note-body></text:note><office:annotation><text:p>à revoir</text:p></office:annotation></text:p>',
    ];
    expect(await pagesOf('odt', anOdt(body.join('')))).toEqual(['1 La collecte à Dakar et Thiès la nuit Un coût 1 en 2024']);
  });

  it('knows the pages that were laid out and those that the author began', async () => {
    const styles = '<style:style style:name="P1"><style:paragraph-properties fo:break-before="page"/></style:style>';
    const body = '<text:p text:style-name="P1">Un</text:p><text:p>et <text:soft-page-break/>deux</text:p><text:p text:style-name="P1">trois</text:p>';
    expect(await pagesOf('odt', anOdt(body, { styles }))).toEqual(['1 Un et', '2 deux', '3 trois']);
  });

  it.each([
    ['with a password', () => anOdt('', { manifest: '<manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry>' }), 'encrypted'],
    ['that would unpack to more than fits', () => aZip({ 'content.xml': new Uint8Array(TEXT_LIMITS.unpackedBytes + 1) }), 'too-large'],
  ])('%s fails', async (_name, content, code) => {
    await expect(readText('odt', new Uint8Array(content()))).rejects.toMatchObject({ code });
  });
});

describe('a plain text', () => {
  it.each([
    ['in UTF-8', Buffer.from('\uFEFFDéchets;Coût\nVerre;3 €\n')],
    ['of an older spreadsheet', Buffer.from([0x44, 0xe9, ...Buffer.from('chets;Co'), 0xfb, ...Buffer.from('t\r\nVerre;3 '), 0x80, 0x0a])],
  ])('%s is one page', async (_name, content) => {
    expect(await pagesOf('plain', content)).toEqual(['1 Déchets;Coût Verre;3 €']);
  });

  it('that is too long keeps its beginning', async () => {
    const [page] = await readText('plain', new TextEncoder().encode('é'.repeat(TEXT_LIMITS.characters + 100)));
    expect(page?.text).toBe('é'.repeat(TEXT_LIMITS.characters));
  });

  it('of nothing but white space has no page', async () => {
    expect(await readText('plain', new TextEncoder().encode(' \n\t '))).toEqual([]);
  });
});

describe('a cleaned text', () => {
  it.each([
    ['ligatures', 'e\uFB03cace et \uFB01nances', 'efficace et finances'],
    ['Arabic letters', '\uFECB\uFEAE\uFE91\uFEF2', 'عربي'],
    ['parted accents', 'De\u0301chets', 'Déchets'],
    ['signs that nobody sees', 'do\u200Bs\u00ADsier\u202E\uFEFF \u0007ici\u0000', 'dossier ici'],
    ['signs of private fonts', '\uF0B7 Budget \uFFFD', 'Budget'],
    ['white space', 'a\u00A0\u202F b\r\n\r\n c', 'a b c'],
    ['soft hyphens at the end of a line', 'commu\u00AD\nnauté', 'communauté'],
    ['halves of signs', `a${'\uD83D'}b`, 'a b'],
    ['hyphens of names', 'Saint-\nLouis et Mont-\nDore', 'Saint-Louis et Mont-Dore'],
    ['hyphens of words that have one', 'vice-\nprésidente, peut-\nêtre', 'vice-présidente, peut-être'],
    ['dashes and numbers', 'de 2020-\n2024 –\nou -\nplus', 'de 2020- 2024 – ou - plus'],
  ])('has its %s put right', (_name, raw, clean) => {
    expect(cleanText(raw)).toBe(clean);
  });

  it('is found quickly in a text that is made to be slow', () => {
    const started = performance.now();
    cleanText(`${'a'.repeat(200_000)}\n${'a-'.repeat(100_000)}${'-\n \n'.repeat(50_000)}`);
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});
