import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Private letters between a member and a city. */
export class Relay1764300000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(relay);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE relay_message, relay;');
  }
}

const relay = `
  CREATE TABLE relay (
    id uuid PRIMARY KEY, organisation_id uuid NOT NULL REFERENCES organisation,
    -- What it is about, with the title of the day; without one the letter is to the city as such.
    practice_id uuid REFERENCES practice ON DELETE SET NULL, practice_title text,
    asker_person_id uuid NOT NULL REFERENCES person, asker_organisation_id uuid NOT NULL REFERENCES organisation, asker_name text NOT NULL, asker_function text NOT NULL,
    last_position integer NOT NULL DEFAULT 1 CHECK (last_position >= 1), last_at timestamptz NOT NULL DEFAULT now(),
    -- The last letter that each side has read.
    asker_read integer NOT NULL DEFAULT 0, city_read integer NOT NULL DEFAULT 0,
    request_hash bytea NOT NULL, created_at timestamptz NOT NULL DEFAULT now(),
    CHECK (asker_organisation_id <> organisation_id), CHECK (asker_read BETWEEN 0 AND last_position), CHECK (city_read BETWEEN 0 AND last_position));
  CREATE INDEX relay_asker ON relay (asker_person_id, created_at);
  CREATE INDEX relay_organisation ON relay (organisation_id, last_at);
  CREATE TABLE relay_message (
    id uuid PRIMARY KEY, relay_id uuid NOT NULL REFERENCES relay ON DELETE CASCADE, position integer NOT NULL CHECK (position >= 1), side text NOT NULL CHECK (side IN ('asker','city')),
    body text NOT NULL CHECK (length(body) BETWEEN 1 AND 4000),
    author_person_id uuid NOT NULL REFERENCES person, author_organisation_id uuid NOT NULL REFERENCES organisation, author_name text NOT NULL, author_function text NOT NULL,
    request_hash bytea NOT NULL, created_at timestamptz NOT NULL DEFAULT now(), UNIQUE (relay_id, position));`;
