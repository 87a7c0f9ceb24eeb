import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Mandates that are suspended and reinstated, and what passes from one holder to the next. */
export class MandateLife1764800000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE mandate ADD COLUMN version integer NOT NULL DEFAULT 1;
      CREATE TABLE mandate_suspension (
        id uuid PRIMARY KEY, mandate_id uuid NOT NULL REFERENCES mandate ON DELETE CASCADE, valid_from date NOT NULL, valid_to date, reason text NOT NULL CHECK (length(reason) BETWEEN 1 AND 1000),
        CHECK (valid_to IS NULL OR valid_to >= valid_from - 1));
      CREATE INDEX mandate_suspension_mandate ON mandate_suspension (mandate_id);
      CREATE UNIQUE INDEX mandate_suspension_open ON mandate_suspension (mandate_id) WHERE valid_to IS NULL;
      CREATE TABLE hand_over (
        id uuid PRIMARY KEY, from_mandate_id uuid NOT NULL UNIQUE REFERENCES mandate ON DELETE CASCADE, to_mandate_id uuid NOT NULL REFERENCES mandate ON DELETE CASCADE,
        note text NOT NULL DEFAULT '' CHECK (length(note) <= 4000), opened_at timestamptz NOT NULL DEFAULT now(), taken_at timestamptz, version integer NOT NULL DEFAULT 1,
        CHECK (from_mandate_id <> to_mandate_id));
      CREATE INDEX hand_over_to ON hand_over (to_mandate_id);`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE hand_over, mandate_suspension; ALTER TABLE mandate DROP COLUMN version');
  }
}
