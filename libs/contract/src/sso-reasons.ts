/** Why a way over the provider has ended without a session or a link; it comes back in the fragment of the address, `#sso=…`. */
export const SSO_REASONS = [
  'unknown', 'not-linked', 'email-not-verified', 'other-address', 'linked-elsewhere', 'already-linked', 'refused', 'expired', 'invalid', 'unavailable', 'busy', 'signed-out',
] as const;
export type SsoReason = (typeof SSO_REASONS)[number];
