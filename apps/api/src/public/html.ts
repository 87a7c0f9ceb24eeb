/** Markup that is safe to stand in a page. Only this file makes it, so nothing gets into a page unescaped. */
export class Markup {
  constructor(readonly text: string) {}
}

/** What may stand in a template: text is escaped, markup stays, nothing (null, false) leaves no trace. */
export type Child = Markup | string | number | null | undefined | false | readonly Child[];

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
// XML 1.0 has no place for these, not even escaped: one of them would make the whole feed unreadable.
const UNPRINTABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
const compacted = new WeakMap<TemplateStringsArray, string[]>();

const escape = (text: string) => text.replace(UNPRINTABLE, '').replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);

function render(child: Child): string {
  if (child instanceof Markup) return child.text;
  if (Array.isArray(child)) return child.map(render).join('');
  return child === null || child === undefined || child === false ? '' : escape(String(child));
}

/**
 * A piece of HTML or XML. Values are escaped, also for attributes, which must be quoted. Line breaks of the template with
 * their indentation are left out: they are for the reader of the source and would be a tenth of the page.
 */
export function html(strings: TemplateStringsArray, ...values: readonly Child[]): Markup {
  let parts = compacted.get(strings);
  if (!parts) compacted.set(strings, (parts = strings.map((part) => part.replace(/\n\s*/g, ''))));
  return new Markup(parts.reduce((text, part, index) => text + render(values[index - 1]) + part));
}

/**
 * Data for machines beside the page. A block of another type than script is never run, and so no policy blocks it; `<` is
 * written so that no text can end the block.
 */
export const dataBlock = (value: object) => new Markup(`<script type="application/ld+json">${JSON.stringify(value).replaceAll('<', '\\u003c')}</script>`);
