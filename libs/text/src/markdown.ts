import MarkdownIt from 'markdown-it';
import { excerpt, frenchTypography } from './index.js';

/** A mention found right after `@`: how many characters it covers and where it leads. */
export interface MentionMatch {
  length: number;
  href: string;
}

export type RenderOptions = {
  language: 'fr' | 'en';
  /** Longest known "function of city" or city that the text begins with; null when it is no mention. */
  matchMention?: (textAfterAt: string) => MentionMatch | null;
};

// markdown-it hands the second argument of render() to its rules without its type.
const optionsOf = (env: unknown) => env as RenderOptions;
const SAFE_LINK = /^(https?:\/\/|mailto:|\/(?!\/)|#)/i;

/**
 * The safe subset of Markdown: emphasis, links, lists, tables, quotes, code, headings shown as bold lines. No raw
 * HTML, no image (a picture is an attachment). The same renderer makes the stored HTML and the preview.
 * @returns HTML; the server passes it through its sanitiser as well before it stores it.
 */
export function renderMarkdown(body: string, options: RenderOptions): string {
  return parser.render(body, options);
}

/** The words of a Markdown text, without marks, on one line of at most `max` characters. */
export function plainText(body: string, max: number): string {
  const words: string[] = [];
  for (const token of parser.parse(body, { language: 'en' })) {
    for (const child of token.children ?? []) if (['text', 'code_inline'].includes(child.type)) words.push(child.content);
    if (token.type === 'inline') words.push(' ');
    if (token.type === 'fence' || token.type === 'code_block') words.push(token.content, ' ');
  }
  return excerpt(words.join(''), max);
}

const parser = new MarkdownIt({ html: false, linkify: true, breaks: true, typographer: false }).disable(['image', 'html_block', 'html_inline']);
parser.linkify.set({ fuzzyLink: false, fuzzyEmail: false });
parser.validateLink = (url: string) => SAFE_LINK.test(url.trim());

// Deeply nested quotes and lists make the parser recurse; nobody writes twenty levels.
parser.set({ maxNesting: 20 });

parser.inline.ruler.push('mention', (state, silent) => {
  if (state.src[state.pos] !== '@') return false;
  if (state.pos > 0 && /[\p{L}\p{N}._%+-]/u.test(state.src[state.pos - 1] ?? '')) return false;
  const match = optionsOf(state.env).matchMention?.(state.src.slice(state.pos + 1, state.pos + 240));
  if (!match) return false;
  if (!silent) {
    const open = state.push('link_open', 'a', 1);
    open.attrs = [['href', match.href], ['class', 'mention']];
    state.push('text', '', 0).content = state.src.slice(state.pos, state.pos + 1 + match.length);
    state.push('link_close', 'a', -1);
  }
  state.pos += 1 + match.length;
  return true;
});

parser.core.ruler.push('french_typography', (state) => {
  if (optionsOf(state.env).language !== 'fr') return;
  for (const token of state.tokens) for (const child of token.children ?? []) if (child.type === 'text') child.content = frenchTypography(child.content);
});

// A message must not compete with the page's own headings.
parser.renderer.rules.heading_open = () => '<p><strong>';
parser.renderer.rules.heading_close = () => '</strong></p>\n';
parser.renderer.rules.table_open = () => '<div class="table" tabindex="0" role="group"><table>';
parser.renderer.rules.table_close = () => '</table></div>\n';
parser.renderer.rules.link_open = (tokens, index, options, _env, self) => {
  const token = tokens[index];
  if (token && /^https?:/i.test(String(token.attrGet('href') ?? ''))) token.attrSet('rel', 'nofollow noopener noreferrer');
  return self.renderToken(tokens, index, options);
};
