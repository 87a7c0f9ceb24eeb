import type { MigrationInterface, QueryRunner } from 'typeorm';

/** One mailbox by role for each city: what is written to the city reaches it whoever is in office. */
export class RoleMailboxes1764871000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE role_mailbox (
        organisation_id uuid PRIMARY KEY REFERENCES organisation ON DELETE CASCADE,
        address text NOT NULL CHECK (address = lower(address) AND length(address) BETWEEN 3 AND 254), language text NOT NULL CHECK (language IN ('fr','en')),
        -- It counts once somebody who reads it has pressed the button behind the mailed link.
        confirmed_at timestamptz, token_hash bytea UNIQUE, expires_at timestamptz, CHECK ((confirmed_at IS NULL) = (token_hash IS NOT NULL) AND (token_hash IS NULL) = (expires_at IS NULL)),
        set_by uuid NOT NULL REFERENCES person, set_at timestamptz NOT NULL DEFAULT now(), version integer NOT NULL DEFAULT 1)`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE role_mailbox');
  }
}
