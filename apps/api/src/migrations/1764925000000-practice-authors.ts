import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Versions of practices know who wrote them, and not only under which name: it changes, and namesakes sit in one city. */
export class PracticeAuthors1764925000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE practice_revision ADD COLUMN author_person_id uuid REFERENCES person;
      CREATE INDEX practice_revision_author ON practice_revision (author_person_id);
      -- Signatures of the same practice have known it all along.
      UPDATE practice_revision r SET author_person_id = s.person
        FROM practice p, LATERAL (SELECT (j ->> 'person')::uuid AS person, j ->> 'name' AS name FROM unnest(ARRAY[p.prepared_by, p.approved_by]) j) s
        WHERE p.id = r.practice_id AND r.author_name <> '' AND s.name = r.author_name AND EXISTS (SELECT 1 FROM person x WHERE x.id = s.person);
      -- Otherwise only where one person of the city bears the name.
      UPDATE practice_revision r SET author_person_id = one.person
        FROM (SELECT m.organisation_id, pe.name, min(pe.id::text)::uuid AS person FROM person pe JOIN mandate m ON m.person_id = pe.id GROUP BY m.organisation_id, pe.name HAVING count(DISTINCT pe.id) = 1) one
        WHERE r.author_person_id IS NULL AND r.author_name <> '' AND one.organisation_id = r.organisation_id AND one.name = r.author_name;`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE practice_revision DROP COLUMN author_person_id');
  }
}
