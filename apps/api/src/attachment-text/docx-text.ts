import { readXml, unpack, type XmlReader } from './office-file.js';
import { type Page, PageText } from './page-text.js';
import { TextFailure } from './text-failure.js';

const BODY = 'word/document.xml';
const NOTES = ['word/footnotes.xml', 'word/endnotes.xml'];
const NOTE = /^w:(foot|end)note$/;
const NOTE_MARK = /^w:(foot|end)noteReference$/;
/** The same once more, for programs that do not know the first. */
const SKIPPED = ['mc:Fallback'];
const SEPARATORS: Record<string, string> = { 'w:p': '\n', 'w:tc': '\n', 'w:tab': ' ', 'w:cr': '\n', 'w:noBreakHyphen': '-', 'w:softHyphen': '\u00AD' };

/**
 * Text of a Word document: body, tables and text boxes, notes where they are called. Pages are those that Word had laid out when it
 * saved, or else those that the author began. @throws TextFailure
 */
export function docxText(content: Uint8Array): Page[] {
  const parts = unpack(content, [BODY, ...NOTES]);
  const body = parts.get(BODY);
  if (!body) throw new TextFailure('unreadable');
  const notes = new Map<string, string>();
  for (const name of NOTES) {
    const part = parts.get(name);
    if (part) readXml(part, new NoteReader(notes));
  }
  const reader = new BodyReader(notes);
  readXml(body, reader);
  return reader.pages.finish();
}

/** Only what stands in runs of text: instructions of fields and deleted text have elements of their own. */
abstract class RunReader implements XmlReader {
  private inText = false;
  private skipped = 0;
  abstract readonly isDone: boolean;

  protected abstract write(text: string): void;
  protected begin(_name: string, _attributes: Record<string, string>): void {}
  protected end(_name: string): void {}

  open(name: string, attributes: Record<string, string>): void {
    if (SKIPPED.includes(name)) this.skipped += 1;
    if (this.skipped > 0) return;
    this.inText = name === 'w:t';
    if (name === 'w:br' && attributes['w:type'] !== 'page') this.write('\n');
    this.begin(name, attributes);
  }

  close(name: string): void {
    if (SKIPPED.includes(name)) this.skipped -= 1;
    if (this.skipped > 0) return;
    this.inText = false;
    const separator = SEPARATORS[name];
    if (separator) this.write(separator);
    this.end(name);
  }

  text(text: string): void {
    if (this.inText && this.skipped === 0) this.write(text);
  }
}

class NoteReader extends RunReader {
  readonly isDone = false;
  private note: { key: string; text: string } | null = null;

  constructor(private readonly notes: Map<string, string>) {
    super();
  }

  protected override begin(name: string, attributes: Record<string, string>): void {
    if (NOTE.test(name)) this.note = { key: `${name}Reference ${attributes['w:id']}`, text: '' };
  }

  protected override end(name: string): void {
    if (NOTE.test(name) && this.note) this.notes.set(this.note.key, this.note.text);
  }

  protected write(text: string): void {
    if (this.note) this.note.text += text;
  }
}

class BodyReader extends RunReader {
  readonly pages = new PageText();
  /** A page was begun and nothing was written on it yet. */
  private isFresh = true;
  private sectionEnds = false;
  private isContinuous = false;

  constructor(private readonly notes: Map<string, string>) {
    super();
  }

  get isDone(): boolean {
    return this.pages.isFull;
  }

  protected write(text: string): void {
    this.pages.write(text);
    if (text.trim() !== '') this.isFresh = false;
  }

  protected override begin(name: string, attributes: Record<string, string>): void {
    if (name === 'w:br' && attributes['w:type'] === 'page') this.breakPage();
    // Word notes the same break a second time, as where its layout began the page.
    if ((name === 'w:lastRenderedPageBreak' || (name === 'w:pageBreakBefore' && isOn(attributes))) && !this.isFresh) this.breakPage();
    if (name === 'w:type') this.isContinuous = attributes['w:val'] === 'continuous';
    if (name === 'w:sectPr') [this.sectionEnds, this.isContinuous] = [true, false];
    if (NOTE_MARK.test(name)) this.write(` ${this.notes.get(`${name} ${attributes['w:id']}`) ?? ''} `);
  }

  protected override end(name: string): void {
    if (name !== 'w:p' || !this.sectionEnds) return;
    this.sectionEnds = false;
    if (!this.isContinuous && !this.isFresh) this.breakPage();
  }

  private breakPage(): void {
    this.pages.breakPage();
    this.isFresh = true;
  }
}

const isOn = (attributes: Record<string, string>) => !['0', 'false', 'off'].includes(attributes['w:val'] ?? '1');
