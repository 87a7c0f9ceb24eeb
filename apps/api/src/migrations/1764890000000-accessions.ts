import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Candidatures of cities and associations: documents, the opinion of the capital, decisions; and which city is the capital of its State. */
export class Accessions1764890000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE organisation ADD COLUMN capital boolean NOT NULL DEFAULT false;
      CREATE UNIQUE INDEX organisation_capital ON organisation (country) WHERE capital;
      CREATE TABLE accession (
        id uuid PRIMARY KEY, organisation_id uuid NOT NULL REFERENCES organisation, sought text NOT NULL CHECK (sought IN ('member','associate')),
        instrument text NOT NULL CHECK (instrument IN ('deliberation','bureau-decision','supervision-opinion')),
        state text NOT NULL DEFAULT 'open' CHECK (state IN ('open','deferred','accepted','refused')),
        opened_by uuid NOT NULL REFERENCES person, opened_at timestamptz NOT NULL DEFAULT now(), request_hash bytea NOT NULL, version integer NOT NULL DEFAULT 1,
        opinion_asked_at timestamptz, opinion text CHECK (opinion IN ('favourable','reserved','unfavourable')), opinion_words text NOT NULL DEFAULT '' CHECK (length(opinion_words) <= 4000),
        opinion_person_id uuid REFERENCES person, opinion_by text NOT NULL DEFAULT '', opinion_on date, opinion_by_letter boolean NOT NULL DEFAULT false,
        CHECK ((opinion IS NULL) = (opinion_on IS NULL)));
      CREATE UNIQUE INDEX accession_waiting ON accession (organisation_id) WHERE state IN ('open','deferred');
      CREATE INDEX accession_organisation ON accession (organisation_id, opened_at DESC);
      CREATE TABLE accession_document (
        id uuid PRIMARY KEY, accession_id uuid NOT NULL REFERENCES accession ON DELETE CASCADE, position smallint NOT NULL,
        kind text NOT NULL CHECK (kind IN ('letter','deliberation','bureau-decision','supervision-opinion','dossier','entry-fee','first-fee')),
        state text NOT NULL DEFAULT 'awaited' CHECK (state IN ('awaited','received','accepted')),
        moved_by uuid REFERENCES person, moved_function text NOT NULL DEFAULT '', moved_at timestamptz, UNIQUE (accession_id, kind));
      CREATE TABLE accession_decision (
        id uuid PRIMARY KEY, accession_id uuid NOT NULL REFERENCES accession ON DELETE CASCADE, outcome text NOT NULL CHECK (outcome IN ('accepted','refused','deferred')),
        body text NOT NULL CHECK (body IN ('assembly','bureau')), session text NOT NULL CHECK (length(session) BETWEEN 2 AND 200), decided_on date NOT NULL,
        words text NOT NULL CHECK (length(words) BETWEEN 1 AND 4000), recorded_by uuid NOT NULL REFERENCES person, recorded_at timestamptz NOT NULL DEFAULT now(), request_hash bytea NOT NULL);
      CREATE INDEX accession_decision_accession ON accession_decision (accession_id, recorded_at);
      CREATE UNIQUE INDEX accession_decided ON accession_decision (accession_id) WHERE outcome <> 'deferred';
      ALTER TABLE attachment ADD COLUMN accession_document_id uuid REFERENCES accession_document ON DELETE CASCADE;
      CREATE INDEX attachment_accession_document ON attachment (accession_document_id) WHERE accession_document_id IS NOT NULL;`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE attachment DROP COLUMN accession_document_id;
      DROP TABLE accession_decision, accession_document, accession;
      ALTER TABLE organisation DROP COLUMN capital`);
  }
}
