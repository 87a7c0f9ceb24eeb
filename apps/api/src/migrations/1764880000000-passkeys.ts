import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Passkeys, and the challenges that each of their uses answers once. */
export class Passkeys1764880000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE passkey (
        id uuid PRIMARY KEY,
        account_id uuid NOT NULL REFERENCES account ON DELETE CASCADE,
        name text NOT NULL CHECK (name <> ''),
        credential_id text NOT NULL UNIQUE,
        public_key bytea NOT NULL,
        counter bigint NOT NULL,
        transports text[] NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        last_used_at timestamptz);
      CREATE INDEX passkey_account ON passkey (account_id);
      CREATE TABLE passkey_challenge (
        challenge_hash bytea PRIMARY KEY,
        purpose text NOT NULL CHECK (purpose IN ('register', 'sign-in', 'second', 'fresh')),
        account_id uuid REFERENCES account ON DELETE CASCADE CHECK ((account_id IS NULL) = (purpose = 'sign-in')),
        expires_at timestamptz NOT NULL);
      CREATE INDEX passkey_challenge_account ON passkey_challenge (account_id);
      CREATE INDEX passkey_challenge_expiry ON passkey_challenge (expires_at);`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE passkey_challenge, passkey');
  }
}
