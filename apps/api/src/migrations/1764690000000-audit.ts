import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The record of what administration and moderation did: lines are added, never changed. */
export class Audit1764690000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE audit_entry (
        id uuid PRIMARY KEY,
        at timestamptz NOT NULL DEFAULT now(),
        actor_person_id uuid REFERENCES person,
        actor_function text NOT NULL CHECK (length(actor_function) <= 300),
        act text NOT NULL CHECK (act ~ '^[a-z-]+\\.[a-z-]+$'),
        subject_kind text NOT NULL CHECK (length(subject_kind) BETWEEN 1 AND 40),
        subject_id text NOT NULL CHECK (length(subject_id) BETWEEN 1 AND 100),
        detail jsonb NOT NULL DEFAULT '{}' CHECK (pg_column_size(detail) < 4096));
      CREATE INDEX audit_entry_at ON audit_entry (at DESC, id DESC);
      CREATE INDEX audit_entry_subject ON audit_entry (subject_kind, subject_id);
      CREATE INDEX audit_entry_actor ON audit_entry (actor_person_id);
      CREATE FUNCTION audit_entry_stands() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'audit entries are never changed' USING ERRCODE = 'insufficient_privilege'; END $$;
      CREATE TRIGGER audit_entry_stands BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_stands();`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE audit_entry; DROP FUNCTION audit_entry_stands()');
  }
}
