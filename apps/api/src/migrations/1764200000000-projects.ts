import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Projects of cities with their journal, needs and offers, and the introductions between two cities. */
export class Projects1764200000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const part of [projects, journal, needs, introductions]) await queryRunner.query(part);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      DROP TABLE introduction_message, introduction, offer, need;
      ALTER TABLE thread DROP COLUMN project_id;
      ALTER TABLE attachment DROP COLUMN project_id;
      DROP TABLE project_follow, project_update, project_transition, project_city, project;`);
  }
}

const projects = `
  CREATE TABLE project (
    id uuid PRIMARY KEY, ref text NOT NULL UNIQUE CHECK (ref ~ '^[a-z0-9-]{1,60}$'),
    organisation_id uuid NOT NULL REFERENCES organisation,
    stage text NOT NULL DEFAULT 'idea' CHECK (stage IN ('idea','preparation','funded','running','finished','stopped')),
    stage_before text CHECK (stage_before IN ('idea','preparation','funded','running')), stage_at timestamptz NOT NULL DEFAULT now(),
    content jsonb NOT NULL,
    -- Drawn from the content, for lists and filters.
    title text NOT NULL CHECK (length(title) BETWEEN 1 AND 300), language text NOT NULL CHECK (language IN ('fr','en')), theme_id text NOT NULL REFERENCES theme, concepts text[] NOT NULL, sought text[] NOT NULL DEFAULT '{}',
    starts text, ends text, budget double precision NOT NULL DEFAULT 0, currency text, cities_share integer, milestones_done smallint NOT NULL DEFAULT 0, milestones_total smallint NOT NULL DEFAULT 0,
    owner_person_id uuid NOT NULL REFERENCES person, owner_name text NOT NULL, owner_function text NOT NULL, request_hash bytea NOT NULL,
    version integer NOT NULL DEFAULT 1, created_at timestamptz NOT NULL DEFAULT now(), updated_at timestamptz NOT NULL DEFAULT now(),
    CHECK ((stage = 'stopped') = (stage_before IS NOT NULL)));
  CREATE INDEX project_recent ON project (updated_at DESC);
  CREATE INDEX project_organisation ON project (organisation_id);
  -- The cities that have joined; the lead stands in project. Who left stays with the day.
  CREATE TABLE project_city (
    id uuid PRIMARY KEY, project_id uuid NOT NULL REFERENCES project ON DELETE CASCADE, organisation_id uuid NOT NULL REFERENCES organisation,
    joined_at timestamptz NOT NULL DEFAULT now(), joined_by uuid NOT NULL REFERENCES person, joined_function text NOT NULL, left_at timestamptz, left_by uuid REFERENCES person);
  CREATE UNIQUE INDEX project_city_current ON project_city (project_id, organisation_id) WHERE left_at IS NULL;
  CREATE INDEX project_city_organisation ON project_city (organisation_id) WHERE left_at IS NULL;
  CREATE TABLE project_transition (
    id uuid PRIMARY KEY, project_id uuid NOT NULL REFERENCES project ON DELETE CASCADE, action text NOT NULL, from_stage text NOT NULL, to_stage text NOT NULL,
    actor_person_id uuid NOT NULL REFERENCES person, actor_name text NOT NULL, actor_function text NOT NULL, reason text NOT NULL DEFAULT '', at timestamptz NOT NULL DEFAULT now());
  CREATE INDEX project_transition_project ON project_transition (project_id, at);
  ALTER TABLE thread ADD COLUMN project_id uuid REFERENCES project;
  CREATE UNIQUE INDEX thread_project ON thread (project_id) WHERE project_id IS NOT NULL;
  ALTER TABLE attachment ADD COLUMN project_id uuid REFERENCES project ON DELETE CASCADE;
  CREATE INDEX attachment_project ON attachment (project_id) WHERE project_id IS NOT NULL;`;

const journal = `
  CREATE TABLE project_update (
    id uuid PRIMARY KEY, project_id uuid NOT NULL REFERENCES project ON DELETE CASCADE, body text NOT NULL, html text NOT NULL, language text NOT NULL CHECK (language IN ('fr','en')),
    author_person_id uuid NOT NULL REFERENCES person, author_organisation_id uuid NOT NULL REFERENCES organisation, author_name text NOT NULL, author_function text NOT NULL,
    request_hash bytea NOT NULL, at timestamptz NOT NULL DEFAULT now(), removed_at timestamptz, removed_by uuid REFERENCES person);
  CREATE INDEX project_update_project ON project_update (project_id, at DESC, id DESC);
  -- Only what somebody has chosen; without a row the people of the project's cities follow and others do not.
  CREATE TABLE project_follow (
    project_id uuid NOT NULL REFERENCES project ON DELETE CASCADE, account_id uuid NOT NULL REFERENCES account ON DELETE CASCADE, following boolean NOT NULL, at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (project_id, account_id));`;

// last_action {action, person}: a repeat of it is answered as done.
const owned = `
    language text NOT NULL CHECK (language IN ('fr','en')), content jsonb NOT NULL, last_action jsonb,
    owner_person_id uuid NOT NULL REFERENCES person, owner_name text NOT NULL, owner_function text NOT NULL, request_hash bytea NOT NULL,
    version integer NOT NULL DEFAULT 1, created_at timestamptz NOT NULL DEFAULT now(), updated_at timestamptz NOT NULL DEFAULT now()`;

const needs = `
  CREATE TABLE need (
    id uuid PRIMARY KEY, organisation_id uuid NOT NULL REFERENCES organisation, project_id uuid REFERENCES project ON DELETE SET NULL,
    state text NOT NULL DEFAULT 'draft' CHECK (state IN ('draft','published','in-contact','met','closed')), published_at timestamptz, visibility text NOT NULL CHECK (visibility IN ('members','discreet')),
    title text NOT NULL CHECK (length(title) <= 300), concept_id text REFERENCES concept, wanted text[] NOT NULL DEFAULT '{}', ${owned},
    CHECK (state <> 'published' OR published_at IS NOT NULL));
  CREATE INDEX need_organisation ON need (organisation_id);
  CREATE INDEX need_project ON need (project_id) WHERE project_id IS NOT NULL;
  CREATE TABLE offer (
    id uuid PRIMARY KEY, organisation_id uuid NOT NULL REFERENCES organisation, state text NOT NULL DEFAULT 'active' CHECK (state IN ('active','suspended','archived')),
    title text NOT NULL CHECK (length(title) BETWEEN 1 AND 300), concepts text[] NOT NULL, forms text[] NOT NULL, ${owned});
  CREATE INDEX offer_organisation ON offer (organisation_id);
  CREATE INDEX offer_concepts ON offer USING gin (concepts) WHERE state = 'active';`;

const introductions = `
  CREATE TABLE introduction (
    id uuid PRIMARY KEY, need_id uuid NOT NULL REFERENCES need ON DELETE CASCADE, helper_organisation_id uuid NOT NULL REFERENCES organisation, offer_id uuid REFERENCES offer ON DELETE SET NULL,
    state text NOT NULL CHECK (state IN ('proposed','accepted-by-a','accepted','under-way','concluded','declined')),
    helper_willing boolean NOT NULL, helper_knows boolean NOT NULL,
    -- Read only by the side that declined and by moderation.
    declined_by text CHECK (declined_by IN ('asker','helper','moderator')), declined_reason text NOT NULL DEFAULT '',
    message text NOT NULL DEFAULT '', score smallint NOT NULL, reasons jsonb NOT NULL, last_action jsonb,
    proposer_person_id uuid NOT NULL REFERENCES person, proposer_organisation_id uuid NOT NULL REFERENCES organisation, proposer_function text NOT NULL, request_hash bytea NOT NULL,
    version integer NOT NULL DEFAULT 1, created_at timestamptz NOT NULL DEFAULT now(), updated_at timestamptz NOT NULL DEFAULT now(),
    CHECK ((state = 'declined') = (declined_by IS NOT NULL)), CHECK (helper_knows OR state IN ('proposed','declined')));
  CREATE INDEX introduction_need ON introduction (need_id);
  CREATE INDEX introduction_helper ON introduction (helper_organisation_id);
  CREATE TABLE introduction_message (
    id uuid PRIMARY KEY, introduction_id uuid NOT NULL REFERENCES introduction ON DELETE CASCADE, body text NOT NULL, html text NOT NULL,
    author_person_id uuid NOT NULL REFERENCES person, author_organisation_id uuid NOT NULL REFERENCES organisation, author_name text NOT NULL, author_function text NOT NULL,
    request_hash bytea NOT NULL, at timestamptz NOT NULL DEFAULT now());
  CREATE INDEX introduction_message_introduction ON introduction_message (introduction_id, at);`;
