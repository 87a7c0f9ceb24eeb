/** The account has a second factor: an authenticator that was confirmed, or a passkey. SQL, a boolean; `account` is the place of an id. */
export const hasFactor = (account: string) =>
  `(EXISTS (SELECT 1 FROM totp f WHERE f.account_id = ${account} AND f.confirmed_at IS NOT NULL) OR EXISTS (SELECT 1 FROM passkey f WHERE f.account_id = ${account}))`;
/** The day has come from which the role demands a second factor. SQL, a boolean; `role` is its place. */
export const demandsFactor = (role: string) => `EXISTS (SELECT 1 FROM factor_demand d WHERE d.role = ${role} AND d.demanded_from <= current_date)`;
