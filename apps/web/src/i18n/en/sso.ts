import type { sso as french } from '../fr/sso';
import type { Like } from '../types';

export const sso: Like<typeof french> = {
  or: 'Or through your organisation',
  working: 'Signing in…',
  title: 'Identity at your organisation',
  lead: '“{label}” can open this account too, once your identity is linked here. Its address must be the one of this account.',
  none: 'No identity is linked.',
  link: 'Link my identity',
  linked: 'Linked: {day}.',
  used: 'Last sign-in: {day}.',
  never: 'Not used yet.',
  unlink: 'Unlink',
  unlinked: 'This identity opens your account no more.',
  done: 'Your identity is linked. A mail confirms it.',
  gone: 'This sign-in service is no longer offered here.',
  reason: {
    unknown: 'No account on Passerelle belongs to this identity. Accounts are opened by invitation: write to the secretariat.',
    'not-linked':
      'Your account is not linked to this identity yet. Sign in with your password or a link, then link it under “Me, Security”.',
    'email-not-verified': 'Your organisation has not confirmed your e-mail address. Sign in with your password or a link.',
    'other-address': 'The address of this identity is not the one of your account. Nothing was linked.',
    'linked-elsewhere': 'This identity is already linked to another account. Nothing was changed.',
    'already-linked': 'Another identity of the same service is already linked to your account. Unlink it first.',
    refused: 'The sign-in was interrupted at your organisation. Nothing was changed.',
    expired: 'This attempt is no longer valid: it was used, is older than ten minutes or comes from another browser. Start again.',
    invalid: 'The answer of your organisation could not be verified. Start again; if this lasts, tell the secretariat.',
    unavailable: 'The sign-in service of your organisation does not answer. Your password and the link by mail still work.',
    busy: 'Too many attempts come from this address. Wait a few minutes.',
    'signed-out': 'Your session has changed in the meantime. Nothing was linked.',
  },
};
