import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Files of people who were invited; and invitations of the operator, who has no mandate: they make the first accounts of the secretariat. */
export class InvitationBatches1764860000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE invitation_batch (
        id uuid PRIMARY KEY, inviter_person_id uuid NOT NULL REFERENCES person, file_name text NOT NULL CHECK (length(file_name) <= 200), report jsonb NOT NULL, request_hash bytea NOT NULL, created_at timestamptz NOT NULL DEFAULT now());
      CREATE INDEX invitation_batch_inviter ON invitation_batch (inviter_person_id, created_at DESC);
      CREATE INDEX invitation_batch_created ON invitation_batch (created_at);
      ALTER TABLE invitation ALTER COLUMN inviter_person_id DROP NOT NULL, DROP CONSTRAINT invitation_role_check,
        ADD CONSTRAINT invitation_role_check CHECK (role IN ('member','guest') OR (role = 'administrator' AND inviter_person_id IS NULL)),
        ADD CONSTRAINT invitation_inviter_check CHECK (inviter_person_id IS NOT NULL OR role = 'administrator');`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      DELETE FROM invitation WHERE inviter_person_id IS NULL;
      ALTER TABLE invitation ALTER COLUMN inviter_person_id SET NOT NULL, DROP CONSTRAINT invitation_inviter_check, DROP CONSTRAINT invitation_role_check, ADD CONSTRAINT invitation_role_check CHECK (role IN ('member','guest'));
      DROP TABLE invitation_batch;`);
  }
}
