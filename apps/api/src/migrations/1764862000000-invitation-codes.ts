import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A code that stands in for the link of an invitation where no mail arrives: read out on the telephone, tried ten times at most. */
export class InvitationCodes1764862000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE invitation ADD COLUMN code_hash text, ADD COLUMN code_expires_at timestamptz, ADD COLUMN code_tries smallint NOT NULL DEFAULT 0,
        ADD CONSTRAINT invitation_code_check CHECK ((code_hash IS NULL) = (code_expires_at IS NULL));`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE invitation DROP COLUMN code_tries, DROP COLUMN code_expires_at, DROP COLUMN code_hash');
  }
}
