import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The whole entry of a practice, its life from draft to archive, reviews, approvals, and transfers owned by their city. */
export class PracticeLife1764100000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const part of [entry, life, reviews, reception, transfers, counts]) await queryRunner.query(part);
  }

  /** Entries that are not in the library are lost on the way back: the first version knows no such states. */
  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE attachment DROP COLUMN practice_id;
      DROP TRIGGER transfer_added ON transfer;
      DROP TRIGGER transfer_changed ON transfer;
      DROP TRIGGER transfer_removed ON transfer;
      DROP TRIGGER practice_sort ON practice;
      DROP FUNCTION count_transfers, sort_practice;
      DROP INDEX practice_concepts;
      DROP TABLE practice_folder_entry, practice_folder, practice_useful, practice_review, expertise, practice_transition, practice_revision;
      UPDATE thread SET practice_id = NULL WHERE practice_id IN (SELECT id FROM practice WHERE state NOT IN (${LISTED}));
      DELETE FROM transfer WHERE state NOT IN ('interest','contact','trial','taken-up','taken-up-in-part');
      DELETE FROM practice WHERE state NOT IN (${LISTED});
      ALTER TABLE transfer DROP CONSTRAINT transfer_state_check, DROP COLUMN version, DROP COLUMN content, DROP COLUMN owner_person_id, DROP COLUMN owner_name, DROP COLUMN owner_function,
        DROP COLUMN created_at, DROP COLUMN updated_at, DROP COLUMN taken_up_at, DROP COLUMN asked_months;
      ALTER TABLE transfer ADD CONSTRAINT transfer_state_check CHECK (state IN ('interest','contact','trial','taken-up','taken-up-in-part'));
      ALTER TABLE practice ADD COLUMN cost_note text, ADD COLUMN sdgs smallint[] NOT NULL DEFAULT '{}', ADD COLUMN results text[] NOT NULL DEFAULT '{}', ADD COLUMN partners text[] NOT NULL DEFAULT '{}',
        ADD COLUMN difficulties text;
      UPDATE practice SET cost_note = nullif(content ->> 'costNote', ''), difficulties = nullif(content ->> 'difficulties', ''), cost_range = coalesce(cost_range, 'unknown'),
        sdgs = ARRAY(SELECT jsonb_array_elements_text(content -> 'sdgs')::smallint), results = ARRAY(SELECT r ->> 'indicator' FROM jsonb_array_elements(content -> 'results') r),
        partners = ARRAY(SELECT r ->> 'name' FROM jsonb_array_elements(content -> 'partners') r);
      ALTER TABLE practice DROP CONSTRAINT practice_state_check;
      UPDATE practice SET state = 'published';
      ALTER TABLE practice ADD CONSTRAINT practice_state_check CHECK (state IN ('draft','published')), ALTER COLUMN cost_range SET NOT NULL, ALTER COLUMN theme_id SET NOT NULL,
        DROP CONSTRAINT practice_title_check, ADD CONSTRAINT practice_title_check CHECK (length(title) BETWEEN 1 AND 300),
        DROP COLUMN content, DROP COLUMN state_before, DROP COLUMN consent, DROP COLUMN validated, DROP COLUMN owner_person_id, DROP COLUMN prepared_by, DROP COLUMN approved_by, DROP COLUMN approval_asked_at,
        DROP COLUMN request_hash, DROP COLUMN state_at, DROP COLUMN due_at, DROP COLUMN reviewer_person_id, DROP COLUMN published_at, DROP COLUMN confirmed_on, DROP COLUMN thread_id,
        DROP COLUMN taken_up_count, DROP COLUMN has_transfers, DROP COLUMN sort_title;`);
  }
}

const LISTED = `'published','public','in-expertise','validated','to-confirm'`;

const entry = `
  ALTER TABLE practice ADD COLUMN content jsonb NOT NULL DEFAULT '{}';
  UPDATE practice SET content = jsonb_build_object('title', title, 'language', language, 'theme', theme_id, 'concepts', to_jsonb(concepts), 'start', year_start::text, 'end', year_end::text, 'summary', summary,
    'costRange', cost_range, 'costNote', coalesce(cost_note, ''), 'difficulties', coalesce(difficulties, ''), 'sdgs', to_jsonb(sdgs),
    'results', coalesce((SELECT jsonb_agg(jsonb_build_object('indicator', r, 'before', '', 'after', '', 'unit', '', 'source', coalesce(source_url, ''))) FROM unnest(results) r), '[]'),
    'partners', coalesce((SELECT jsonb_agg(jsonb_build_object('name', r, 'kind', '', 'support', '[]'::jsonb)) FROM unnest(partners) r), '[]'));
  ALTER TABLE practice DROP COLUMN cost_note, DROP COLUMN sdgs, DROP COLUMN results, DROP COLUMN partners, DROP COLUMN difficulties,
    ALTER COLUMN theme_id DROP NOT NULL, ALTER COLUMN cost_range DROP NOT NULL, DROP CONSTRAINT practice_title_check, ADD CONSTRAINT practice_title_check CHECK (length(title) <= 300);`;

const life = `
  ALTER TABLE practice DROP CONSTRAINT practice_state_check;
  ALTER TABLE practice
    ADD CONSTRAINT practice_state_check CHECK (state IN ('draft','submitted','in-review','to-complete','published','public','in-expertise','validated','to-confirm','archived','withdrawn','refused')),
    ADD COLUMN state_before text CHECK (state_before IN ('published','public','validated')),
    -- Who of the city has agreed to publication for everybody: {person, name, function, at}. Kept until it is taken back.
    ADD COLUMN consent jsonb, ADD COLUMN validated boolean NOT NULL DEFAULT false,
    ADD COLUMN owner_person_id uuid REFERENCES person, ADD COLUMN prepared_by jsonb, ADD COLUMN approved_by jsonb, ADD COLUMN approval_asked_at timestamptz,
    ADD COLUMN request_hash bytea, ADD COLUMN state_at timestamptz NOT NULL DEFAULT now(), ADD COLUMN due_at timestamptz, ADD COLUMN reviewer_person_id uuid REFERENCES person,
    ADD COLUMN published_at timestamptz, ADD COLUMN confirmed_on timestamptz, ADD COLUMN thread_id uuid REFERENCES thread;
  ALTER TABLE practice ADD CONSTRAINT practice_public CHECK (state <> 'public' OR consent IS NOT NULL OR source_url IS NOT NULL);
  UPDATE practice SET state = 'public', published_at = created_at, confirmed_on = updated_at WHERE state = 'published' AND source_url IS NOT NULL;
  CREATE INDEX practice_state ON practice (state, state_at);
  CREATE TABLE practice_revision (
    practice_id uuid NOT NULL REFERENCES practice ON DELETE CASCADE, version integer NOT NULL, content jsonb NOT NULL,
    author_name text NOT NULL, author_function text NOT NULL, organisation_id uuid NOT NULL REFERENCES organisation, at timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (practice_id, version));
  CREATE TABLE practice_transition (
    id uuid PRIMARY KEY, practice_id uuid NOT NULL REFERENCES practice ON DELETE CASCADE, action text NOT NULL, from_state text NOT NULL, to_state text NOT NULL,
    actor_person_id uuid REFERENCES person, actor_name text NOT NULL, actor_function text NOT NULL, reason_code text, reason text NOT NULL DEFAULT '', at timestamptz NOT NULL DEFAULT now());
  CREATE INDEX practice_transition_practice ON practice_transition (practice_id, at);`;

const reviews = `
  CREATE TABLE expertise (
    person_id uuid NOT NULL REFERENCES person ON DELETE CASCADE, theme_id text NOT NULL REFERENCES theme, PRIMARY KEY (person_id, theme_id));
  CREATE TABLE practice_review (
    id uuid PRIMARY KEY, practice_id uuid NOT NULL REFERENCES practice ON DELETE CASCADE, person_id uuid NOT NULL REFERENCES person,
    assigned_at timestamptz NOT NULL DEFAULT now(), due_at timestamptz NOT NULL, given_at timestamptz, ended_at timestamptz,
    grid jsonb, advice text NOT NULL DEFAULT '', CHECK ((given_at IS NULL) = (grid IS NULL)));
  CREATE UNIQUE INDEX practice_review_open ON practice_review (practice_id, person_id) WHERE ended_at IS NULL;
  CREATE INDEX practice_review_person ON practice_review (person_id) WHERE ended_at IS NULL;`;

const reception = `
  ALTER TABLE attachment ADD COLUMN practice_id uuid REFERENCES practice ON DELETE CASCADE;
  CREATE INDEX attachment_practice ON attachment (practice_id) WHERE practice_id IS NOT NULL;
  CREATE TABLE practice_useful (
    practice_id uuid NOT NULL REFERENCES practice ON DELETE CASCADE, person_id uuid NOT NULL REFERENCES person, organisation_id uuid NOT NULL REFERENCES organisation,
    function text NOT NULL, at timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (practice_id, person_id));
  CREATE TABLE practice_folder (
    id uuid PRIMARY KEY, account_id uuid NOT NULL REFERENCES account ON DELETE CASCADE, name text NOT NULL CHECK (length(name) BETWEEN 1 AND 80), created_at timestamptz NOT NULL DEFAULT now());
  CREATE INDEX practice_folder_account ON practice_folder (account_id);
  CREATE TABLE practice_folder_entry (
    folder_id uuid NOT NULL REFERENCES practice_folder ON DELETE CASCADE, practice_id uuid NOT NULL REFERENCES practice ON DELETE CASCADE, at timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (folder_id, practice_id));`;

const transfers = `
  ALTER TABLE transfer DROP CONSTRAINT transfer_state_check;
  ALTER TABLE transfer ADD CONSTRAINT transfer_state_check CHECK (state IN ('interest','contact','understanding','adapting','trial','taken-up','taken-up-in-part','abandoned')),
    ADD COLUMN version integer NOT NULL DEFAULT 1, ADD COLUMN content jsonb NOT NULL DEFAULT '{}', ADD COLUMN owner_person_id uuid REFERENCES person, ADD COLUMN owner_name text, ADD COLUMN owner_function text,
    ADD COLUMN created_at timestamptz NOT NULL DEFAULT now(), ADD COLUMN updated_at timestamptz NOT NULL DEFAULT now(), ADD COLUMN taken_up_at timestamptz,
    -- Months after the start at which the city was already asked how it goes.
    ADD COLUMN asked_months smallint[] NOT NULL DEFAULT '{}';
  -- A city records its own once.
  CREATE UNIQUE INDEX transfer_of_city ON transfer (practice_id, to_organisation_id) WHERE owner_person_id IS NOT NULL AND state <> 'abandoned';`;

// Every list sorts and counts by these: reckoned when a transfer changes, whoever writes it, and not for each reader.
// Only another city that has really taken the practice up counts, not interest, nor a city's own report.
const counts = `
  ALTER TABLE practice ADD COLUMN taken_up_count integer NOT NULL DEFAULT 0, ADD COLUMN has_transfers boolean NOT NULL DEFAULT false, ADD COLUMN sort_title text NOT NULL DEFAULT '';
  CREATE FUNCTION count_transfers() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    UPDATE practice p SET has_transfers = EXISTS (SELECT 1 FROM transfer x WHERE x.practice_id = p.id AND x.state <> 'abandoned'),
      taken_up_count = (SELECT count(*) FROM transfer x WHERE x.practice_id = p.id AND x.state IN ('taken-up', 'taken-up-in-part') AND x.to_organisation_id IS DISTINCT FROM p.organisation_id)
    WHERE p.id IN (SELECT practice_id FROM changed);
    RETURN NULL;
  END $$;
  CREATE FUNCTION sort_practice() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    NEW.sort_title := unaccent(lower(NEW.title));
    RETURN NEW;
  END $$;
  CREATE TRIGGER practice_sort BEFORE INSERT OR UPDATE OF title ON practice FOR EACH ROW EXECUTE FUNCTION sort_practice();
  CREATE TRIGGER transfer_added AFTER INSERT ON transfer REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION count_transfers();
  CREATE TRIGGER transfer_changed AFTER UPDATE ON transfer REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION count_transfers();
  CREATE TRIGGER transfer_removed AFTER DELETE ON transfer REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION count_transfers();
  UPDATE practice SET title = title;
  UPDATE transfer SET note = note;
  CREATE INDEX practice_concepts ON practice USING gin (concepts);`;
