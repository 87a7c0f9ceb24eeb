import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The index moves from the database into the server; saved searches, and what was looked for in vain. */
export class LiveSearch1764500000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      DROP TABLE search_entry, search_progress;
      ALTER TABLE event DROP CONSTRAINT event_audience_check, ADD CONSTRAINT event_audience_check CHECK (audience IN ('thread','space','account','members','none'));
      CREATE TABLE saved_search (
        id uuid PRIMARY KEY, account_id uuid NOT NULL REFERENCES account ON DELETE CASCADE, q text NOT NULL CHECK (length(q) BETWEEN 1 AND 2000),
        created_at timestamptz NOT NULL DEFAULT now(), seen_at timestamptz NOT NULL DEFAULT now(), UNIQUE (account_id, q));
      -- By day and without who asked.
      CREATE TABLE empty_search (
        words text NOT NULL CHECK (length(words) <= 100), day date NOT NULL, count integer NOT NULL DEFAULT 1, PRIMARY KEY (words, day));`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      DROP TABLE saved_search, empty_search;
      DELETE FROM event WHERE audience = 'none';
      ALTER TABLE event DROP CONSTRAINT event_audience_check, ADD CONSTRAINT event_audience_check CHECK (audience IN ('thread','space','account','members'));
      CREATE TABLE search_entry (
        kind text NOT NULL CHECK (kind IN ('practice','thread','post','city')), id text NOT NULL,
        ref text, title text NOT NULL, body text NOT NULL, url text NOT NULL, language text NOT NULL, theme_id text, country text, year smallint,
        place text, at timestamptz, thread_id uuid, folded_title text NOT NULL, words tsvector NOT NULL, PRIMARY KEY (kind, id));
      CREATE INDEX search_entry_words ON search_entry USING gin (words);
      CREATE INDEX search_entry_title ON search_entry USING gin (folded_title gin_trgm_ops) WHERE folded_title <> '';
      CREATE TABLE search_progress (id smallint PRIMARY KEY CHECK (id = 1), cursor bigint NOT NULL);`);
  }
}
