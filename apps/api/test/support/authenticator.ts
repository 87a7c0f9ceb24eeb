import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import type { NewPasskey, PasskeyProof } from '@passerelle/contract';
import { isoCBOR } from '@simplewebauthn/server/helpers';

const [USER_PRESENT, USER_VERIFIED, HAS_CREDENTIAL] = [1, 4, 64];
const base64url = (bytes: Uint8Array | string) => Buffer.from(bytes).toString('base64url');
const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest();

interface Options {
  challenge: string;
  rp?: { id: string };
  rpId?: string;
  user?: { id: string };
}

/** A device with one passkey, in software (WebAuthn level 3, ES256, no attestation), that lets itself be misused. */
export class Authenticator {
  readonly id = base64url(randomBytes(32));
  private readonly keys: { publicKey: KeyObject; privateKey: KeyObject } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  private userHandle = '';
  /** Zero: a device that does not count, as synchronised passkeys do. */
  counter = 0;

  constructor(
    readonly origin: string,
    private readonly verifiesUser = true,
  ) {}

  make({ options }: { options: Options }): NewPasskey {
    this.userHandle = options.user?.id ?? '';
    const { x = '', y = '' } = this.keys.publicKey.export({ format: 'jwk' });
    const coseKey = new Map<number, number | Uint8Array>([[1, 2], [3, -7], [-1, 1], [-2, new Uint8Array(Buffer.from(x, 'base64url'))], [-3, new Uint8Array(Buffer.from(y, 'base64url'))]]);
    const id = Buffer.from(this.id, 'base64url');
    const length = Buffer.alloc(2);
    length.writeUInt16BE(id.length);
    const authData = Buffer.concat([this.head(options.rp?.id ?? '', HAS_CREDENTIAL), Buffer.alloc(16), length, id, isoCBOR.encode(coseKey)]);
    const attestation = isoCBOR.encode(new Map<string, string | Uint8Array | Map<string, string>>([['fmt', 'none'], ['attStmt', new Map<string, string>()], ['authData', new Uint8Array(authData)]]));
    return { id: this.id, rawId: this.id, type: 'public-key', response: { clientDataJSON: this.clientData('webauthn.create', options.challenge), attestationObject: base64url(attestation), transports: ['internal'] } };
  }

  show({ options }: { options: Options }): PasskeyProof {
    if (this.counter > 0) this.counter++;
    const authenticatorData = this.head(options.rpId ?? '', 0);
    const clientDataJSON = this.clientData('webauthn.get', options.challenge);
    const signature = sign('sha256', Buffer.concat([authenticatorData, sha256(Buffer.from(clientDataJSON, 'base64url'))]), this.keys.privateKey);
    return { id: this.id, rawId: this.id, type: 'public-key', response: { clientDataJSON, authenticatorData: base64url(authenticatorData), signature: base64url(signature), userHandle: this.userHandle } };
  }

  private head(rpId: string, flags: number): Buffer {
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(this.counter);
    return Buffer.concat([sha256(rpId), Buffer.from([USER_PRESENT | (this.verifiesUser ? USER_VERIFIED : 0) | flags]), counter]);
  }

  private clientData(type: string, challenge: string): string {
    return base64url(JSON.stringify({ type, challenge, origin: this.origin, crossOrigin: false }));
  }
}
