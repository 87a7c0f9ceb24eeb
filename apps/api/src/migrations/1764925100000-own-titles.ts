import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A title may be moderation's; what its author wrote is theirs to take away or to erase. */
export class OwnTitles1764925100000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE thread ADD COLUMN own_title text CHECK (length(own_title) BETWEEN 1 AND 200);
      -- Whoever splits a thread names the new one.
      UPDATE thread t SET own_title = coalesce(t.title_before, t.title) WHERE NOT EXISTS (SELECT 1 FROM thread_act a WHERE a.type = 'split' AND a.target_thread_id = t.id);`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE thread DROP COLUMN own_title');
  }
}
