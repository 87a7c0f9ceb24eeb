import { type CostRange, type PracticeView, TAKEN_UP_STATES } from '@passerelle/contract';
import { frenchTypography } from '@passerelle/text';
import PDFDocument from 'pdfkit';
import { PDF_WORDS } from './practice-pdf.words.js';

type Language = 'fr' | 'en';
type Words = (typeof PDF_WORDS)[Language];

const MARGIN = 51; // 18 mm
const GREEN = '#0A4F45';
const GREY = '#46534D';
const PAGES = 2;
/** Sizes of text, largest first: the first with which everything stands on two pages is taken. */
const SIZES = [11, 10.25, 9.5, 8.75, 8, 7.25, 6.5];

/** Helvetica of the format knows Windows-1252 only: what it lacks becomes the nearest sign. */
const plain = (text: string) => text.replace(/\u202f/g, '\u00a0').replace(/[→⇒]/g, '>').replace(/≥/g, '>=').replace(/≤/g, '<=').replace(/[^\u0000-\u00ff–—‘’“”„•…€œŒŠšŽžŸ™‰†‡‹›]/gu, '?');

/**
 * A practice on two A4 pages: what was done and what came of it, then where it went, whom to ask and the sources.
 * @param address of the practice's page, printed at the foot.
 */
export async function practicePdf(view: PracticeView, { themes, language, address }: { themes: Map<string, string>; language: Language; address: string }): Promise<Buffer> {
  for (const size of SIZES) {
    const { pages, bytes } = await draw(view, { theme: themes.get(view.theme) ?? '', language, address, size, textMax: Infinity });
    if (pages <= PAGES) return bytes;
  }
  // Longer than two pages can hold even so: the long answers are cut, and the page of the practice has the whole.
  const { bytes } = await draw(view, { theme: themes.get(view.theme) ?? '', language, address, size: 8, textMax: 1_200 });
  return bytes;
}

interface Layout {
  theme: string; language: Language; address: string; size: number; textMax: number;
}

async function draw(view: PracticeView, layout: Layout): Promise<{ pages: number; bytes: Buffer }> {
  const words = PDF_WORDS[layout.language];
  const doc = new PDFDocument({
    size: 'A4', margin: MARGIN, bufferPages: true, lang: view.language, displayTitle: true,
    info: { Title: plain(view.title), Author: plain(`${view.city.name}, ${view.city.countryName}`), Creator: 'Passerelle' },
  });
  const chunks: Buffer[] = [];
  doc.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<void>((done) => doc.once('end', done));
  const page = new Page(doc, layout);
  first(page, view, words);
  doc.addPage();
  second(page, view, words);
  const { count } = doc.bufferedPageRange();
  for (let number = 0; number < count; number++) {
    doc.switchToPage(number);
    page.foot(`${layout.address}    ${number + 1}/${count}`);
  }
  doc.end();
  await ended;
  return { pages: count, bytes: Buffer.concat(chunks) };
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

/** Where text goes, one part under the other. */
class Page {
  constructor(
    private readonly doc: PDFKit.PDFDocument,
    readonly layout: Layout,
  ) {}

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
    if (!text) return;
    const { size, textMax } = this.layout;
    this.heading(title);
    this.doc.font('Helvetica').fontSize(size).fillColor('#000').text(plain(frenchTypography(text.length > textMax ? `${text.slice(0, textMax)}…` : text)), { lineGap: 1.5 }).moveDown(0.5);
  }

  list(title: string, lines: string[]): void {
    if (lines.length === 0) return;
    this.heading(title);
    this.doc.font('Helvetica').fontSize(this.layout.size).fillColor('#000');
    for (const line of lines) this.doc.text(`•  ${plain(frenchTypography(line))}`, { lineGap: 1.5, indent: 0 });
    this.doc.moveDown(0.5);
  }

  /** Below the margin, where flowing text would begin a page. */
  foot(text: string): void {
    const { height } = this.doc.page;
    this.doc.page.margins.bottom = 0;
    this.doc.font('Helvetica').fontSize(7.5).fillColor(GREY).text(plain(text), MARGIN, height - MARGIN * 0.65, { lineBreak: false });
    this.doc.page.margins.bottom = MARGIN;
  }

  private heading(text: string): void {
    this.doc.moveDown(0.35).font('Helvetica-Bold').fontSize(this.layout.size * 1.15).fillColor(GREEN).text(plain(text)).moveDown(0.15);
  }
}
