import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The text of attachments, page by page, so that search finds it. */
export class AttachmentText1764400000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(text);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      DELETE FROM event WHERE type = 'attachment.read';
      DROP TABLE attachment_page;
      ALTER TABLE attachment DROP COLUMN text_state, DROP COLUMN text_tries, DROP COLUMN text_due_at;`);
  }
}

const text = `
  -- A file that waits is read from text_due_at on; whoever takes it moves that on, so that another takes over after a crash.
  ALTER TABLE attachment ADD COLUMN text_state text NOT NULL DEFAULT 'none' CHECK (text_state IN ('waiting','read','none','failed')),
    ADD COLUMN text_tries smallint NOT NULL DEFAULT 0, ADD COLUMN text_due_at timestamptz NOT NULL DEFAULT now();
  UPDATE attachment SET text_state = 'waiting' WHERE type IN ('application/pdf', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'application/vnd.oasis.opendocument.text', 'text/plain; charset=utf-8');
  CREATE INDEX attachment_waiting ON attachment (text_due_at) WHERE text_state = 'waiting';
  CREATE TABLE attachment_page (
    attachment_id uuid NOT NULL REFERENCES attachment ON DELETE CASCADE, page integer NOT NULL CHECK (page >= 1), text text NOT NULL CHECK (text <> ''), PRIMARY KEY (attachment_id, page));`;
