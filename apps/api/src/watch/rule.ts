import type { WatchAction, WatchDefinition } from '@passerelle/contract';
import { domainsOf, isBelow, readDomain } from './links.js';
import { hashOfWords, type Written } from './rates.js';
import { foldSeen, WordList } from './words.js';

/** A rule as it is stored. */
export interface StoredRule {
  id: string;
  space_id: string | null;
  name: string;
  action: WatchAction;
  definition: WatchDefinition;
}

/** A text and who wrote it. */
export interface Watched {
  person: string;
  /** Who joined lately. */
  isNew: boolean;
  /** All that will be read of it: title and message, without marks. */
  text: string;
  folded: string;
  domains: string[];
  at: number;
  /** What the person wrote since a moment where the rule holds, the oldest first; for rules about pace. */
  before: (from: number, space: string | null) => Written[];
}

const INLINE = /^<\/?(?:strong|em|s|a|code)\b/;
const ENTITY = /&(?:amp|lt|gt|quot|#39);/g;
/** Words that a rule has found are told; a list of them has an end. */
const TOLD_MAX = 10;
export const told = (found: string[]) => found.slice(0, TOLD_MAX);
const MINUTE = 60_000;

/** What is read of a rendered message: marks inside of a word do not part it. */
export const visibleText = (html: string) => html.replace(/<[^>]*>/g, (tag) => (INLINE.test(tag) ? '' : ' ')).replace(ENTITY, ' ');

/** A text as rules look at it. */
export const watchedOf = ({ title, html, own, ...who }: { title: string; html: string; own: string } & Pick<Watched, 'person' | 'isNew' | 'at' | 'before'>): Watched => {
  const text = `${title}\n${visibleText(html)}`;
  return { ...who, text, folded: foldSeen(text), domains: domainsOf(html, own) };
};

/** A rule made ready to look at texts. */
export class Rule {
  readonly words: WordList | null;
  private readonly domains: ReadonlySet<string>;

  constructor(readonly stored: StoredRule) {
    const { definition } = stored;
    this.words = definition.kind === 'words' ? new WordList(definition.terms) : null;
    this.domains = new Set(definition.kind === 'links' ? definition.domains.flatMap((domain) => readDomain(domain) ?? []) : []);
  }

  /** What it finds in a text beyond what stood in the one before; null for nothing. */
  findsNew(watched: Watched, before: Watched): string[] | null {
    const known = new Set(this.finds(before)?.map(this.keyOf));
    const left = this.finds(watched)?.filter((found) => !known.has(this.keyOf(found))) ?? [];
    return left.length > 0 ? left : null;
  }

  /** All of the text that the rule has found, in words; null when it finds nothing. */
  finds(watched: Watched): string[] | null {
    const { definition } = this.stored;
    switch (definition.kind) {
      case 'words':
        return this.words?.matches(watched.folded) ? this.distinct(this.words.marks(watched.text).map(([from, to]) => watched.text.slice(from, to))) : null;
      case 'links': {
        const found = definition.newcomers && !watched.isNew ? [] : watched.domains.filter((domain) => this.isCaught(domain, definition.mode));
        return found.length > 0 ? found : null;
      }
      case 'rate': {
        const before = watched.before(watched.at - definition.minutes * MINUTE, this.stored.space_id);
        const same = definition.mode === 'count' ? before : before.filter(({ words }) => words === hashOfWords(watched.text));
        return same.length + 1 >= definition.count ? [] : null;
      }
    }
  }

  private distinct(found: string[]): string[] {
    return [...new Map(found.map((word) => [this.keyOf(word), word])).values()];
  }

  /** Words are the same whatever their case and accents; domains are as they are. */
  private readonly keyOf = (found: string) => (this.words ? foldSeen(found) : found);

  private isCaught(domain: string, mode: 'watched' | 'allowed' | 'any'): boolean {
    return mode === 'any' || isBelow(domain, this.domains) === (mode === 'watched');
  }
}
