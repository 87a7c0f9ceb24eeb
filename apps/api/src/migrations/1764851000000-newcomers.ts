import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who of moderation looks after somebody who has just joined, and who has seen to it. */
export class Newcomers1764851000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE newcomer_mark (
        account_id uuid PRIMARY KEY REFERENCES account ON DELETE CASCADE, claimed_by uuid REFERENCES person, claimed_at timestamptz, seen_by uuid REFERENCES person, seen_at timestamptz,
        CHECK ((claimed_by IS NULL) = (claimed_at IS NULL) AND (seen_by IS NULL) = (seen_at IS NULL)));
      CREATE INDEX account_created ON account (created_at);`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP INDEX account_created; DROP TABLE newcomer_mark');
  }
}
