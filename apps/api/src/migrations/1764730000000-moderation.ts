import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Cases, decisions with their reasons, appeals and what limits somebody for a time. */
export class Moderation1764730000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const part of [rules, cases, decisions, limits]) await queryRunner.query(part);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE thread DROP COLUMN slow_seconds;
      ALTER TABLE report DROP COLUMN case_id;
      DROP TABLE sanction, moderation_appeal, moderation_decision, moderation_note, moderation_case, moderation_rule`);
  }
}

// The charter's articles as data: the secretariat may reword them.
const rules = `
  CREATE TABLE moderation_rule (id text PRIMARY KEY, position smallint NOT NULL UNIQUE, name_fr text NOT NULL, name_en text NOT NULL);
  INSERT INTO moderation_rule VALUES
    ('sujet', 1, 'Article 1. Rester dans le sujet du fil', 'Article 1. Keep to the subject of the thread'),
    ('respect', 2, 'Article 2. Respecter les personnes, les fonctions et les États', 'Article 2. Respect people, functions and States'),
    ('donnees', 3, 'Article 3. Pas de donnée personnelle, pas d’image d’enfant ou de victime sans accord', 'Article 3. No personal data, no picture of a child or victim without consent'),
    ('commerce', 4, 'Article 4. Pas d’offre commerciale dans les fils', 'Article 4. No commercial offers in threads'),
    ('exactitude', 5, 'Article 5. Ne pas présenter comme acquis ce qui ne l’est pas', 'Article 5. Do not present as established what is not'),
    ('confidence', 6, 'Article 6. Ne pas rapporter ailleurs ce qui se dit dans un espace fermé', 'Article 6. Do not report elsewhere what is said in a closed space'),
    ('doublon', 7, 'Article 7. Une question, un fil', 'Article 7. One question, one thread');`;

const cases = `
  CREATE TABLE moderation_case (
    id uuid PRIMARY KEY, year smallint NOT NULL, number integer NOT NULL, UNIQUE (year, number),
    kind text NOT NULL CHECK (kind IN ('report','appeal')), target_kind text NOT NULL CHECK (target_kind IN ('post','thread','practice')), target_id text NOT NULL,
    -- Where it stood when it was reported; null outside of spaces.
    space_id uuid REFERENCES space, author_person_id uuid REFERENCES person, author_organisation_id uuid REFERENCES organisation,
    state text NOT NULL DEFAULT 'open' CHECK (state IN ('open','decided')), version integer NOT NULL DEFAULT 1,
    claimed_by uuid REFERENCES person, claimed_at timestamptz, given_to uuid REFERENCES person,
    opened_at timestamptz NOT NULL DEFAULT now(), decided_at timestamptz, CHECK ((claimed_by IS NULL) = (claimed_at IS NULL)));
  CREATE UNIQUE INDEX moderation_case_open ON moderation_case (target_kind, target_id, kind) WHERE state = 'open';
  CREATE INDEX moderation_case_state ON moderation_case (state, opened_at);
  CREATE INDEX moderation_case_author ON moderation_case (author_person_id);
  ALTER TABLE report ADD COLUMN case_id uuid REFERENCES moderation_case;
  CREATE INDEX report_case ON report (case_id);
  CREATE INDEX report_reporter ON report (reporter_account_id, created_at DESC);
  CREATE TABLE moderation_note (
    id uuid PRIMARY KEY, case_id uuid NOT NULL REFERENCES moderation_case ON DELETE CASCADE, author_person_id uuid NOT NULL REFERENCES person, author_function text NOT NULL,
    body text NOT NULL CHECK (length(body) BETWEEN 1 AND 2000), at timestamptz NOT NULL DEFAULT now());
  CREATE INDEX moderation_note_case ON moderation_note (case_id, at);`;

const decisions = `
  CREATE TABLE moderation_decision (
    id uuid PRIMARY KEY, case_id uuid NOT NULL REFERENCES moderation_case, decided_by uuid NOT NULL REFERENCES person, author_person_id uuid REFERENCES person,
    rule_id text NOT NULL REFERENCES moderation_rule, facts text NOT NULL CHECK (length(facts) BETWEEN 10 AND 2000),
    measure text NOT NULL CHECK (measure IN ('keep','warn','hide','close','slow','mute','suspend')), duration_days integer CHECK (duration_days > 0), definitive boolean NOT NULL, ends_at timestamptz,
    remedy text NOT NULL CHECK (length(remedy) BETWEEN 10 AND 1000), request_hash bytea NOT NULL, at timestamptz NOT NULL DEFAULT now(), appeal_until timestamptz NOT NULL, undone_at timestamptz, ended_at timestamptz,
    -- What lasts has a duration or is definitive; nothing else has either.
    CHECK ((measure IN ('hide','close','slow','mute','suspend')) = (definitive OR duration_days IS NOT NULL)), CHECK (NOT definitive OR duration_days IS NULL));
  CREATE INDEX moderation_decision_case ON moderation_decision (case_id, at);
  CREATE INDEX moderation_decision_author ON moderation_decision (author_person_id, at DESC);
  CREATE INDEX moderation_decision_at ON moderation_decision (at DESC, id DESC);
  CREATE INDEX moderation_decision_ending ON moderation_decision (ends_at) WHERE ends_at IS NOT NULL AND undone_at IS NULL AND ended_at IS NULL;
  CREATE TABLE moderation_appeal (
    id uuid PRIMARY KEY, decision_id uuid NOT NULL UNIQUE REFERENCES moderation_decision, case_id uuid NOT NULL UNIQUE REFERENCES moderation_case, author_person_id uuid NOT NULL REFERENCES person,
    body text NOT NULL CHECK (length(body) BETWEEN 10 AND 4000), at timestamptz NOT NULL DEFAULT now(),
    outcome text CHECK (outcome IN ('upheld','reversed','conditions')), answer text NOT NULL DEFAULT '', answered_by uuid REFERENCES person, answered_at timestamptz, CHECK ((outcome IS NULL) = (answered_at IS NULL)));`;

// What limits a person or a thread; ended by time alone, lifted by an appeal or an undo.
const limits = `
  CREATE TABLE sanction (
    id uuid PRIMARY KEY, person_id uuid NOT NULL REFERENCES person, kind text NOT NULL CHECK (kind IN ('mute','suspend')), decision_id uuid NOT NULL REFERENCES moderation_decision,
    starts_at timestamptz NOT NULL DEFAULT now(), ends_at timestamptz, lifted_at timestamptz);
  CREATE INDEX sanction_person ON sanction (person_id) WHERE lifted_at IS NULL;
  ALTER TABLE thread ADD COLUMN slow_seconds integer CHECK (slow_seconds > 0);`;
