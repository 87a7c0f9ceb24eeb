import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Of a message that its author has taken back no word is kept, in its case neither. */
export class WithdrawnWords1764915000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`UPDATE moderation_case SET caught = NULL WHERE target_kind = 'held' AND target_id IN (SELECT id::text FROM held_post WHERE state = 'withdrawn')`);
  }

  async down(): Promise<void> {
    // What was forgotten can't come back.
  }
}
