import { v7 as uuid } from 'uuid';
import type { Line } from './lines.js';
import { world } from './world.js';

const noCode = () => ({ code: '000000' });

const PROOF = { id: 'AAAA', rawId: 'AAAA', type: 'public-key' };
const noPasskey = () => ({ id: uuid(), name: 'Aucune', passkey: { ...PROOF, response: { clientDataJSON: 'AAAA', attestationObject: 'AAAA' } } });

/** Each acts on the own account only; taking a factor off somebody else's is for the secretariat. */
export const withSecondFactors: Line[] = [
  ['reads the own factors', 'GET', () => '/api/me/second-factor', undefined, [200, 200, 200, 200, 200]],
  ['asks for a secret', 'POST', () => '/api/me/second-factor/totp', () => ({}), [200, 200, 200, 200, 200]],
  ['confirms it with a wrong code', 'POST', () => '/api/me/second-factor/totp/confirm', () => ({ code: 'aucun code' }), [403, 403, 403, 403, 403]],
  ['changes the own password with a wrong one', 'PUT', () => '/api/me/password', () => ({ current: 'un autre', password: 'le canard et la brouette' }), [204, 204, 204, 204, 204]],
  ['renews codes without a factor', 'POST', () => '/api/me/second-factor/recovery-codes', () => ({}), [409, 409, 409, 409, 409]],
  ['shows again who acts, with a wrong code', 'POST', () => '/api/auth/fresh', noCode, [403, 403, 403, 403, 403]],
  ['asks for a passkey as a fresh proof', 'POST', () => '/api/auth/fresh/passkey', () => ({}), [200, 200, 200, 200, 200]],
  ['asks to make a passkey', 'POST', () => '/api/me/passkeys/options', () => ({}), [200, 200, 200, 200, 200]],
  ['adds a passkey that is none', 'POST', () => '/api/me/passkeys', noPasskey, [403, 403, 403, 403, 403]],
  ['removes a passkey that is not theirs', 'DELETE', () => `/api/me/passkeys/${uuid()}`, undefined, [404, 404, 404, 404, 404]],
  ['removes the own factor', 'DELETE', () => '/api/me/second-factor/totp', undefined, [204, 204, 204, 204, 204]],
  // No provider of single sign-on is set up here; with one: single-sign-on.test.ts.
  ['lists the own identities', 'GET', () => '/api/me/identities', undefined, [200, 200, 200, 200, 200]],
  ['begins to link an identity', 'POST', () => '/api/me/identities/link', () => ({}), [404, 404, 404, 404, 404]],
  ["unlinks an identity that is not one's own", 'DELETE', () => `/api/me/identities/${uuid()}`, undefined, [404, 404, 404, 404, 404]],
  ['chooses a password that is too short', 'PUT', () => '/api/me/password', () => ({ password: 'court' }), [400, 400, 400, 400, 400]],
  ['reads which roles demand a factor', 'GET', () => '/api/factor-demands', undefined, [403, 403, 403, 403, 403, 200]],
  ['says which roles demand a factor', 'PUT', () => '/api/factor-demands/guest', () => ({ from: null, version: 1 }), [403, 403, 403, 403, 403, 200]],
  ['resets the factor of the member', 'POST', () => `/api/accounts/${world.member.accountId}/second-factor/reset`, () => ({ reason: 'lost' }), [403, 403, 403, 403, 403, 404]],
];
