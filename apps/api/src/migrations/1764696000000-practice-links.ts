import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Cities that hold a practice together, and the project that it came from: both are said in the entry, and drawn from it by a trigger so that every
 * writer (editor, restored version, import) keeps them.
 */
export class PracticeLinks1764696000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE practice ADD COLUMN co_holders uuid[] NOT NULL DEFAULT '{}', ADD COLUMN linked_project_id uuid REFERENCES project ON DELETE SET NULL;
      CREATE INDEX practice_co_holders ON practice USING gin (co_holders) WHERE co_holders <> '{}';
      CREATE INDEX practice_linked_project ON practice (linked_project_id) WHERE linked_project_id IS NOT NULL;
      CREATE FUNCTION practice_links() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        NEW.co_holders := ARRAY(SELECT o.id FROM organisation o WHERE o.slug IN (SELECT jsonb_array_elements_text(coalesce(NEW.content -> 'coHolders', '[]'))) AND o.id IS DISTINCT FROM NEW.organisation_id ORDER BY o.name, o.id);
        NEW.linked_project_id := (SELECT j.id FROM project j WHERE j.ref = NEW.content ->> 'linkedProject');
        RETURN NEW;
      END $$;
      CREATE TRIGGER practice_links BEFORE INSERT OR UPDATE OF content ON practice FOR EACH ROW EXECUTE FUNCTION practice_links();`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TRIGGER practice_links ON practice; DROP FUNCTION practice_links(); ALTER TABLE practice DROP COLUMN co_holders, DROP COLUMN linked_project_id');
  }
}
