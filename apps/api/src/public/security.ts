import type { Env } from '../platform/index.js';
import type { Context } from './context.js';
import { html } from './html.js';
import type { Page } from './layout.js';

export const SECURITY_PATH = '/public/securite';
/** RFC 9116 asks for less than a year; whoever keeps a copy should look again after half of one. */
const VALID_DAYS = 180;
const DAY_MS = 86_400_000;

const isMail = (contact: string) => !contact.startsWith('https:');

/** RFC 9116: where weaknesses are reported. The same bytes for a whole day of UTC. */
export function securityTxt({ publicUrl, securityContact }: Pick<Env, 'publicUrl' | 'securityContact'>, now: Date): string {
  const expires = new Date((Math.floor(now.getTime() / DAY_MS) + VALID_DAYS) * DAY_MS).toISOString().replace('.000', '');
  return [
    `Contact: ${isMail(securityContact) ? `mailto:${securityContact}` : securityContact}`, `Expires: ${expires}`, 'Preferred-Languages: fr, en', `Canonical: ${publicUrl}/.well-known/security.txt`, `Policy: ${publicUrl}${SECURITY_PATH}`, '',
  ].join('\n');
}

/** How to report a weakness, for whoever finds one; SECURITY.md says the same to those who read the code. */
export function securityPage({ words: { security } }: Context, contact: string): Page {
  return {
    title: security.title, description: security.description, place: { path: SECURITY_PATH },
    body: html`<h1>${security.title}</h1><p>${security.description}</p><p>${security.where} <a href="${isMail(contact) ? `mailto:${contact}` : contact}">${contact}</a></p>
      <h2>${security.tell}</h2><ul>${security.tells.map((line) => html`<li>${line}</li>`)}</ul><h2>${security.promise}</h2><ul>${security.promises.map((line) => html`<li>${line}</li>`)}</ul><h2>${security.limits}</h2><ul>${security.limit.map((line) => html`<li>${line}</li>`)}</ul>`,
  };
}
