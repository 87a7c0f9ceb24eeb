import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Decisions remember what they changed, so that taking one back leaves alone what another holds; each decision has an appeal of its own. */
export class StandingDecisions1764770000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      -- The state that the measure replaced, null where it found nothing to change; and the thread that it closed or slowed.
      ALTER TABLE moderation_decision ADD COLUMN state_before text, ADD COLUMN thread_id uuid REFERENCES thread;
      UPDATE moderation_decision d SET state_before = CASE d.measure WHEN 'hide' THEN 'visible' WHEN 'close' THEN 'open' ELSE 'none' END,
        thread_id = coalesce((SELECT p.thread_id FROM post p WHERE c.target_kind = 'post' AND p.id::text = c.target_id), (SELECT t.id FROM thread t WHERE c.target_kind = 'thread' AND t.id::text = c.target_id))
      FROM moderation_case c WHERE c.id = d.case_id AND d.measure IN ('hide','close','slow');
      CREATE INDEX moderation_decision_thread ON moderation_decision (thread_id, measure) WHERE thread_id IS NOT NULL AND undone_at IS NULL AND ended_at IS NULL;
      DROP INDEX moderation_case_open;
      CREATE UNIQUE INDEX moderation_case_open ON moderation_case (target_kind, target_id) WHERE state = 'open' AND kind = 'report'`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      DROP INDEX moderation_case_open;
      CREATE UNIQUE INDEX moderation_case_open ON moderation_case (target_kind, target_id, kind) WHERE state = 'open';
      ALTER TABLE moderation_decision DROP COLUMN state_before, DROP COLUMN thread_id`);
  }
}
