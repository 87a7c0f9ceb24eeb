import type { MigrationInterface, QueryRunner } from 'typeorm';

const TARGETS = `'post', 'thread', 'practice', 'page'`;
const BEFORE = { targets: TARGETS, measures: `'keep','warn','hide','close','slow','mute','suspend'`, lasting: `'hide','close','slow','mute','suspend'`, acts: `'moved','split','merged'` };
const AFTER = {
  targets: `${TARGETS}, 'profile'`, measures: `'keep','warn','edit','hide','remove','move','close','slow','mute','suspend'`, lasting: `'edit','hide','remove','move','close','slow','mute','suspend'`, acts: `'moved','split','merged','carried'`,
};
const checks = ({ targets, measures, lasting, acts }: typeof BEFORE) => `
  ALTER TABLE report DROP CONSTRAINT report_target_kind_check, ADD CONSTRAINT report_target_kind_check CHECK (target_kind IN (${targets}));
  ALTER TABLE moderation_case DROP CONSTRAINT moderation_case_target_kind_check, ADD CONSTRAINT moderation_case_target_kind_check CHECK (target_kind IN (${targets}));
  ALTER TABLE moderation_decision DROP CONSTRAINT moderation_decision_measure_check, ADD CONSTRAINT moderation_decision_measure_check CHECK (measure IN (${measures})),
    DROP CONSTRAINT moderation_decision_check, ADD CONSTRAINT moderation_decision_check CHECK ((measure IN (${lasting})) = (definitive OR duration_days IS NOT NULL));
  ALTER TABLE thread_act DROP CONSTRAINT thread_act_type_check, ADD CONSTRAINT thread_act_type_check CHECK (type IN (${acts}));`;

/** Measures that edit, remove and move; what a decision holds is told apart from what somebody took away. */
export class Measures1764840000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`${checks(AFTER)}
      -- The words of the moderator, and the act that moved.
      ALTER TABLE moderation_decision ADD COLUMN replacement text, ADD COLUMN act_id uuid REFERENCES thread_act;
      -- Read in its confidential space by nobody who may answer: one moderator outside reads this case, as whoever it concerns allowed.
      ALTER TABLE moderation_case ADD COLUMN told_to uuid REFERENCES person;
      CREATE INDEX moderation_case_target ON moderation_case (target_kind, target_id);
      -- Held away by a decision; and the version with which moderation's words took the place of the author's.
      ALTER TABLE post ADD COLUMN held text CHECK (held IN ('hide','remove')), ADD COLUMN moderated_version integer, ADD COLUMN moderated_at timestamptz, ADD CHECK ((moderated_version IS NULL) = (moderated_at IS NULL));
      UPDATE post SET held = 'hide' WHERE state = 'removed' AND id IN (
        SELECT c.target_id::uuid FROM moderation_decision d JOIN moderation_case c ON c.id = d.case_id WHERE c.target_kind = 'post' AND d.measure = 'hide' AND d.state_before IS NOT NULL AND d.undone_at IS NULL AND d.ended_at IS NULL);
      -- What a decision replaced: the title of a thread, the function under which somebody is shown.
      ALTER TABLE thread ADD COLUMN title_before text;
      ALTER TABLE mandate ADD COLUMN function_before text;
      ${follow}`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      DROP TRIGGER moderation_follows ON thread;
      DROP FUNCTION moderation_follows();
      UPDATE thread SET title = title_before WHERE title_before IS NOT NULL;
      UPDATE mandate SET function = function_before WHERE function_before IS NOT NULL;
      ALTER TABLE mandate DROP COLUMN function_before;
      ALTER TABLE thread DROP COLUMN title_before;
      ALTER TABLE post DROP COLUMN held, DROP COLUMN moderated_version, DROP COLUMN moderated_at;
      DROP INDEX moderation_case_target;
      ALTER TABLE moderation_case DROP COLUMN told_to;
      DELETE FROM sanction s USING moderation_decision d JOIN moderation_case c ON c.id = d.case_id WHERE d.id = s.decision_id AND c.target_kind = 'profile';
      DELETE FROM moderation_appeal p USING moderation_decision d JOIN moderation_case c ON c.id = d.case_id WHERE d.id = p.decision_id AND (d.measure IN ('edit','remove','move') OR c.target_kind = 'profile');
      DELETE FROM moderation_decision d USING moderation_case c WHERE c.id = d.case_id AND (d.measure IN ('edit','remove','move') OR c.target_kind = 'profile');
      DELETE FROM report WHERE target_kind = 'profile';
      DELETE FROM moderation_case WHERE target_kind = 'profile';
      ALTER TABLE moderation_decision DROP COLUMN replacement, DROP COLUMN act_id;
      DELETE FROM thread_act WHERE type = 'carried';
      ${checks(BEFORE)}`);
  }
}

// A case is read by those who read the thing now: what goes into a confidential space takes what is said of it along.
const follow = `
  CREATE FUNCTION moderation_follows() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    UPDATE moderation_case SET space_id = NEW.space_id
    WHERE (target_kind = 'thread' AND target_id = NEW.id::text) OR (target_kind = 'post' AND target_id IN (SELECT id::text FROM post WHERE thread_id = NEW.id));
    RETURN NULL;
  END $$;
  CREATE TRIGGER moderation_follows AFTER UPDATE OF space_id ON thread FOR EACH ROW WHEN (OLD.space_id <> NEW.space_id) EXECUTE FUNCTION moderation_follows();`;
