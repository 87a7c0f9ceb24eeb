/** The account has a second factor: an authenticator that was confirmed, or a passkey. SQL, a boolean; `account` is the place of an id. */
export const hasFactor = (account: string) =>
  `(EXISTS (SELECT 1 FROM totp f WHERE f.account_id = ${account} AND f.confirmed_at IS NOT NULL) OR EXISTS (SELECT 1 FROM passkey f WHERE f.account_id = ${account}))`;
