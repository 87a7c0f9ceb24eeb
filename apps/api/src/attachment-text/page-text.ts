import { cleanText } from './clean-text.js';
import { TEXT_LIMITS } from './limits.js';

export interface Page {
  page: number;
  text: string;
}

/** Takes text as it is read, page by page, until there is as much as may be kept. */
export class PageText {
  private readonly pages: Page[] = [];
  private parts: string[] = [];
  private page = 1;
  private characters = 0;
  private readonly endsAt = performance.now() + TEXT_LIMITS.enoughSeconds * 1_000;

  /** Nothing more is taken. */
  get isFull(): boolean {
    return this.page > TEXT_LIMITS.pages || this.characters >= TEXT_LIMITS.characters || performance.now() > this.endsAt;
  }

  write(text: string): void {
    if (this.isFull) return;
    const kept = text.slice(0, TEXT_LIMITS.characters - this.characters);
    this.characters += kept.length;
    this.parts.push(kept);
  }

  breakPage(): void {
    const text = cleanText(this.parts.join(''));
    if (text !== '') this.pages.push({ page: this.page, text });
    this.parts = [];
    this.page += 1;
  }

  /** The pages that hold text. */
  finish(): Page[] {
    this.breakPage();
    return this.pages;
  }
}
