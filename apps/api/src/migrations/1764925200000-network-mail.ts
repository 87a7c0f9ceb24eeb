import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Mail of the network leaves only to those who agree to it, as they do when it leaves. */
export class NetworkMail1764925200000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE mail_waiting ADD COLUMN of_network boolean NOT NULL DEFAULT false');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE mail_waiting DROP COLUMN of_network');
  }
}
