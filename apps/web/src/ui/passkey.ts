import type { NewPasskey, PasskeyOptionsView, PasskeyProof } from '@passerelle/contract';
import type { PublicKeyCredentialCreationOptionsJSON, PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/browser';
import { ApiProblem, api } from '../app/api';
import type { TextKey } from '../i18n';

const library = () => import('@simplewebauthn/browser');

/** A browser that knows passkeys, at an address with a name: they are bound to it. */
export const knowsPasskeys = (): boolean => typeof PublicKeyCredential === 'function' && !/^\[|^[\d.]+$/.test(location.hostname);

/** Lets the browser make a passkey. @throws what `passkeyProblem` puts into words. */
export async function makePasskey(): Promise<NewPasskey> {
  const [{ startRegistration }, { options }] = await Promise.all([library(), api.post<PasskeyOptionsView>('/api/me/passkeys/options')]);
  const { id, rawId, response } = await startRegistration({
    // The server describes its options loosely; they are those that the browser's part of the same library takes.
    optionsJSON: options as unknown as PublicKeyCredentialCreationOptionsJSON,
  });
  const { clientDataJSON, attestationObject, transports } = response;
  return { id, rawId, type: 'public-key', response: { clientDataJSON, attestationObject, ...(transports && { transports }) } };
}

/** Lets the browser show a passkey. @param path where the server says what it wants to see. @throws what `passkeyProblem` puts into words. */
export async function showPasskey(path: string, body: object = {}): Promise<PasskeyProof> {
  const [{ startAuthentication }, { options }] = await Promise.all([library(), api.post<PasskeyOptionsView>(path, body)]);
  const { id, rawId, response } = await startAuthentication({ optionsJSON: options as unknown as PublicKeyCredentialRequestOptionsJSON });
  const { clientDataJSON, authenticatorData, signature, userHandle } = response;
  return { id, rawId, type: 'public-key', response: { clientDataJSON, authenticatorData, signature, ...(userHandle && { userHandle }) } };
}

/** What went wrong with a passkey, in words; undefined for what goes wrong elsewhere too. */
export function passkeyProblem(error: unknown): TextKey | undefined {
  if (error instanceof ApiProblem) return error.code === 'passkey-refused' ? 'security.passkeyRefused' : undefined;
  if (!(error instanceof Error)) return undefined;
  if (error.name === 'InvalidStateError') return 'security.passkeyHere';
  if (error.name === 'NotAllowedError' || error.name === 'AbortError') return 'security.passkeyUnread';
  return undefined;
}
