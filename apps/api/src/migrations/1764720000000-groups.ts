import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Spaces as groups: who animates, reads, is invited and asks to join; guests of one thread; threads that withhold names. */
export class Groups1764720000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE space ADD COLUMN version integer NOT NULL DEFAULT 1, ADD COLUMN theme_id text REFERENCES theme, ADD COLUMN archived_at timestamptz,
        ADD COLUMN created_by uuid REFERENCES person;
      ALTER TABLE space_member ADD COLUMN id uuid NOT NULL DEFAULT gen_random_uuid() UNIQUE,
        ADD COLUMN role text NOT NULL DEFAULT 'member' CHECK (role IN ('animator','member','reader'));
      CREATE TABLE space_invitation (
        id uuid PRIMARY KEY,
        space_id uuid NOT NULL REFERENCES space ON DELETE CASCADE,
        person_id uuid NOT NULL REFERENCES person ON DELETE CASCADE,
        role text NOT NULL CHECK (role IN ('animator','member','reader')),
        state text NOT NULL DEFAULT 'sent' CHECK (state IN ('sent','accepted','declined','withdrawn')),
        invited_by uuid NOT NULL REFERENCES person,
        created_at timestamptz NOT NULL DEFAULT now(), answered_at timestamptz);
      CREATE UNIQUE INDEX space_invitation_waiting ON space_invitation (space_id, person_id) WHERE state = 'sent';
      CREATE INDEX space_invitation_person ON space_invitation (person_id) WHERE state = 'sent';
      CREATE TABLE space_request (
        id uuid PRIMARY KEY,
        space_id uuid NOT NULL REFERENCES space ON DELETE CASCADE,
        person_id uuid NOT NULL REFERENCES person ON DELETE CASCADE,
        reason text NOT NULL CHECK (length(reason) <= 1000),
        state text NOT NULL DEFAULT 'sent' CHECK (state IN ('sent','accepted','declined','withdrawn')),
        words text NOT NULL DEFAULT '' CHECK (length(words) <= 1000),
        answered_by uuid REFERENCES person,
        created_at timestamptz NOT NULL DEFAULT now(), answered_at timestamptz);
      CREATE UNIQUE INDEX space_request_waiting ON space_request (space_id, person_id) WHERE state = 'sent';
      CREATE INDEX space_request_person ON space_request (person_id, created_at DESC);
      CREATE TABLE thread_guest (
        thread_id uuid NOT NULL REFERENCES thread ON DELETE CASCADE,
        person_id uuid NOT NULL REFERENCES person ON DELETE CASCADE,
        id uuid NOT NULL UNIQUE,
        admitted_by uuid NOT NULL REFERENCES person, admitted_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (thread_id, person_id));
      CREATE INDEX thread_guest_person ON thread_guest (person_id);
      ALTER TABLE thread ADD COLUMN naming text NOT NULL DEFAULT 'shown' CHECK (naming IN ('shown','withheld','region'));`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE thread DROP COLUMN naming;
      DROP TABLE thread_guest, space_request, space_invitation;
      ALTER TABLE space_member DROP COLUMN id, DROP COLUMN role;
      ALTER TABLE space DROP COLUMN version, DROP COLUMN theme_id, DROP COLUMN archived_at, DROP COLUMN created_by;`);
  }
}
