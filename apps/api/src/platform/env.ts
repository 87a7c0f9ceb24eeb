import { readFileSync } from 'node:fs';
import { z } from 'zod';

const flag = z.enum(['0', '1']).transform((value) => value === '1');

/** What the provider says opens accounts: nobody on the way may change it. */
function isSafeIssuer(issuer: string): boolean {
  const { protocol, hostname } = new URL(issuer);
  return protocol === 'https:' || (protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname));
}

const Settings = z.object({
  NODE_ENV: z.string().default('development'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  HOST: z.string().default('127.0.0.1'),
  DATA_DIR: z.string().default('.data'),
  DATABASE_URL: z.string().optional(),
  REDIS_URL: z.string().optional(),
  SMTP_URL: z.string().optional(),
  // One line: what follows a line break would be a header of its own.
  MAIL_FROM: z.string().max(200).regex(/^[^\r\n]*@[^\r\n]*$/).optional(),
  PUBLIC_URL: z.url().optional(),
  SECURITY_CONTACT: z.union([z.email(), z.url({ protocol: /^https$/ })]).default('sp@aimf.asso.fr'),
  DEMO: flag.optional(),
  RATE_LIMITS: z.enum(['on', 'off']).default('on'),
  MAX_UPLOAD_MB: z.coerce.number().min(1).max(1000).default(25),
  EVENT_RETENTION_DAYS: z.coerce.number().int().min(1).default(365),
  RETENTION_LETTERS_DAYS: z.coerce.number().int().min(1).default(1095),
  RETENTION_ACCOUNT_DAYS: z.coerce.number().int().min(1).default(365),
  RETENTION_LOG_DAYS: z.coerce.number().int().min(1).default(365),
  SECRET_KEY: z.string().min(32).optional(),
  OIDC_ISSUER: z.url().refine(isSafeIssuer, 'https, or http on this machine').optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  OIDC_LABEL_FR: z.string().max(60).default('Se connecter avec mon organisation'),
  OIDC_LABEL_EN: z.string().max(60).default('Sign in with my organisation'),
  SEARCH_MODEL: z.string().optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
});

/** Every setting of `.env.example`, parsed once at start; nothing else reads `process.env`. */
export interface Env {
  production: boolean;
  port: number;
  host: string;
  dataDir: string;
  databaseUrl: string | undefined;
  smtpUrl: string | undefined;
  /** The sender of all mail: an address, or a name and an address. */
  mailFrom: string;
  publicUrl: string;
  /** Where weaknesses are reported: an address of mail or a page. */
  securityContact: string;
  demo: boolean;
  rateLimits: boolean;
  maxUploadBytes: number;
  eventRetentionDays: number;
  /** How long private letters, accounts after the end of the last mandate, and logs are kept, in days. */
  retention: { letterDays: number; closedAccountDays: number; logDays: number };
  /** Seals secrets of second factors; unset: a file in the data folder holds one. */
  secretKey: string | undefined;
  /** The provider of single sign-on by OpenID Connect; null: none. Without a secret the client is a public one. */
  oidc: { issuer: string; clientId: string; clientSecret: string | undefined; label: { fr: string; en: string } } | null;
  /** File of word vectors; unset: search learns from the texts that it indexes. */
  searchModel: string | undefined;
  logLevel: string;
}

/** Settings that hold a secret: each may be given as NAME_FILE instead, the path of a file that holds it. */
const SECRETS = ['DATABASE_URL', 'REDIS_URL', 'SMTP_URL', 'SECRET_KEY', 'OIDC_CLIENT_SECRET'] as const;

/** The settings with secrets read from their files. @throws Error in words that never quote a secret. */
function withSecrets(settings: Record<string, string | undefined>): Record<string, string | undefined> {
  const read = SECRETS.flatMap((name): [string, string][] => {
    const path = settings[`${name}_FILE`];
    if (!path) return [];
    if (settings[name]) throw new Error(`Settings: ${name} and ${name}_FILE are both given; keep one of them`);
    return [[name, secretIn(path, `${name}_FILE`)]];
  });
  return { ...settings, ...Object.fromEntries(read) };
}

function secretIn(path: string, setting: string): string {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new Error(`Settings: ${setting}: ${path} can't be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`, { cause: error });
  }
  // Editors end a file with a line break, which is no part of the secret.
  const secret = text.replace(/\r?\n$/, '');
  if (secret === '' || /[\r\n]/.test(secret)) throw new Error(`Settings: ${setting}: ${path} must hold the secret alone, on one line`);
  return secret;
}

/** @throws Error naming the setting that is wrong or refused in production. */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const filled = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
  const parsed = Settings.safeParse(withSecrets(filled));
  if (!parsed.success) throw new Error(`Settings: ${parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ')}`);
  const settings = parsed.data;
  const production = settings.NODE_ENV === 'production';
  if (production && settings.RATE_LIMITS === 'off') throw new Error('Settings: RATE_LIMITS=off is refused when NODE_ENV=production');
  const publicUrl = (settings.PUBLIC_URL ?? `http://${settings.HOST}:${settings.PORT}`).replace(/\/$/, '');
  return {
    production,
    port: settings.PORT,
    host: settings.HOST,
    dataDir: settings.DATA_DIR,
    databaseUrl: settings.DATABASE_URL,
    smtpUrl: settings.SMTP_URL,
    mailFrom: settings.MAIL_FROM ?? `Passerelle <ne-pas-repondre@${new URL(publicUrl).hostname}>`,
    publicUrl,
    securityContact: settings.SECURITY_CONTACT,
    demo: settings.DEMO ?? (!production && settings.DATABASE_URL === undefined),
    rateLimits: settings.RATE_LIMITS === 'on',
    maxUploadBytes: Math.round(settings.MAX_UPLOAD_MB * 1024 * 1024),
    eventRetentionDays: settings.EVENT_RETENTION_DAYS,
    retention: { letterDays: settings.RETENTION_LETTERS_DAYS, closedAccountDays: settings.RETENTION_ACCOUNT_DAYS, logDays: settings.RETENTION_LOG_DAYS },
    secretKey: settings.SECRET_KEY,
    oidc: oidcOf(settings),
    searchModel: settings.SEARCH_MODEL,
    logLevel: settings.LOG_LEVEL,
  };
}

function oidcOf({ OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret, OIDC_LABEL_FR: fr, OIDC_LABEL_EN: en }: z.infer<typeof Settings>): Env['oidc'] {
  if (issuer === undefined && clientId === undefined) return null;
  if (issuer === undefined || clientId === undefined) throw new Error('Settings: OIDC_ISSUER and OIDC_CLIENT_ID are given together');
  return { issuer, clientId, clientSecret, label: { fr, en } };
}

/** Injection token of the parsed settings. */
export const ENV = Symbol('ENV');
