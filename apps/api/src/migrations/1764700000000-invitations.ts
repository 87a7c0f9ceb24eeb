import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Mail that waits to leave, invitations, and what people have agreed to. */
export class Invitations1764700000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE mail_waiting (
        id uuid PRIMARY KEY, recipient text NOT NULL CHECK (length(recipient) <= 320), subject text NOT NULL CHECK (length(subject) <= 300), body text NOT NULL CHECK (length(body) <= 20000),
        tries smallint NOT NULL DEFAULT 0, next_at timestamptz NOT NULL DEFAULT now(), created_at timestamptz NOT NULL DEFAULT now());
      CREATE INDEX mail_waiting_next ON mail_waiting (next_at);
      CREATE TABLE invitation (
        id uuid PRIMARY KEY, email text NOT NULL CHECK (email = lower(email)), token_hash bytea NOT NULL UNIQUE, language text NOT NULL CHECK (language IN ('fr','en')),
        role text NOT NULL CHECK (role IN ('member','guest')), organisation_id uuid NOT NULL REFERENCES organisation, function text NOT NULL CHECK (length(function) BETWEEN 1 AND 200), mandate_until date,
        space_id uuid REFERENCES space ON DELETE CASCADE, thread_id uuid REFERENCES thread ON DELETE CASCADE, note text NOT NULL DEFAULT '' CHECK (length(note) <= 1000),
        inviter_person_id uuid NOT NULL REFERENCES person, inviter_organisation_id uuid NOT NULL REFERENCES organisation, inviter_function text NOT NULL, request_hash bytea NOT NULL,
        sent_count smallint NOT NULL DEFAULT 1, created_at timestamptz NOT NULL DEFAULT now(), expires_at timestamptz NOT NULL, revoked_at timestamptz,
        redeemed_at timestamptz, redeemed_by uuid REFERENCES account ON DELETE SET NULL);
      CREATE INDEX invitation_organisation ON invitation (organisation_id, created_at DESC);
      CREATE UNIQUE INDEX invitation_open ON invitation (email) WHERE redeemed_at IS NULL AND revoked_at IS NULL;
      CREATE TABLE consent (
        account_id uuid NOT NULL REFERENCES account ON DELETE CASCADE, purpose text NOT NULL CHECK (purpose IN ('data','mail')), given boolean NOT NULL, text_version text NOT NULL, at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (account_id, purpose, at));`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE consent, invitation, mail_waiting');
  }
}
