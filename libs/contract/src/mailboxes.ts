import { z } from 'zod';
import { Instant, Language } from './common.js';

/** Hours for which the link that confirms a mailbox works, once. */
export const MAILBOX_LINK_HOURS = 72;
/** Links that are mailed for one city within a day. */
export const MAILBOX_SENDS_MAX = 5;

/** The mailbox of a city, for those who may set it: the address is shown to nobody else. */
export const MailboxView = z.object({
  organisation: z.object({ slug: z.string(), name: z.string() }),
  mailbox: z.object({ address: z.string(), language: Language, confirmedAt: Instant.nullable(), expiresAt: Instant.nullable(), version: z.number().int() }).nullable(),
}).meta({ id: 'Mailbox' });
export type MailboxView = z.infer<typeof MailboxView>;
/** `version` is 0 where there was none. */
export const MailboxBody = z.object({ address: z.email().max(254).transform((address) => address.toLowerCase()), language: Language, version: z.number().int().min(0) });
export type MailboxBody = z.infer<typeof MailboxBody>;
export const MailboxVersion = z.object({ version: z.coerce.number().int().min(1) });
