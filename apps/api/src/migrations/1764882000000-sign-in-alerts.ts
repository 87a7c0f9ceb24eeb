import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Browsers from which an account was signed in to before, and the links by which somebody says that a sign-in was not theirs. */
export class SignInAlerts1764882000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE known_device (
        account_id uuid NOT NULL REFERENCES account ON DELETE CASCADE,
        token_hash bytea NOT NULL,
        device text NOT NULL,
        first_seen_at timestamptz NOT NULL DEFAULT now(),
        last_seen_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (account_id, token_hash));
      CREATE TABLE sign_in_alert (
        token_hash bytea PRIMARY KEY,
        account_id uuid NOT NULL REFERENCES account ON DELETE CASCADE,
        device text NOT NULL,
        signed_in_at timestamptz NOT NULL DEFAULT now(),
        expires_at timestamptz NOT NULL);
      CREATE INDEX sign_in_alert_account ON sign_in_alert (account_id);`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE sign_in_alert, known_device');
  }
}
