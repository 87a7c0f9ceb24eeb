import type { MigrationInterface, QueryRunner } from 'typeorm';

const TARGETS = `'post', 'thread', 'practice'`;
const checks = (targets: string) => `
  ALTER TABLE report DROP CONSTRAINT report_target_kind_check, ADD CONSTRAINT report_target_kind_check CHECK (target_kind IN (${targets}));
  ALTER TABLE moderation_case DROP CONSTRAINT moderation_case_target_kind_check, ADD CONSTRAINT moderation_case_target_kind_check CHECK (target_kind IN (${targets}));`;

/** Errors that visitors report on public pages: nobody's account, and a page instead of an object. */
export class VisitorReports1764780000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`${checks(`${TARGETS}, 'page'`)}
      ALTER TABLE report ALTER COLUMN reporter_account_id DROP NOT NULL;
      -- A form that is sent twice is one report.
      CREATE UNIQUE INDEX report_of_visitor ON report (case_id, request_hash) WHERE reporter_account_id IS NULL;`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      DROP INDEX report_of_visitor;
      DELETE FROM report WHERE reporter_account_id IS NULL;
      ALTER TABLE report ALTER COLUMN reporter_account_id SET NOT NULL;
      DELETE FROM moderation_decision d USING moderation_case c WHERE c.id = d.case_id AND c.target_kind = 'page';
      DELETE FROM moderation_case WHERE target_kind = 'page';
      ${checks(TARGETS)}`);
  }
}
