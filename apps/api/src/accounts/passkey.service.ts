import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { NewPasskeyBody, PasskeyAddedView, PasskeyOptionsView, PasskeyProof, PasskeyView } from '@passerelle/contract';
import type { AuthenticatorTransport, WebAuthnCredential } from '@simplewebauthn/server';
import { z } from 'zod';
import { type Actor, Database, DomainError, ENV, type Env, hashToken, hasFactor, IdReused, NotFound, type Sql } from '../platform/index.js';
import { FactorChange } from './factor-change.js';
import { passkeySite } from './passkey-site.js';
import { renewCodes } from './recovery-codes.js';

const CHALLENGE_MINUTES = 5;
const CHALLENGE_BYTES = 32;
/** More than anybody has devices; keeps the options of a sign-in short. */
const PASSKEYS_MAX = 20;
/** Ed25519, ES256 and RS256: what telephones, computers and keys offer today. */
const ALGORITHMS = [-8, -7, -257];
const VIEW = 'id, name, created_at AS "createdAt", last_used_at AS "lastUsedAt"';

/** What a passkey is shown for: to sign in with it alone, after a password or a link, or to show again who acts. */
export type PasskeyUse = { purpose: 'sign-in' } | { purpose: 'second' | 'fresh'; accountId: string };
interface Stored extends Record<string, unknown> {
  id: string; account_id: string; credential_id: string; public_key: Buffer; counter: number; transports: string[];
}

// 27 MB and a fifth of a second, which nobody pays who has no passkey.
const library = () => import('@simplewebauthn/server');

/** Passkeys: made, listed, removed, and shown as a proof. Whoever shows one has also shown the device who they are (PIN, finger, face). */
@Injectable()
export class PasskeyService {
  constructor(
    private readonly database: Database,
    private readonly change: FactorChange,
    @Inject(ENV) private readonly env: Env,
  ) {}

  /** What the browser needs to make a passkey for the actor. */
  async offer(actor: Actor): Promise<PasskeyOptionsView> {
    const site = this.site();
    const { generateRegistrationOptions } = await library();
    const account = await this.database.row<{ email: string }>('SELECT email FROM account WHERE id = $1', [actor.accountId]);
    const options = await generateRegistrationOptions({
      rpName: 'Passerelle', rpID: site.id, userID: new TextEncoder().encode(actor.accountId), userName: account?.email ?? '', userDisplayName: actor.name,
      challenge: await this.newChallenge('register', actor.accountId), timeout: CHALLENGE_MINUTES * 60_000, attestationType: 'none', supportedAlgorithmIDs: ALGORITHMS,
      excludeCredentials: await this.credentials(actor.accountId), authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    });
    return { options: { ...options } };
  }

  /** Keeps a new passkey. A repeat of the request changes nothing. @throws DomainError `passkey-refused`, IdReused */
  async add(actor: Actor, body: NewPasskeyBody): Promise<PasskeyAddedView> {
    const before = await this.stored(this.database, actor.accountId, body);
    if (before) return { passkey: before, codes: [] };
    const credential = await this.verifyNew(actor, body);
    const added = await this.change.run(actor, 'passkey-added', async (tx) => {
      const first = (await tx.row<{ has: boolean }>(`SELECT ${hasFactor('$1::uuid')} AS has`, [actor.accountId]))?.has !== true;
      const passkey = await tx.row<PasskeyView & Record<string, unknown>>(
        `INSERT INTO passkey (id, account_id, name, credential_id, public_key, counter, transports) SELECT $1, $2, $3, $4, $5, $6, $7
         WHERE (SELECT count(*) FROM passkey WHERE account_id = $2) < ${PASSKEYS_MAX} ON CONFLICT DO NOTHING RETURNING ${VIEW}`,
        [body.id, actor.accountId, body.name, credential.id, Buffer.from(credential.publicKey), credential.counter, credential.transports ?? []]);
      return passkey ? { passkey, codes: first ? (await renewCodes(tx, actor.accountId)).codes : [] } : null;
    });
    if (!added) throw new DomainError('not-possible-now', 'conflict');
    return added;
  }

  async remove(actor: Actor, id: string): Promise<void> {
    const removed = await this.change.run(actor, 'passkey-removed', async (tx) => ((await tx.run('DELETE FROM passkey WHERE id = $1 AND account_id = $2', [id, actor.accountId])) === 1 ? true : null));
    if (!removed) throw new NotFound();
  }

  list(accountId: string): Promise<PasskeyView[]> {
    return this.database.rows<PasskeyView & Record<string, unknown>>(`SELECT ${VIEW} FROM passkey WHERE account_id = $1 ORDER BY created_at, id`, [accountId]);
  }

  /** What the browser needs to show a passkey; to sign in with it alone the browser lists those that it knows itself. */
  async ask(use: PasskeyUse): Promise<PasskeyOptionsView> {
    const accountId = use.purpose === 'sign-in' ? null : use.accountId;
    const { generateAuthenticationOptions } = await library();
    const options = await generateAuthenticationOptions({
      rpID: this.site().id, challenge: await this.newChallenge(use.purpose, accountId), timeout: CHALLENGE_MINUTES * 60_000, userVerification: 'required',
      ...(accountId !== null && { allowCredentials: await this.credentials(accountId) }),
    });
    return { options: { ...options } };
  }

  /** Takes a passkey that was shown, once for each challenge. @returns whose it is. @throws DomainError `passkey-refused`, the same whatever the reason. */
  async prove(use: PasskeyUse, proof: PasskeyProof, refusal: 'unauthenticated' | 'forbidden'): Promise<string> {
    const challenge = await this.takeChallenge(proof.response.clientDataJSON, use.purpose, use.purpose === 'sign-in' ? null : use.accountId);
    const stored = await this.database.row<Stored>(
      'SELECT k.id, k.account_id, k.credential_id, k.public_key, k.counter, k.transports FROM passkey k JOIN account a ON a.id = k.account_id AND a.disabled_at IS NULL WHERE k.credential_id = $1', [proof.id]);
    const isTheirs = stored !== undefined && (use.purpose === 'sign-in' ? isOwner(proof, stored.account_id) : stored.account_id === use.accountId);
    const counter = isTheirs && challenge !== null ? await this.verify(challenge, proof, stored) : null;
    // A counter that does not grow is that of a copy; two uses at once can't both move it.
    const isUsed = counter !== null && stored !== undefined && (await this.database.run('UPDATE passkey SET counter = $2, last_used_at = now() WHERE id = $1 AND (counter < $2 OR (counter = 0 AND $2 = 0))', [stored.id, counter])) === 1;
    if (!isUsed) throw new DomainError('passkey-refused', refusal);
    return stored.account_id;
  }

  /** @returns the new counter; null when the proof is not good. */
  private async verify(challenge: string, proof: PasskeyProof, stored: Stored): Promise<number | null> {
    const { verifyAuthenticationResponse } = await library();
    const site = this.site();
    const credential: WebAuthnCredential = { id: stored.credential_id, publicKey: new Uint8Array(stored.public_key), counter: Number(stored.counter), transports: stored.transports };
    const { response: { userHandle, ...response }, ...rest } = proof;
    const checked = await nullWhenRefused(() =>
      verifyAuthenticationResponse({
        response: { ...rest, response: { ...response, ...(userHandle !== undefined && { userHandle }) }, clientExtensionResults: {} },
        expectedChallenge: challenge, expectedOrigin: site.origin, expectedRPID: site.id, credential, requireUserVerification: true,
      }));
    return checked?.verified ? checked.authenticationInfo.newCounter : null;
  }

  private async verifyNew(actor: Actor, { passkey }: NewPasskeyBody): Promise<WebAuthnCredential> {
    const challenge = await this.takeChallenge(passkey.response.clientDataJSON, 'register', actor.accountId);
    if (challenge === null) throw new DomainError('passkey-refused', 'forbidden');
    const { verifyRegistrationResponse } = await library();
    const site = this.site();
    const { response: { transports, ...response }, ...rest } = passkey;
    const checked = await nullWhenRefused(() =>
      verifyRegistrationResponse({
        response: { ...rest, response: { ...response, ...(transports && { transports: transports as AuthenticatorTransport[] }) }, clientExtensionResults: {} },
        expectedChallenge: challenge, expectedOrigin: site.origin, expectedRPID: site.id, requireUserVerification: true, supportedAlgorithmIDs: ALGORITHMS,
      }));
    if (!checked?.verified) throw new DomainError('passkey-refused', 'forbidden');
    return checked.registrationInfo.credential;
  }

  /** @throws DomainError `not-possible-now` where the platform has no name that a passkey could be bound to. */
  private site() {
    const site = passkeySite(this.env.publicUrl);
    if (!site) throw new DomainError('not-possible-now', 'conflict');
    return site;
  }

  private async credentials(accountId: string): Promise<{ id: string; transports: AuthenticatorTransport[] }[]> {
    const rows = await this.database.rows<Stored>('SELECT credential_id, transports FROM passkey WHERE account_id = $1', [accountId]);
    return rows.map((row) => ({ id: row.credential_id, transports: row.transports as AuthenticatorTransport[] }));
  }

  private async newChallenge(purpose: 'register' | PasskeyUse['purpose'], accountId: string | null): Promise<Uint8Array<ArrayBuffer>> {
    const challenge = new Uint8Array(randomBytes(CHALLENGE_BYTES));
    await this.database.run(
      `WITH expired AS (DELETE FROM passkey_challenge WHERE expires_at < now())
       INSERT INTO passkey_challenge (challenge_hash, purpose, account_id, expires_at) VALUES ($1, $2, $3, now() + interval '${CHALLENGE_MINUTES} minutes')`,
      [hashToken(Buffer.from(challenge).toString('base64url')), purpose, accountId]);
    return challenge;
  }

  /** @returns the challenge that was answered, when it was given out for this, to this account, a short while ago. It is used up, whatever comes of it. */
  private async takeChallenge(clientData: string, purpose: string, accountId: string | null): Promise<string | null> {
    const challenge = challengeIn(clientData);
    if (challenge === null) return null;
    const taken = await this.database.run('DELETE FROM passkey_challenge WHERE challenge_hash = $1 AND purpose = $2 AND account_id IS NOT DISTINCT FROM $3::uuid AND expires_at > now()', [hashToken(challenge), purpose, accountId]);
    return taken === 1 ? challenge : null;
  }

  private async stored(sql: Sql, accountId: string, body: NewPasskeyBody): Promise<PasskeyView | undefined> {
    const row = await sql.row<PasskeyView & { account: string; credential: string } & Record<string, unknown>>(`SELECT ${VIEW}, account_id AS account, credential_id AS credential FROM passkey WHERE id = $1`, [body.id]);
    if (!row) return undefined;
    const { account, credential, ...passkey } = row;
    if (account !== accountId || credential !== body.passkey.id) throw new IdReused();
    return passkey;
  }
}

/** The browser gives back the handle of the account for which the passkey was made. */
const isOwner = ({ response }: PasskeyProof, accountId: string) => response.userHandle === Buffer.from(accountId).toString('base64url');

const ClientData = z.object({ challenge: z.string().max(200) });

function challengeIn(clientData: string): string | null {
  try {
    return ClientData.parse(JSON.parse(Buffer.from(clientData, 'base64url').toString())).challenge;
  } catch {
    // What is no client data answers no challenge.
    return null;
  }
}

/** The library throws for each fault of a proof; nothing but the proof is looked at here. */
async function nullWhenRefused<T>(verify: () => Promise<T>): Promise<T | null> {
  try {
    return await verify();
  } catch {
    return null;
  }
}
