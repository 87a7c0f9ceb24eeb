import { setImmediate } from 'node:timers/promises';
import { type CostRange, type PracticeView, TAKEN_UP_STATES } from '@passerelle/contract';
import { frenchTypography } from '@passerelle/text';
import PDFDocument from 'pdfkit';
import { Turns } from '../platform/index.js';
import { PDF_WORDS } from './practice-pdf.words.js';

type Language = 'fr' | 'en';
type Words = (typeof PDF_WORDS)[Language];

const MARGIN = 51; // 18 mm
const GREEN = '#0A4F45';
const GREY = '#46534D';
const PAGES = 2;
/** Size of text, and how much of an answer, of a line of a list and of a list is printed. */
interface Fit {
  size: number; textMax: number; lineMax: number; linesMax: number;
}
const whole = (size: number): Fit => ({ size, textMax: Infinity, lineMax: Infinity, linesMax: Infinity });
const LARGEST = whole(11);
/** Tried one after the other until all stands on two pages: whole as long as it can be read, then cut more and more. */
const SMALLER: readonly Fit[] = [
  ...[10.25, 9.5, 8.75, 8, 7.25, 6.5].map(whole),
  { size: 8, textMax: 1_200, lineMax: 400, linesMax: 20 },
  { size: 7.25, textMax: 800, lineMax: 240, linesMax: 12 },
  { size: 7.25, textMax: 500, lineMax: 120, linesMax: 8 },
  { size: 7.25, textMax: 250, lineMax: 80, linesMax: 5 },
];
/** Drawing holds the thread that answers: one practice at a time, and few that wait. */
const turns = new Turns({ most: 16, retryAfterS: 2 });

/** Helvetica of the format knows Windows-1252 only: what it lacks becomes the nearest sign. */
const plain = (text: string) => text.replace(/\u202f/g, '\u00a0').replace(/[→⇒]/g, '>').replace(/≥/g, '>=').replace(/≤/g, '<=').replace(/[^\u0000-\u00ff–—‘’“”„•…€œŒŠšŽžŸ™‰†‡‹›]/gu, '?');

/**
 * A practice on two A4 pages: what was done and what came of it, then where it went, whom to ask and the sources. The page of the practice has
 * what is cut.
 * @param address of the practice's page, printed at the foot.
 * @throws DomainError `unavailable` when too many wait for theirs.
 */
export function practicePdf(view: PracticeView, { themes, language, address }: { themes: Map<string, string>; language: Language; address: string }): Promise<Buffer> {
  return turns.take(async () => {
    const about = { theme: themes.get(view.theme) ?? '', language, address };
    let page = lay(view, { ...about, ...LARGEST });
    for (const fit of SMALLER) {
      if (!page.overfull) break;
      // Others are answered between two tries.
      await setImmediate();
      page = lay(view, { ...about, ...fit });
    }
    return page.print();
  });
}

interface Layout extends Fit {
  theme: string; language: Language; address: string;
}

function lay(view: PracticeView, layout: Layout): Page {
  const page = new Page(view, layout);
  first(page, view, PDF_WORDS[layout.language]);
  page.turn();
  second(page, view, PDF_WORDS[layout.language]);
  return page;
}

function first(page: Page, view: PracticeView, words: Words): void {
  const { content } = view;
  page.small(page.layout.theme);
  page.title(frenchTypography(view.title));
  page.small([`${view.city.name}, ${view.city.countryName}`, period(view, words), cost(view, words)].filter(Boolean).join('  ·  '));
  if (view.label) page.note(view.label);
  if (view.validated) page.note(words.validated);
  page.section(words.summary, content.summary);
  page.section(words.problem, content.problem);
  page.section(words.solution, content.solution);
  page.list(words.steps, content.steps.map((step) => [step.title, step.text].filter(Boolean).join('. ')));
  page.list(words.results, content.results.map((row) => (row.before || row.after ? `${row.indicator} : ${[row.before, row.after].filter(Boolean).join(' > ')} ${row.unit}` : row.indicator)));
  page.section(words.difficulties, content.difficulties);
}

function second(page: Page, view: PracticeView, words: Words): void {
  const { content } = view;
  page.small(frenchTypography(view.title));
  const taken = view.transfers.filter((transfer) => TAKEN_UP_STATES.includes(transfer.state)).length;
  page.list(words.transfers(taken), view.transfers.map((transfer) => [transfer.to, words.state[transfer.state], transfer.year, transfer.note].filter(Boolean).join(', ')));
  page.section(words.success, content.successFactors);
  page.section(words.conditions, content.conditions);
  page.list(words.partners, content.partners.map((partner) => partner.name));
  page.section(words.resources, [content.resources, content.skills].filter(Boolean).join(' '));
  page.list(words.funding, content.funding.map((line) => line.funder));
  page.section(words.goals, content.sdgs.join(', '));
  page.section(words.contact, content.contact ? `${content.contact}. ${words.relay}` : words.relay);
  page.list(words.sources, [view.sourceUrl, ...view.otherSources].filter((url): url is string => url !== null));
}

const period = (view: PracticeView, words: Words) => (view.yearStart ? (view.yearEnd ? `${view.yearStart}–${view.yearEnd}` : words.since(view.yearStart)) : '');
const cost = (view: PracticeView, words: Words) => `${words.cost} : ${words.range[view.costRange as CostRange]}`;

const cut = (text: string, max: number) => (text.length > max ? `${text.slice(0, max)}…` : text);

/** Where text goes, one part under the other. Once there are more pages than may be, nothing more is drawn: this try is lost. */
class Page {
  private readonly doc: PDFKit.PDFDocument;

  constructor(
    view: PracticeView,
    readonly layout: Layout,
  ) {
    this.doc = new PDFDocument({
      size: 'A4', margin: MARGIN, bufferPages: true, lang: view.language, displayTitle: true,
      info: { Title: plain(view.title), Author: plain(`${view.city.name}, ${view.city.countryName}`), Creator: 'Passerelle' },
    });
  }

  get overfull(): boolean {
    return this.doc.bufferedPageRange().count > PAGES;
  }

  turn(): void {
    this.doc.addPage();
  }

  title(text: string): void {
    this.doc.font('Helvetica-Bold').fontSize(this.layout.size * 1.9).fillColor(GREEN).text(plain(text), { lineGap: 1 }).moveDown(0.2);
  }

  small(text: string): void {
    if (text) this.doc.font('Helvetica').fontSize(this.layout.size * 0.9).fillColor(GREY).text(plain(text)).moveDown(0.35);
  }

  note(text: string): void {
    this.doc.font('Helvetica-Oblique').fontSize(this.layout.size * 0.9).fillColor('#000').text(plain(frenchTypography(text))).moveDown(0.4);
  }

  section(title: string, text: string): void {
    if (!text || this.overfull) return;
    const { size, textMax } = this.layout;
    this.heading(title);
    this.doc.font('Helvetica').fontSize(size).fillColor('#000').text(plain(frenchTypography(cut(text, textMax))), { lineGap: 1.5 }).moveDown(0.5);
  }

  list(title: string, lines: string[]): void {
    if (lines.length === 0 || this.overfull) return;
    const { size, lineMax, linesMax, language } = this.layout;
    this.heading(title);
    this.doc.font('Helvetica').fontSize(size).fillColor('#000');
    for (const line of lines.slice(0, linesMax)) {
      if (this.overfull) return;
      this.doc.text(`•  ${plain(frenchTypography(cut(line, lineMax)))}`, { lineGap: 1.5, indent: 0 });
    }
    if (lines.length > linesMax) this.doc.text(plain(PDF_WORDS[language].more(lines.length - linesMax)), { lineGap: 1.5 });
    this.doc.moveDown(0.5);
  }

  /** The file, with the address and the number of the page at the foot of each. */
  async print(): Promise<Buffer> {
    const chunks: Buffer[] = [];
    this.doc.on('data', (chunk: Buffer) => chunks.push(chunk));
    const ended = new Promise<void>((done) => this.doc.once('end', done));
    const { count } = this.doc.bufferedPageRange();
    for (let number = 0; number < count; number++) {
      this.doc.switchToPage(number);
      this.foot(`${this.layout.address}    ${number + 1}/${count}`);
    }
    this.doc.end();
    await ended;
    return Buffer.concat(chunks);
  }

  /** Below the margin, where flowing text would begin a page. */
  private foot(text: string): void {
    const { height } = this.doc.page;
    this.doc.page.margins.bottom = 0;
    this.doc.font('Helvetica').fontSize(7.5).fillColor(GREY).text(plain(text), MARGIN, height - MARGIN * 0.65, { lineBreak: false });
    this.doc.page.margins.bottom = MARGIN;
  }

  private heading(text: string): void {
    this.doc.moveDown(0.35).font('Helvetica-Bold').fontSize(this.layout.size * 1.15).fillColor(GREEN).text(plain(text)).moveDown(0.15);
  }
}
