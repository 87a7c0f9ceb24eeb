import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Members, accounts, forum, library and the event log: everything the first version stores. */
export class CreatePasserelle1764000000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const part of [extensions, members, accounts, forum, posts, reading, library, eventLog, search]) await queryRunner.query(part);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      DROP TABLE IF EXISTS search_entry, search_progress, event, transfer, practice, concept, theme, report, draft, follow, read_position,
        attachment, reaction, post_mention, post_revision, post, thread_act, thread_summary_version, thread, space_member, space,
        demonstration_load, login_link, session, account, delegation, mandate, person, membership, organisation CASCADE;
      DROP SEQUENCE IF EXISTS event_cursor;
      DROP TEXT SEARCH CONFIGURATION IF EXISTS passerelle_fr;
      DROP TEXT SEARCH CONFIGURATION IF EXISTS passerelle_en;`);
  }
}

const extensions = `
  CREATE EXTENSION IF NOT EXISTS unaccent;
  CREATE EXTENSION IF NOT EXISTS pg_trgm;
  CREATE TEXT SEARCH CONFIGURATION passerelle_fr (COPY = french);
  ALTER TEXT SEARCH CONFIGURATION passerelle_fr ALTER MAPPING FOR hword, hword_part, word, asciiword, asciihword, hword_asciipart WITH unaccent, french_stem;
  CREATE TEXT SEARCH CONFIGURATION passerelle_en (COPY = english);
  ALTER TEXT SEARCH CONFIGURATION passerelle_en ALTER MAPPING FOR hword, hword_part, word, asciiword, asciihword, hword_asciipart WITH unaccent, english_stem;`;

const members = `
  CREATE TABLE organisation (
    id uuid PRIMARY KEY,
    slug text NOT NULL UNIQUE CHECK (slug ~ '^[a-z0-9-]{1,80}$'),
    kind text NOT NULL CHECK (kind IN ('city','association','region','partner')),
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    country text NOT NULL CHECK (country ~ '^[A-Z]{2}$'),
    country_name text NOT NULL,
    latitude double precision CHECK (latitude BETWEEN -90 AND 90),
    longitude double precision CHECK (longitude BETWEEN -180 AND 180),
    population integer CHECK (population >= 0),
    source_url text,
    demonstration boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now());
  CREATE INDEX organisation_country ON organisation (country, name);
  CREATE TABLE membership (
    id uuid PRIMARY KEY,
    organisation_id uuid NOT NULL REFERENCES organisation ON DELETE CASCADE,
    state text NOT NULL CHECK (state IN ('candidate','member','associate','suspended','honorary','former','participant','host','project')),
    valid_from date, valid_to date, note text,
    CHECK (valid_to IS NULL OR valid_from IS NULL OR valid_to >= valid_from));
  CREATE INDEX membership_organisation ON membership (organisation_id);
  CREATE UNIQUE INDEX membership_current ON membership (organisation_id) WHERE valid_to IS NULL;
  CREATE TABLE person (
    id uuid PRIMARY KEY,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
    demonstration boolean NOT NULL DEFAULT false);
  CREATE TABLE mandate (
    id uuid PRIMARY KEY,
    person_id uuid NOT NULL REFERENCES person ON DELETE CASCADE,
    organisation_id uuid NOT NULL REFERENCES organisation,
    function text NOT NULL CHECK (length(function) BETWEEN 1 AND 200),
    valid_from date, valid_to date,
    CHECK (valid_to IS NULL OR valid_from IS NULL OR valid_to >= valid_from));
  CREATE INDEX mandate_person ON mandate (person_id);
  CREATE INDEX mandate_organisation ON mandate (organisation_id);
  CREATE TABLE delegation (
    id uuid PRIMARY KEY,
    from_mandate_id uuid NOT NULL REFERENCES mandate ON DELETE CASCADE,
    to_mandate_id uuid NOT NULL REFERENCES mandate ON DELETE CASCADE,
    scope text NOT NULL CHECK (scope IN ('prepare','act')),
    valid_from date NOT NULL DEFAULT current_date, valid_to date,
    CHECK (from_mandate_id <> to_mandate_id));`;

const accounts = `
  CREATE TABLE account (
    id uuid PRIMARY KEY,
    person_id uuid NOT NULL UNIQUE REFERENCES person,
    email text NOT NULL UNIQUE CHECK (email = lower(email)),
    password_hash text,
    role text NOT NULL CHECK (role IN ('member','moderator','administrator','guest')),
    interface_language text NOT NULL DEFAULT 'fr' CHECK (interface_language IN ('fr','en')),
    languages text[] NOT NULL DEFAULT '{fr}',
    time_zone text NOT NULL DEFAULT 'UTC',
    show_presence boolean NOT NULL DEFAULT true,
    unread_since timestamptz NOT NULL DEFAULT now(),
    previous_visit_at timestamptz, last_visit_at timestamptz,
    disabled_at timestamptz,
    demonstration_order smallint,
    created_at timestamptz NOT NULL DEFAULT now());
  CREATE TABLE session (
    id uuid PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES account ON DELETE CASCADE,
    token_hash bytea NOT NULL UNIQUE,
    device text NOT NULL,
    shared_device boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now(),
    last_seen_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL);
  CREATE INDEX session_account ON session (account_id);
  CREATE TABLE login_link (
    token_hash bytea PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES account ON DELETE CASCADE,
    expires_at timestamptz NOT NULL);
  CREATE TABLE demonstration_load (id smallint PRIMARY KEY CHECK (id = 1), loaded_at timestamptz NOT NULL DEFAULT now());`;

const forum = `
  CREATE TABLE theme (id text PRIMARY KEY, name_fr text NOT NULL, name_en text NOT NULL, position smallint NOT NULL, sdgs smallint[] NOT NULL DEFAULT '{}');
  CREATE TABLE concept (id text PRIMARY KEY, theme_id text NOT NULL REFERENCES theme ON DELETE CASCADE, name_fr text NOT NULL, name_en text NOT NULL, terms jsonb NOT NULL DEFAULT '{}');
  CREATE TABLE space (
    id uuid PRIMARY KEY,
    slug text NOT NULL UNIQUE CHECK (slug ~ '^[a-z0-9-]{1,80}$'),
    access text NOT NULL CHECK (access IN ('open','closed','confidential')),
    name_fr text NOT NULL, name_en text NOT NULL, description_fr text NOT NULL DEFAULT '', description_en text NOT NULL DEFAULT '',
    position smallint NOT NULL DEFAULT 0);
  CREATE TABLE space_member (
    space_id uuid NOT NULL REFERENCES space ON DELETE CASCADE,
    person_id uuid NOT NULL REFERENCES person ON DELETE CASCADE,
    joined_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (space_id, person_id));
  CREATE INDEX space_member_person ON space_member (person_id);
  CREATE TABLE thread (
    id uuid PRIMARY KEY,
    space_id uuid NOT NULL REFERENCES space,
    kind text NOT NULL CHECK (kind IN ('discussion','question','project','practice','announcement')),
    title text NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
    status text NOT NULL DEFAULT 'open' CHECK (status IN ('open','answered','closed')),
    language text NOT NULL CHECK (language IN ('fr','en')),
    theme_id text REFERENCES theme, concepts text[] NOT NULL DEFAULT '{}',
    practice_id uuid,
    author_person_id uuid NOT NULL REFERENCES person,
    author_organisation_id uuid NOT NULL REFERENCES organisation,
    author_name text NOT NULL, author_function text NOT NULL,
    version integer NOT NULL DEFAULT 1,
    last_position integer NOT NULL DEFAULT 0,
    post_count integer NOT NULL DEFAULT 0,
    last_activity_at timestamptz NOT NULL DEFAULT now(),
    pinned_until timestamptz,
    merged_into_id uuid REFERENCES thread,
    summary jsonb, summary_version integer NOT NULL DEFAULT 0, summary_updated_at timestamptz,
    request_hash bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now());
  CREATE INDEX thread_activity ON thread (space_id, last_activity_at DESC, id DESC);
  CREATE INDEX thread_activity_all ON thread (last_activity_at DESC, id DESC);
  CREATE TABLE thread_summary_version (
    thread_id uuid NOT NULL REFERENCES thread ON DELETE CASCADE, version integer NOT NULL, summary jsonb NOT NULL,
    edited_by uuid NOT NULL REFERENCES person, edited_at timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (thread_id, version));
  CREATE TABLE thread_act (
    id uuid PRIMARY KEY, type text NOT NULL CHECK (type IN ('moved','split','merged')),
    thread_id uuid NOT NULL REFERENCES thread ON DELETE CASCADE, target_thread_id uuid REFERENCES thread,
    from_space_id uuid REFERENCES space, to_space_id uuid REFERENCES space,
    detail jsonb NOT NULL DEFAULT '{}', reason text NOT NULL DEFAULT '',
    actor_person_id uuid NOT NULL REFERENCES person, at timestamptz NOT NULL DEFAULT now(), undone_at timestamptz);
  CREATE INDEX thread_act_thread ON thread_act (thread_id, at DESC);`;

const posts = `
  CREATE TABLE post (
    id uuid PRIMARY KEY,
    thread_id uuid NOT NULL REFERENCES thread,
    position integer NOT NULL CHECK (position >= 1),
    state text NOT NULL DEFAULT 'visible' CHECK (state IN ('visible','removed','event')),
    body text NOT NULL, html text NOT NULL,
    language text NOT NULL CHECK (language IN ('fr','en')),
    version integer NOT NULL DEFAULT 1,
    reply_to_id uuid REFERENCES post,
    author_person_id uuid NOT NULL REFERENCES person,
    author_organisation_id uuid NOT NULL REFERENCES organisation,
    author_name text NOT NULL, author_function text NOT NULL,
    reaction_counts smallint[] NOT NULL DEFAULT '{0,0,0,0}',
    attachment_count smallint NOT NULL DEFAULT 0,
    event jsonb,
    removed_by uuid REFERENCES person, removed_at timestamptz,
    request_hash bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(), edited_at timestamptz);
  ALTER TABLE post ADD CONSTRAINT post_position UNIQUE (thread_id, position) DEFERRABLE INITIALLY IMMEDIATE;
  CREATE INDEX post_reply ON post (reply_to_id) WHERE reply_to_id IS NOT NULL;
  CREATE TABLE post_revision (
    post_id uuid NOT NULL REFERENCES post ON DELETE CASCADE, version integer NOT NULL, body text NOT NULL,
    edited_by uuid NOT NULL REFERENCES person, edited_function text NOT NULL, edited_organisation_id uuid NOT NULL REFERENCES organisation,
    edited_at timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (post_id, version));
  CREATE TABLE post_mention (
    post_id uuid NOT NULL REFERENCES post ON DELETE CASCADE, organisation_id uuid NOT NULL REFERENCES organisation, function text NOT NULL DEFAULT '',
    PRIMARY KEY (post_id, organisation_id, function));
  CREATE INDEX post_mention_organisation ON post_mention (organisation_id);
  CREATE TABLE reaction (
    post_id uuid NOT NULL REFERENCES post ON DELETE CASCADE, person_id uuid NOT NULL REFERENCES person ON DELETE CASCADE,
    kind text NOT NULL CHECK (kind IN ('useful','thanks','agree','same-here')), at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (post_id, person_id, kind));
  CREATE TABLE attachment (
    id uuid PRIMARY KEY, owner_account_id uuid NOT NULL REFERENCES account, post_id uuid REFERENCES post ON DELETE CASCADE,
    position smallint NOT NULL DEFAULT 0,
    name text NOT NULL, type text NOT NULL, bytes integer NOT NULL CHECK (bytes > 0), width integer, height integer,
    storage_key text NOT NULL, thumbnail_key text, created_at timestamptz NOT NULL DEFAULT now());
  CREATE INDEX attachment_post ON attachment (post_id);
  CREATE TABLE report (
    id uuid PRIMARY KEY, target_kind text NOT NULL CHECK (target_kind IN ('post','thread','practice')), target_id text NOT NULL,
    reason text NOT NULL, text text NOT NULL, reporter_account_id uuid NOT NULL REFERENCES account, request_hash bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now());`;

const reading = `
  CREATE TABLE read_position (
    account_id uuid NOT NULL REFERENCES account ON DELETE CASCADE, thread_id uuid NOT NULL REFERENCES thread ON DELETE CASCADE,
    position integer NOT NULL, generation integer NOT NULL DEFAULT 0,
    read_at timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (account_id, thread_id));
  CREATE TABLE follow (
    account_id uuid NOT NULL REFERENCES account ON DELETE CASCADE, thread_id uuid NOT NULL REFERENCES thread ON DELETE CASCADE,
    level text NOT NULL CHECK (level IN ('all','needed','none')), PRIMARY KEY (account_id, thread_id));
  CREATE INDEX follow_thread ON follow (thread_id);
  CREATE TABLE draft (
    account_id uuid NOT NULL REFERENCES account ON DELETE CASCADE, key text NOT NULL,
    sequence integer NOT NULL, content jsonb, updated_at timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (account_id, key));`;

const library = `
  CREATE TABLE practice (
    id uuid PRIMARY KEY, ref text NOT NULL UNIQUE CHECK (ref ~ '^[a-z0-9-]{1,60}$'),
    organisation_id uuid REFERENCES organisation, city_name text NOT NULL, country text NOT NULL CHECK (country ~ '^[A-Z]{2}$'),
    title text NOT NULL CHECK (length(title) BETWEEN 1 AND 300), summary text NOT NULL, language text NOT NULL CHECK (language IN ('fr','en')),
    theme_id text NOT NULL REFERENCES theme, concepts text[] NOT NULL DEFAULT '{}',
    year_start smallint, year_end smallint, cost_range text NOT NULL CHECK (cost_range IN ('<50k','50k-250k','250k-1M','1M-5M','>5M','unknown')), cost_note text,
    sdgs smallint[] NOT NULL DEFAULT '{}', results text[] NOT NULL DEFAULT '{}', partners text[] NOT NULL DEFAULT '{}', difficulties text,
    source_url text, other_sources text[] NOT NULL DEFAULT '{}', label text NOT NULL DEFAULT '',
    state text NOT NULL DEFAULT 'published' CHECK (state IN ('draft','published')),
    version integer NOT NULL DEFAULT 1, created_at timestamptz NOT NULL DEFAULT now(), updated_at timestamptz NOT NULL DEFAULT now(),
    CHECK (year_end IS NULL OR year_start IS NULL OR year_end >= year_start));
  CREATE INDEX practice_theme ON practice (theme_id);
  CREATE INDEX practice_organisation ON practice (organisation_id);
  ALTER TABLE thread ADD CONSTRAINT thread_practice FOREIGN KEY (practice_id) REFERENCES practice;
  CREATE INDEX thread_practice_id ON thread (practice_id) WHERE practice_id IS NOT NULL;
  CREATE TABLE transfer (
    id uuid PRIMARY KEY, practice_id uuid NOT NULL REFERENCES practice ON DELETE CASCADE, to_organisation_id uuid REFERENCES organisation,
    to_name text NOT NULL, year smallint, note text NOT NULL DEFAULT '',
    state text NOT NULL CHECK (state IN ('interest','contact','trial','taken-up','taken-up-in-part')));
  CREATE INDEX transfer_practice ON transfer (practice_id);
  CREATE INDEX transfer_to ON transfer (to_organisation_id);`;

// The log keeps ids and small facts, never text. The cursor is taken under an advisory lock held until commit, as the
// last statement of a write: so the order of cursors is the order of commits.
const eventLog = `
  CREATE SEQUENCE event_cursor;
  CREATE TABLE event (
    cursor bigint PRIMARY KEY DEFAULT nextval('event_cursor'),
    type text NOT NULL, at timestamptz NOT NULL DEFAULT now(),
    audience text NOT NULL CHECK (audience IN ('thread','space','account','members')),
    actor_person_id uuid, space_id uuid, thread_id uuid, post_id uuid, account_id uuid, subject_id text,
    detail jsonb NOT NULL DEFAULT '{}',
    CHECK (audience <> 'thread' OR thread_id IS NOT NULL), CHECK (audience <> 'space' OR space_id IS NOT NULL), CHECK (audience <> 'account' OR account_id IS NOT NULL));
  ALTER SEQUENCE event_cursor OWNED BY event.cursor;`;

const search = `
  CREATE TABLE search_entry (
    kind text NOT NULL CHECK (kind IN ('practice','thread','post','city')), id text NOT NULL,
    ref text, title text NOT NULL, body text NOT NULL, url text NOT NULL, language text NOT NULL, theme_id text, country text, year smallint,
    place text, at timestamptz, thread_id uuid, folded_title text NOT NULL,
    words tsvector NOT NULL, PRIMARY KEY (kind, id));
  CREATE INDEX search_entry_words ON search_entry USING gin (words);
  -- Messages have no title of their own.
  CREATE INDEX search_entry_title ON search_entry USING gin (folded_title gin_trgm_ops) WHERE folded_title <> '';
  CREATE TABLE search_progress (id smallint PRIMARY KEY CHECK (id = 1), cursor bigint NOT NULL);`;
