import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whether others may read a need is told by the day of its publication: a draft has none, also one that was taken back. */
export class UnpublishedNeeds1764610000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`UPDATE need SET published_at = NULL WHERE state = 'draft'; ALTER TABLE need ADD CONSTRAINT need_draft CHECK (state <> 'draft' OR published_at IS NULL)`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE need DROP CONSTRAINT need_draft');
  }
}
