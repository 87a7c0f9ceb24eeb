import { cleanText, Language } from '@passerelle/contract';
import { z } from 'zod';
import type { Context } from './context.js';
import { html, type Markup } from './html.js';
import type { Page } from './layout.js';

const TEXT_MIN = 10;
export const TEXT_MAX = 2_000;
/** Where errors are reported when the form takes none: the published mailbox of the permanent secretariat. */
const CONTACT = 'sp@aimf.asso.fr';

/** Which page of ours it is about, and in which language it was read. */
export const ReportedPage = z.object({ page: z.string().regex(/^\/public(\/(pratiques|villes)(\/[a-z0-9-]{1,80})?|\/carte|\/securite)?$/), lang: Language.optional().catch(undefined) });
export const ReportText = z.string().max(3 * TEXT_MAX).transform(cleanText).pipe(z.string().min(TEXT_MIN).max(TEXT_MAX));
/** A field that people do not see, and programs that fill in everything do. */
export const TRAP = 'site';

/** The form at the foot of each page; plain HTML, so that it works where no script runs. */
export function reportForm({ words: { reporting }, language }: Context, page: string, { text = '', problem = '' } = {}): Markup {
  return html`<form method="post" action="/public/signaler"><input type="hidden" name="page" value="${page}"><input type="hidden" name="lang" value="${language}">
    <label class="skip" aria-hidden="true">${reporting.trap}<input name="${TRAP}" tabindex="-1" autocomplete="off"></label>
    <label>${reporting.label}<textarea name="text" rows="4" required minlength="${TEXT_MIN}" maxlength="${TEXT_MAX}" aria-describedby="aide">${text}</textarea></label>
    <p class="meta" id="aide">${problem ? html`<strong>${problem}</strong> ` : null}${reporting.hint}</p><button>${reporting.send}</button></form>`;
}

/** The form once more, with what was written and what is wrong with it. */
export const wrongReportPage = (context: Context, page: string, text: string): Page => apart(context.words.report, reportForm(context, page, { text, problem: context.words.reporting.wrong }));

export const thanksPage = (context: Context): Page =>
  apart(context.words.reporting.thanks, html`<p>${context.words.reporting.arrived}</p><p><a href="${context.link('/public/pratiques')}">${context.words.notFound.back}</a></p>`);

/** @param why a sentence. */
export const refusedReportPage = (context: Context, why: 'often' | 'foreign'): Page =>
  apart(context.words.report, html`<p>${context.words.reporting[why]}</p><p>${context.words.reporting.otherwise} <a href="mailto:${CONTACT}">${CONTACT}</a></p>`);

const apart = (title: string, body: Markup): Page => ({ title, description: title, place: null, body: html`<h1>${title}</h1>${body}` });
