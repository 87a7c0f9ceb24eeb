import type { MigrationInterface, QueryRunner } from 'typeorm';

// A thread that was held has the id under which it waited.
const follow = (held: string) => `
  CREATE OR REPLACE FUNCTION moderation_follows() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    UPDATE moderation_case SET space_id = NEW.space_id
    WHERE (target_kind = 'thread' AND target_id = NEW.id::text) OR (target_kind = 'post' AND target_id IN (SELECT id::text FROM post WHERE thread_id = NEW.id))
      OR (target_kind = 'held' AND target_id IN (SELECT id::text FROM held_post WHERE ${held}));
    RETURN NULL;
  END $$;`;

/** The case of a thread that waited goes where the thread goes, as the cases of all other things do. */
export class HeldThreadsFollow1764910000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`${follow('thread_id = NEW.id OR id = NEW.id')}
      UPDATE moderation_case c SET space_id = t.space_id FROM thread t WHERE c.target_kind = 'held' AND c.target_id = t.id::text AND c.space_id IS DISTINCT FROM t.space_id`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(follow('thread_id = NEW.id'));
  }
}
