import type { MigrationInterface, QueryRunner } from 'typeorm';

/** From which day on each role demands a second factor; no day: it does not. */
export class FactorDemand1764881000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE factor_demand (
        role text PRIMARY KEY CHECK (role IN ('member', 'moderator', 'administrator', 'guest')),
        demanded_from date,
        version integer NOT NULL DEFAULT 1);
      INSERT INTO factor_demand (role) VALUES ('administrator'), ('moderator'), ('member'), ('guest');`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE factor_demand');
  }
}
