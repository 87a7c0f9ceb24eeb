import { readXml, unpack, type XmlReader } from './office-file.js';
import { type Page, PageText } from './page-text.js';
import { TextFailure } from './text-failure.js';

const BODY = 'content.xml';
const MANIFEST = 'META-INF/manifest.xml';
const ENCRYPTION = 'encryption-data';
/** Remarks of reviewers and deleted text are no part of the document. */
const SKIPPED = ['office:annotation', 'text:tracked-changes', 'text:sequence-decls', 'office:forms', 'svg:title', 'svg:desc'];
const PARAGRAPHS = ['text:p', 'text:h'];
const NOTES = ['text:note', 'text:note-citation'];
const MAX_SPACES = 100;

/** Text of an OpenDocument text: body, tables and notes. Pages are those that the program had laid out when it saved, and those that the author began. @throws TextFailure */
export function odtText(content: Uint8Array): Page[] {
  const parts = unpack(content, [BODY, MANIFEST]);
  const manifest = new TextDecoder().decode(parts.get(MANIFEST));
  if (manifest.includes(ENCRYPTION)) throw new TextFailure('encrypted');
  const body = parts.get(BODY);
  if (!body) throw new TextFailure('unreadable');
  const reader = new BodyReader();
  readXml(body, reader);
  return reader.pages.finish();
}

class BodyReader implements XmlReader {
  readonly pages = new PageText();
  private readonly breaking = new Set<string>();
  private style = '';
  private skipped = 0;
  private depth = 0;
  private isFresh = true;

  get isDone(): boolean {
    return this.pages.isFull;
  }

  open(name: string, attributes: Record<string, string>): void {
    if (SKIPPED.includes(name)) this.skipped += 1;
    if (this.skipped > 0) return;
    if (name === 'style:style') this.style = attributes['style:name'] ?? '';
    if (name === 'style:paragraph-properties' && attributes['fo:break-before'] === 'page') this.breaking.add(this.style);
    if (name === 'text:soft-page-break') this.breakPage();
    if (name === 'text:s') this.write(' '.repeat(Math.min(Number(attributes['text:c'] ?? 1) || 1, MAX_SPACES)));
    if (name === 'text:tab') this.write(' ');
    if (name === 'text:line-break') this.write('\n');
    if (name === 'text:note') this.write(' ');
    if (!PARAGRAPHS.includes(name)) return;
    this.depth += 1;
    if (this.breaking.has(attributes['text:style-name'] ?? '') && !this.isFresh) this.breakPage();
  }

  close(name: string): void {
    if (SKIPPED.includes(name)) this.skipped -= 1;
    if (this.skipped > 0) return;
    if (NOTES.includes(name)) this.write(' ');
    if (!PARAGRAPHS.includes(name)) return;
    this.depth -= 1;
    this.write('\n');
  }

  text(text: string): void {
    // Outside of paragraphs there is only the indentation of the file.
    if (this.skipped === 0 && this.depth > 0) this.write(text);
  }

  private write(text: string): void {
    this.pages.write(text);
    if (text.trim() !== '') this.isFresh = false;
  }

  private breakPage(): void {
    this.pages.breakPage();
    this.isFresh = true;
  }
}
