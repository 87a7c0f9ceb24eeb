import { z } from 'zod';
import { Id, Instant, Language } from './common.js';
import { SsoLabel } from './sso.js';

export const Role = z.enum(['member', 'moderator', 'administrator', 'guest']);
export type Role = z.infer<typeof Role>;

export const LoginBody = z.object({
  email: z.string().trim().min(3).max(254),
  password: z.string().min(1).max(200),
  sharedDevice: z.boolean().optional(),
});
export type LoginBody = z.infer<typeof LoginBody>;

export const LinkRequestBody = z.object({ email: z.string().trim().min(3).max(254), language: Language.default('fr') });
export const LinkLoginBody = z.object({ token: z.string().min(20).max(200) });

/** A code of the authenticator, or one of the recovery codes. */
const Code = z.string().trim().min(6).max(40);
export const SecondFactorBody = z.object({ challenge: z.string().min(20).max(200), code: Code });
export type SecondFactorBody = z.infer<typeof SecondFactorBody>;
export const CodeBody = z.object({ code: Code });
/** Of a new password length alone is demanded, and that it is hard to guess. */
export const PASSWORD_MIN = 12;
export const NewPassword = z.string().min(PASSWORD_MIN).max(200);
/** `current`: null where the account has none yet. */
export const PasswordBody = z.object({ current: z.string().min(1).max(200).nullable(), password: NewPassword });
export type PasswordBody = z.infer<typeof PasswordBody>;
/** What shows again who acts: the password, or a code of the second factor. */
export const FreshBody = z.object({ password: z.string().min(1).max(200).optional(), code: Code.optional() }).refine(({ password, code }) => (password === undefined) !== (code === undefined));
export type FreshBody = z.infer<typeof FreshBody>;

/** The password or the link was right, and a second proof is still due. */
export const ChallengeView = z.object({ secondFactor: z.array(z.enum(['totp', 'recovery'])), challenge: z.string() }).meta({ id: 'Challenge' });
export type ChallengeView = z.infer<typeof ChallengeView>;
export const FactorsView = z.object({ totp: z.object({ since: Instant }).nullable(), recoveryCodes: z.number().int(), hasPassword: z.boolean() }).meta({ id: 'Factors' });
export type FactorsView = z.infer<typeof FactorsView>;
export const TotpOfferView = z.object({ secret: z.string(), uri: z.string() }).meta({ id: 'TotpOffer' });
export type TotpOfferView = z.infer<typeof TotpOfferView>;
export const RecoveryCodesView = z.object({ codes: z.array(z.string()) }).meta({ id: 'RecoveryCodes' });
export type RecoveryCodesView = z.infer<typeof RecoveryCodesView>;

export const AccountView = z.object({
  id: Id,
  name: z.string(),
  role: Role,
  interfaceLanguage: Language,
  languages: z.array(Language),
  timeZone: z.string(),
  showPresence: z.boolean(),
  email: z.string(),
  lastVisitAt: Instant.nullable(),
}).meta({ id: 'Account' });
export type AccountView = z.infer<typeof AccountView>;

export const MandateView = z.object({
  id: Id,
  function: z.string(),
  organisation: z.object({ id: Id, slug: z.string(), name: z.string(), country: z.string() }),
  from: z.string().nullable(),
  to: z.string().nullable(),
}).meta({ id: 'Mandate' });
export type MandateView = z.infer<typeof MandateView>;

export const Permission = z.enum(['write', 'moderate', 'administer']);

export const MeView = z.object({
  account: AccountView,
  mandates: z.array(MandateView),
  permissions: z.array(Permission),
  demo: z.boolean(),
  version: z.string(),
}).meta({ id: 'Me' });
export type MeView = z.infer<typeof MeView>;

/** Own profile; each field may be sent alone. */
export const ProfileBody = z.object({
  name: z.string().trim().min(1).max(120).optional(),
  function: z.string().trim().min(2).max(200).optional(),
  interfaceLanguage: Language.optional(),
  languages: z.array(Language).min(1).max(2).optional(),
  timeZone: z.string().max(64).refine((zone) => Intl.supportedValuesOf('timeZone').includes(zone) || zone === 'UTC', 'unknown time zone').optional(),
  showPresence: z.boolean().optional(),
});
export type ProfileBody = z.infer<typeof ProfileBody>;

export const SessionView = z.object({
  id: Id,
  createdAt: Instant,
  lastSeenAt: Instant,
  device: z.string(),
  current: z.boolean(),
}).meta({ id: 'Session' });
export type SessionView = z.infer<typeof SessionView>;

export const DemoAccountView = z.object({
  email: z.string(), function: z.string(), organisation: z.string(), country: z.string().nullable(), role: Role,
}).meta({ id: 'DemoAccount' });
export type DemoAccountView = z.infer<typeof DemoAccountView>;

/** What a sign-in page needs before anybody has signed in. */
export const WelcomeView = z.object({
  demo: z.boolean(), password: z.string().nullable(), accounts: z.array(DemoAccountView),
  /** The button to the provider of single sign-on; null where none is set up. */
  sso: SsoLabel.nullable(),
}).meta({ id: 'Welcome' });
export type WelcomeView = z.infer<typeof WelcomeView>;
