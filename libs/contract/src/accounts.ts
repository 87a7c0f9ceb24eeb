import { z } from 'zod';
import { Id, Instant, Language, OnBehalf } from './common.js';
import { SsoLabel } from './sso.js';
import { PASSWORD_MIN } from './password-limits.js';

export const Role = z.enum(['member', 'moderator', 'administrator', 'guest']);
export type Role = z.infer<typeof Role>;

/** Of a new password length alone is demanded, and that it is hard to guess. */
export const NewPassword = z.string().min(PASSWORD_MIN).max(200);
export const PasswordBody = z.object({ password: NewPassword });

export const LoginBody = z.object({
  email: z.string().trim().min(3).max(254),
  password: z.string().min(1).max(200),
  sharedDevice: z.boolean().optional(),
});
export type LoginBody = z.infer<typeof LoginBody>;

export const LinkRequestBody = z.object({ email: z.string().trim().min(3).max(254), language: Language.default('fr') });
const Token = z.string().min(20).max(200);
export const LinkLoginBody = z.object({ token: Token, sharedDevice: z.boolean().optional() });
export const NotMeBody = z.object({ token: Token });

/** What was done after somebody said that a sign-in was not theirs: sessions ended, whether there was a password, factors removed and erasures called off that are younger than the sign-in. */
export const ClosedOffView = z.object({ sessions: z.number().int(), password: z.boolean(), factors: z.number().int(), erasures: z.number().int() }).meta({ id: 'ClosedOff' });
export type ClosedOffView = z.infer<typeof ClosedOffView>;

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
  /** What it is limited to; none: everything. */
  themes: z.array(z.string()),
}).meta({ id: 'Mandate' });
export type MandateView = z.infer<typeof MandateView>;

export const Permission = z.enum(['write', 'moderate', 'administer']);

/** In whose name somebody may speak now besides their own; no theme: whatever it is about. */
export const VoiceView = OnBehalf.extend({ id: Id, themes: z.array(z.string()) });
export type VoiceView = z.infer<typeof VoiceView>;

export const MeView = z.object({
  account: AccountView,
  mandates: z.array(MandateView),
  voices: z.array(VoiceView),
  permissions: z.array(Permission),
  /** From this day on the role demands a second factor, and there is none yet; `due`: nothing else is possible now. */
  factorDemand: z.object({ from: z.string(), due: z.boolean() }).nullable(),
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
