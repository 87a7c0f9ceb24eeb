import type { RecoveryCodesView } from '@passerelle/contract';
import { Secret } from 'otpauth';
import { hashToken, type Sql } from '../platform/index.js';

const CODES = 10;

/** Makes ten new codes, each of which stands once for the second factor; those of before are void. They have 80 random bits each: a plain hash of them can't be searched. */
export async function renewCodes(tx: Sql, accountId: string): Promise<RecoveryCodesView> {
  const codes = Array.from({ length: CODES }, () => new Secret({ size: 10 }).base32);
  await tx.run('DELETE FROM recovery_code WHERE account_id = $1', [accountId]);
  await tx.run('INSERT INTO recovery_code (account_id, code_hash) SELECT $1, unnest($2::bytea[])', [accountId, codes.map(hashToken)]);
  return { codes: codes.map((code) => (code.match(/.{4}/g) ?? []).join('-')) };
}

/** Uses one up. @returns whether it was one of the account's. */
export const useCode = async (sql: Sql, accountId: string, plain: string): Promise<boolean> =>
  (await sql.run('DELETE FROM recovery_code WHERE account_id = $1 AND code_hash = $2', [accountId, hashToken(plain)])) === 1;
