import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Exports of one's own data, and erasures that wait for the end of their grace. */
export class Privacy1764760000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE data_export (
        id uuid PRIMARY KEY, account_id uuid NOT NULL REFERENCES account ON DELETE CASCADE,
        state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting','ready','failed','expired')),
        storage_key text, bytes bigint, tries smallint NOT NULL DEFAULT 0,
        requested_at timestamptz NOT NULL DEFAULT now(), ready_at timestamptz, expires_at timestamptz,
        CHECK (state <> 'ready' OR (storage_key IS NOT NULL AND bytes IS NOT NULL AND expires_at IS NOT NULL)));
      CREATE INDEX data_export_account ON data_export (account_id, requested_at DESC);
      CREATE UNIQUE INDEX data_export_waiting ON data_export (account_id) WHERE state = 'waiting';
      CREATE TABLE erasure (
        id uuid PRIMARY KEY, account_id uuid NOT NULL REFERENCES account ON DELETE CASCADE,
        kind text NOT NULL CHECK (kind IN ('account','content','both')),
        requested_at timestamptz NOT NULL DEFAULT now(), due_at timestamptz NOT NULL, cancelled_at timestamptz, done_at timestamptz);
      CREATE UNIQUE INDEX erasure_waiting ON erasure (account_id) WHERE cancelled_at IS NULL AND done_at IS NULL;
      ALTER TABLE account ADD COLUMN erased_at timestamptz;`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE erasure, data_export; ALTER TABLE account DROP COLUMN erased_at');
  }
}
