import type { MigrationInterface, QueryRunner } from 'typeorm';

const TARGETS = `'post', 'thread', 'practice', 'page', 'profile'`;
const MEASURES = `'keep', 'warn', 'edit', 'hide', 'remove', 'move', 'close', 'slow', 'mute', 'suspend'`;
const checks = (targets: string, measures: string) => `
  ALTER TABLE moderation_case DROP CONSTRAINT moderation_case_target_kind_check, ADD CONSTRAINT moderation_case_target_kind_check CHECK (target_kind IN (${targets}));
  ALTER TABLE moderation_decision DROP CONSTRAINT moderation_decision_measure_check, ADD CONSTRAINT moderation_decision_measure_check CHECK (measure IN (${measures}));`;

// A case is read by those who read the thing now: what goes into a confidential space takes what is said of it along.
const follow = (held: string) => `
  CREATE OR REPLACE FUNCTION moderation_follows() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    UPDATE moderation_case SET space_id = NEW.space_id
    WHERE (target_kind = 'thread' AND target_id = NEW.id::text) OR (target_kind = 'post' AND target_id IN (SELECT id::text FROM post WHERE thread_id = NEW.id))${held};
    RETURN NULL;
  END $$;`;

/** Messages that a rule has caught. They stand in a table of their own, so that nothing that reads messages can show one before it is let through. */
export class HeldPosts1764849000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`${checks(`${TARGETS}, 'held'`, `${MEASURES}, 'refuse'`)}
      -- What rules have found in what the case is about.
      ALTER TABLE moderation_case ADD COLUMN caught jsonb;
      CREATE TABLE held_post (
        -- The id that the client gave: the message has it when it appears.
        id uuid PRIMARY KEY, kind text NOT NULL CHECK (kind IN ('reply','thread','edit')), state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting','published','refused','withdrawn')),
        case_id uuid NOT NULL REFERENCES moderation_case,
        -- A reply and an edit stand in a thread, a new thread in a space; an edit is of a message.
        thread_id uuid REFERENCES thread, space_id uuid REFERENCES space, post_id uuid REFERENCES post, CHECK ((kind = 'thread') = (thread_id IS NULL) AND (kind = 'thread') = (space_id IS NOT NULL) AND (kind = 'edit') = (post_id IS NOT NULL)),
        title text NOT NULL DEFAULT '', body text NOT NULL, html text NOT NULL, language text NOT NULL CHECK (language IN ('fr','en')), mentions jsonb NOT NULL, attachments uuid[] NOT NULL DEFAULT '{}',
        -- What else is needed to make it: what a reply answers, the version that an edit replaces, what a thread is.
        proposal jsonb NOT NULL, rules jsonb NOT NULL,
        author_person_id uuid NOT NULL REFERENCES person, author_organisation_id uuid NOT NULL REFERENCES organisation, author_name text NOT NULL, author_function text NOT NULL, request_hash bytea NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(), settled_at timestamptz, settled_by uuid REFERENCES person, CHECK ((state = 'waiting') = (settled_at IS NULL)));
      CREATE UNIQUE INDEX held_post_edit ON held_post (post_id) WHERE kind = 'edit' AND state = 'waiting';
      CREATE INDEX held_post_author ON held_post (author_person_id) WHERE state = 'waiting';
      CREATE INDEX held_post_case ON held_post (case_id);
      CREATE INDEX held_post_created ON held_post (created_at);
      CREATE INDEX held_post_thread ON held_post (thread_id);
      ${follow(` OR (target_kind = 'held' AND target_id IN (SELECT id::text FROM held_post WHERE thread_id = NEW.id))`)}`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`${follow('')}
      DROP TABLE held_post;
      DELETE FROM sanction s USING moderation_decision d, moderation_case c WHERE d.id = s.decision_id AND c.id = d.case_id AND c.target_kind = 'held';
      DELETE FROM moderation_appeal p USING moderation_decision d, moderation_case c WHERE d.id = p.decision_id AND c.id = d.case_id AND c.target_kind = 'held';
      DELETE FROM moderation_decision d USING moderation_case c WHERE c.id = d.case_id AND c.target_kind = 'held';
      DELETE FROM moderation_case WHERE target_kind = 'held';
      ALTER TABLE moderation_case DROP COLUMN caught;
      ${checks(TARGETS, MEASURES)}`);
  }
}
