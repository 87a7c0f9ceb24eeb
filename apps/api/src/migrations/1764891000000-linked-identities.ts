import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Identities at a provider of OpenID Connect that accounts are linked to, and sign-ins there that have begun. */
export class LinkedIdentities1764891000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE linked_identity (
        id uuid PRIMARY KEY, account_id uuid NOT NULL REFERENCES account ON DELETE CASCADE, issuer text NOT NULL, subject text NOT NULL CHECK (length(subject) BETWEEN 1 AND 255), email text NOT NULL,
        linked_at timestamptz NOT NULL DEFAULT now(), last_used_at timestamptz, UNIQUE (issuer, subject), UNIQUE (account_id, issuer));
      CREATE TABLE oidc_attempt (
        state_hash bytea PRIMARY KEY, browser_hash bytea NOT NULL, sealed bytea NOT NULL, account_id uuid REFERENCES account ON DELETE CASCADE,
        target text NOT NULL, shared_device boolean NOT NULL, expires_at timestamptz NOT NULL);
      CREATE INDEX oidc_attempt_expiry ON oidc_attempt (expires_at);
      CREATE INDEX oidc_attempt_account ON oidc_attempt (account_id) WHERE account_id IS NOT NULL;`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE oidc_attempt, linked_identity');
  }
}
