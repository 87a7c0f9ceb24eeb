import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is done by a delegation names it. */
const ACTS = ['thread', 'post', 'held_post', 'practice_transition', 'project_transition', 'project_city', 'need', 'offer', 'introduction', 'transfer'];

/** Delegations with themes and an end of their own, given and ended on record; mandates limited to themes; acts that name the delegation. */
export class Delegations1764870000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE mandate ADD COLUMN themes text[] NOT NULL DEFAULT '{}';
      ALTER TABLE delegation DROP CONSTRAINT delegation_scope_check, ADD CONSTRAINT delegation_scope_check CHECK (scope IN ('prepare','act','stand-in')),
        ADD COLUMN themes text[] NOT NULL DEFAULT '{}',
        -- How the giver is named where it is used; null: function and organisation.
        ADD COLUMN styled text CHECK (length(styled) BETWEEN 1 AND 120),
        -- By what authority the secretariat stands in.
        ADD COLUMN authority text CHECK (length(authority) BETWEEN 1 AND 1000), ADD CONSTRAINT delegation_authority CHECK ((scope = 'stand-in') = (authority IS NOT NULL)),
        ADD COLUMN given_at timestamptz NOT NULL DEFAULT now(), ADD COLUMN given_by uuid REFERENCES person,
        ADD COLUMN ended_at timestamptz, ADD COLUMN ended_by uuid REFERENCES person, ADD COLUMN version integer NOT NULL DEFAULT 1,
        ADD CONSTRAINT delegation_dates CHECK (valid_to >= valid_from);
      CREATE INDEX delegation_to ON delegation (to_mandate_id);
      CREATE INDEX delegation_from ON delegation (from_mandate_id);
      ${ACTS.map((table) => `ALTER TABLE ${table} ADD COLUMN delegation_id uuid REFERENCES delegation ON DELETE SET NULL;`).join('\n      ')}`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ${ACTS.map((table) => `ALTER TABLE ${table} DROP COLUMN delegation_id;`).join('\n      ')}
      DROP INDEX delegation_to, delegation_from;
      DELETE FROM delegation WHERE scope = 'stand-in';
      ALTER TABLE delegation DROP CONSTRAINT delegation_dates, DROP CONSTRAINT delegation_authority, DROP COLUMN themes, DROP COLUMN styled, DROP COLUMN authority, DROP COLUMN given_at, DROP COLUMN given_by, DROP COLUMN ended_at,
        DROP COLUMN ended_by, DROP COLUMN version, DROP CONSTRAINT delegation_scope_check, ADD CONSTRAINT delegation_scope_check CHECK (scope IN ('prepare','act'));
      ALTER TABLE mandate DROP COLUMN themes;`);
  }
}
