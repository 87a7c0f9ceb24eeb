import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Links by which several people ask for invitations of their own. */
export class InvitationLinks1764861000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE invitation_link (
        id uuid PRIMARY KEY, token_hash bytea NOT NULL UNIQUE, token_sealed bytea NOT NULL, language text NOT NULL CHECK (language IN ('fr','en')), role text NOT NULL CHECK (role IN ('member','guest')),
        organisation_id uuid NOT NULL REFERENCES organisation, function text NOT NULL CHECK (length(function) BETWEEN 1 AND 200), mandate_until date,
        space_id uuid REFERENCES space ON DELETE CASCADE, thread_id uuid REFERENCES thread ON DELETE CASCADE, note text NOT NULL DEFAULT '' CHECK (length(note) <= 1000),
        inviter_person_id uuid NOT NULL REFERENCES person, inviter_mandate_id uuid NOT NULL REFERENCES mandate, inviter_organisation_id uuid NOT NULL REFERENCES organisation, inviter_function text NOT NULL, request_hash bytea NOT NULL,
        uses_max integer NOT NULL CHECK (uses_max BETWEEN 1 AND 200), used_count integer NOT NULL DEFAULT 0 CHECK (used_count BETWEEN 0 AND uses_max),
        created_at timestamptz NOT NULL DEFAULT now(), expires_at timestamptz NOT NULL, revoked_at timestamptz);
      CREATE INDEX invitation_link_organisation ON invitation_link (organisation_id, created_at DESC);
      CREATE INDEX invitation_link_inviter ON invitation_link (inviter_person_id);
      ALTER TABLE invitation ADD COLUMN link_id uuid REFERENCES invitation_link ON DELETE SET NULL;
      CREATE INDEX invitation_link_uses ON invitation (link_id) WHERE link_id IS NOT NULL;`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE invitation DROP COLUMN link_id; DROP TABLE invitation_link');
  }
}
