import { z } from 'zod';
import { Role } from './accounts.js';
import { Day, Id, Instant } from './common.js';

/** A code of the authenticator, or one of the recovery codes. */
const Code = z.string().trim().min(6).max(40);
export const CodeBody = z.object({ code: Code });

const Bytes = z.string().min(1).max(10_000).regex(/^[A-Za-z0-9_-]+$/);
const Transports = z.array(z.string().max(30)).max(10);
const credential = { id: Bytes, rawId: Bytes, type: z.literal('public-key') };
/** What the browser says when a passkey is made (WebAuthn, level 3: RegistrationResponseJSON). */
export const NewPasskey = z.object({ ...credential, response: z.object({ clientDataJSON: Bytes, attestationObject: Bytes, transports: Transports.optional() }) });
export type NewPasskey = z.infer<typeof NewPasskey>;
/** What the browser says when a passkey is shown (AuthenticationResponseJSON). */
export const PasskeyProof = z.object({ ...credential, response: z.object({ clientDataJSON: Bytes, authenticatorData: Bytes, signature: Bytes, userHandle: Bytes.optional() }) });
export type PasskeyProof = z.infer<typeof PasskeyProof>;

const isOne = (...proofs: unknown[]) => proofs.filter((proof) => proof !== undefined).length === 1;

const Challenge = z.string().min(20).max(200);
export const ChallengeBody = z.object({ challenge: Challenge });
/** The second proof of a sign-in: a code, or a passkey. */
export const SecondFactorBody = z.object({ challenge: Challenge, code: Code.optional(), passkey: PasskeyProof.optional() }).refine(({ code, passkey }) => isOne(code, passkey));
export type SecondFactorBody = z.infer<typeof SecondFactorBody>;
/** What shows again who acts: the password, a code of the second factor, or a passkey. */
export const FreshBody = z.object({ password: z.string().min(1).max(200).optional(), code: Code.optional(), passkey: PasskeyProof.optional() })
  .refine(({ password, code, passkey }) => isOne(password, code, passkey));
export type FreshBody = z.infer<typeof FreshBody>;
export const PasskeyLoginBody = z.object({ passkey: PasskeyProof, sharedDevice: z.boolean().optional() });
export type PasskeyLoginBody = z.infer<typeof PasskeyLoginBody>;
export const NewPasskeyBody = z.object({ id: Id, name: z.string().trim().min(1).max(60), passkey: NewPasskey });
export type NewPasskeyBody = z.infer<typeof NewPasskeyBody>;

/** The password or the link was right, and a second proof is still due. */
export const ChallengeView = z.object({ secondFactor: z.array(z.enum(['passkey', 'totp', 'recovery'])), challenge: z.string() }).meta({ id: 'Challenge' });
export type ChallengeView = z.infer<typeof ChallengeView>;
/** Options for `navigator.credentials`, in the JSON form of WebAuthn. */
export const PasskeyOptionsView = z.object({ options: z.record(z.string(), z.unknown()) }).meta({ id: 'PasskeyOptions' });
export type PasskeyOptionsView = z.infer<typeof PasskeyOptionsView>;
export const PasskeyView = z.object({ id: Id, name: z.string(), createdAt: Instant, lastUsedAt: Instant.nullable() }).meta({ id: 'Passkey' });
export type PasskeyView = z.infer<typeof PasskeyView>;
export const FactorsView = z.object({
  totp: z.object({ since: Instant }).nullable(),
  passkeys: z.array(PasskeyView),
  recoveryCodes: z.number().int(),
  hasPassword: z.boolean(),
  /** The address at which passkeys work; null where the platform has no name, but a bare address of the network. */
  passkeyOrigin: z.string().nullable(),
}).meta({ id: 'Factors' });
export type FactorsView = z.infer<typeof FactorsView>;
export const TotpOfferView = z.object({ secret: z.string(), uri: z.string() }).meta({ id: 'TotpOffer' });
export type TotpOfferView = z.infer<typeof TotpOfferView>;
export const RecoveryCodesView = z.object({ codes: z.array(z.string()) }).meta({ id: 'RecoveryCodes' });
export type RecoveryCodesView = z.infer<typeof RecoveryCodesView>;
/** The first factor of an account comes with recovery codes, shown this once; otherwise there are none. */
export const PasskeyAddedView = z.object({ passkey: PasskeyView, codes: z.array(z.string()) }).meta({ id: 'PasskeyAdded' });
export type PasskeyAddedView = z.infer<typeof PasskeyAddedView>;

export const FACTOR_RESET_REASONS = ['lost', 'broken', 'replaced', 'other'] as const;
/** `note`: words for the person, in the mail alone. */
export const FactorResetBody = z.object({ reason: z.enum(FACTOR_RESET_REASONS), note: z.string().trim().max(500).default('') });
export type FactorResetBody = z.infer<typeof FactorResetBody>;

/** Whether a role demands a second factor, and from which day (UTC) on; `without`: how many of its people have none yet. */
export const FactorDemandView = z.object({ role: Role, from: z.string().nullable(), version: z.number().int(), people: z.number().int(), without: z.number().int() }).meta({ id: 'FactorDemand' });
export type FactorDemandView = z.infer<typeof FactorDemandView>;
export const FactorDemandBody = z.object({ from: Day.nullable(), version: z.number().int().min(1) });
export type FactorDemandBody = z.infer<typeof FactorDemandBody>;
