import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Counts cities and not records, also when two are recorded at once; keeps beside the entry whether its place is hidden. */
export class PracticeCounts1764600000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(counts);
    await queryRunner.query(`ALTER TABLE practice ADD COLUMN location_hidden boolean NOT NULL GENERATED ALWAYS AS (content @> '{"locationHidden": true}') STORED`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`ALTER TABLE practice DROP COLUMN location_hidden; ${countsBefore}`);
  }
}

// The lock comes first and by itself: an UPDATE that waits for the row would count with what it saw before it waited. It
// is the weaker one, because each of two inserts holds the practice by its foreign key already.
// A city that records what a public source has told already is one city.
const counts = `
  CREATE OR REPLACE FUNCTION count_transfers() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM 1 FROM practice WHERE id IN (SELECT practice_id FROM changed) ORDER BY id FOR NO KEY UPDATE;
    UPDATE practice p SET has_transfers = EXISTS (SELECT 1 FROM transfer x WHERE x.practice_id = p.id AND x.state <> 'abandoned'),
      taken_up_count = (SELECT count(DISTINCT coalesce(x.to_organisation_id::text, x.to_name)) FROM transfer x
        WHERE x.practice_id = p.id AND x.state IN ('taken-up', 'taken-up-in-part') AND x.to_organisation_id IS DISTINCT FROM p.organisation_id)
    WHERE p.id IN (SELECT practice_id FROM changed);
    RETURN NULL;
  END $$;
  UPDATE transfer SET note = note;`;

const countsBefore = `
  CREATE OR REPLACE FUNCTION count_transfers() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    UPDATE practice p SET has_transfers = EXISTS (SELECT 1 FROM transfer x WHERE x.practice_id = p.id AND x.state <> 'abandoned'),
      taken_up_count = (SELECT count(*) FROM transfer x WHERE x.practice_id = p.id AND x.state IN ('taken-up', 'taken-up-in-part') AND x.to_organisation_id IS DISTINCT FROM p.organisation_id)
    WHERE p.id IN (SELECT practice_id FROM changed);
    RETURN NULL;
  END $$;`;
