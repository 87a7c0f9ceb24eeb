import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A second factor by a code that changes with time, recovery codes, and the time at which a session last showed who acts. */
export class TwoFactors1764750000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE session ADD COLUMN authenticated_at timestamptz NOT NULL DEFAULT now();
      CREATE TABLE totp (
        account_id uuid PRIMARY KEY REFERENCES account ON DELETE CASCADE,
        secret bytea NOT NULL,
        confirmed_at timestamptz,
        last_step bigint NOT NULL DEFAULT 0);
      CREATE TABLE recovery_code (
        account_id uuid NOT NULL REFERENCES account ON DELETE CASCADE,
        code_hash bytea NOT NULL,
        PRIMARY KEY (account_id, code_hash));
      CREATE TABLE sign_in_challenge (
        token_hash bytea PRIMARY KEY,
        account_id uuid NOT NULL REFERENCES account ON DELETE CASCADE,
        shared_device boolean NOT NULL,
        tries smallint NOT NULL DEFAULT 0,
        expires_at timestamptz NOT NULL);
      CREATE INDEX sign_in_challenge_account ON sign_in_challenge (account_id);`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE sign_in_challenge, recovery_code, totp; ALTER TABLE session DROP COLUMN authenticated_at');
  }
}
