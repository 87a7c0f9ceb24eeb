import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What one person has sent in a day is counted before more is sent. */
export class InvitationQuota1764863000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('CREATE INDEX invitation_inviter ON invitation (inviter_person_id, created_at DESC)');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP INDEX invitation_inviter');
  }
}
