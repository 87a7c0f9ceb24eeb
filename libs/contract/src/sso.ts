import { z } from 'zod';
import { Id, Instant } from './common.js';

/** How the button to the provider is called. */
export const SsoLabel = z.object({ fr: z.string(), en: z.string() });
export type SsoLabel = z.infer<typeof SsoLabel>;

/** `vers`: the page to open after the sign-in, `partage`: this device is shared. */
export const SsoStartQuery = z.object({ vers: z.string().max(500).optional(), partage: z.enum(['1']).optional() });
export type SsoStartQuery = z.infer<typeof SsoStartQuery>;

/** An identity at the provider with which this account may be opened. */
export const IdentityView = z.object({ id: Id, issuer: z.string(), email: z.string(), linkedAt: Instant, lastUsedAt: Instant.nullable() }).meta({ id: 'Identity' });
export type IdentityView = z.infer<typeof IdentityView>;
/** `provider`: null where none is set up. */
export const IdentitiesView = z.object({ provider: SsoLabel.nullable(), items: z.array(IdentityView) }).meta({ id: 'Identities' });
export type IdentitiesView = z.infer<typeof IdentitiesView>;
/** Where to send the browser to link an identity. */
export const SsoWayView = z.object({ url: z.string() }).meta({ id: 'SsoWay' });
export type SsoWayView = z.infer<typeof SsoWayView>;
