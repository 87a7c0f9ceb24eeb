import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What moderation looks for in messages: words, links and pace, in one space or in all. */
export class WatchRules1764830000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE watch_rule (
        id uuid PRIMARY KEY, space_id uuid REFERENCES space ON DELETE CASCADE, name text NOT NULL CHECK (length(name) BETWEEN 3 AND 80), action text NOT NULL CHECK (action IN ('hold','queue','ask')),
        definition jsonb NOT NULL CHECK (definition ->> 'kind' IN ('words','links','rate')), active boolean NOT NULL DEFAULT false, version integer NOT NULL DEFAULT 1, request_hash bytea NOT NULL,
        -- On past messages, with the definition as it is now.
        tried_at timestamptz, tried_scanned integer, tried_caught integer, CHECK ((tried_at IS NULL) = (tried_scanned IS NULL) AND (tried_at IS NULL) = (tried_caught IS NULL)),
        -- What was never tried holds nobody up.
        CHECK (NOT active OR tried_at IS NOT NULL),
        created_by uuid NOT NULL REFERENCES person, created_at timestamptz NOT NULL DEFAULT now(), updated_by uuid NOT NULL REFERENCES person, updated_function text NOT NULL, updated_at timestamptz NOT NULL DEFAULT now());
      CREATE INDEX watch_rule_space ON watch_rule (space_id);`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE watch_rule');
  }
}
