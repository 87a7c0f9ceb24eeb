import { MENTIONS_MAX } from '@passerelle/contract';
import { renderMarkdown } from '@passerelle/text/markdown';
import sanitizeHtml from 'sanitize-html';
import type { Mentioned, MentionIndex } from '../organisations/index.js';
import { DomainError } from '../platform/index.js';

// Each `@` costs some look-ups: a text with hundreds is refused before it is parsed.
const AT_SIGNS_MAX = 60;

const ALLOWED: sanitizeHtml.IOptions = {
  allowedTags: ['p', 'br', 'strong', 'em', 's', 'a', 'ul', 'ol', 'li', 'blockquote', 'code', 'pre', 'hr', 'div', 'table', 'thead', 'tbody', 'tr', 'th', 'td'],
  allowedAttributes: { a: ['href', 'rel', 'class'], ol: ['start'], div: ['class', 'tabindex', 'role'], th: ['style'], td: ['style'] },
  allowedClasses: { a: ['mention'], div: ['table'] },
  allowedStyles: { '*': { 'text-align': [/^(left|right|center)$/] } },
  allowedSchemes: ['http', 'https', 'mailto'],
  allowProtocolRelative: false,
};

// Made of nothing but text and such tags there is nothing to take away, whatever the words are: most messages.
const BARE_TAGS_ONLY = /^(?:[^<]|<\/?(?:p|br|strong|em|s|ul|ol|li|blockquote|code|pre|hr)>)*$/;
const sanitise = (html: string) => (BARE_TAGS_ONLY.test(html) ? html : sanitizeHtml(html, ALLOWED));

/**
 * Renders a message once, on write.
 * @returns the sanitised HTML that is stored beside the Markdown, and whom the message mentions.
 * @throws DomainError `too-many-mentions` above MENTIONS_MAX different mentions.
 */
export async function renderPostHtml(body: string, language: 'fr' | 'en', index: MentionIndex): Promise<{ html: string; mentioned: Mentioned[] }> {
  const atSigns = body.split('@').length - 1;
  if (atSigns > AT_SIGNS_MAX) throw tooManyMentions();
  if (atSigns > 0) await index.refresh();
  const { match, mentioned } = index.matcher();
  const html = sanitise(renderMarkdown(body, { language, ...(atSigns > 0 && { matchMention: match }) }));
  const whom = mentioned();
  if (whom.length > MENTIONS_MAX) throw tooManyMentions();
  return { html, mentioned: whom };
}

const tooManyMentions = () => new DomainError('too-many-mentions', 'invalid', { max: MENTIONS_MAX }, [{ path: 'body', message: 'too_many_mentions' }]);
