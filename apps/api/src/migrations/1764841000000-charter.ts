import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The rules with their earlier words, which decisions keep; reasons that moderators have prepared. */
export class Charter1764841000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const part of [rules, prepared]) await queryRunner.query(part);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      DROP TABLE prepared_reason_version, prepared_reason;
      ALTER TABLE moderation_decision DROP CONSTRAINT moderation_decision_words, DROP COLUMN rule_version;
      DROP TABLE moderation_rule_version;
      ALTER TABLE moderation_rule DROP COLUMN text_fr, DROP COLUMN text_en, DROP COLUMN version, DROP COLUMN retired_at`);
  }
}

const rules = `
  ALTER TABLE moderation_rule ADD COLUMN text_fr text NOT NULL DEFAULT '', ADD COLUMN text_en text NOT NULL DEFAULT '', ADD COLUMN version integer NOT NULL DEFAULT 1, ADD COLUMN retired_at timestamptz;
  -- Rules are put in another order one at a time; of two at one place the older stands first.
  ALTER TABLE moderation_rule DROP CONSTRAINT moderation_rule_position_key;
  CREATE TABLE moderation_rule_version (
    rule_id text NOT NULL REFERENCES moderation_rule, version integer NOT NULL, name_fr text NOT NULL, name_en text NOT NULL, text_fr text NOT NULL, text_en text NOT NULL,
    edited_by uuid REFERENCES person, edited_function text NOT NULL, at timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (rule_id, version));
  INSERT INTO moderation_rule_version (rule_id, version, name_fr, name_en, text_fr, text_en, edited_function) SELECT id, 1, name_fr, name_en, text_fr, text_en, '' FROM moderation_rule;
  ALTER TABLE moderation_decision ADD COLUMN rule_version integer NOT NULL DEFAULT 1;
  ALTER TABLE moderation_decision ALTER COLUMN rule_version DROP DEFAULT, ADD CONSTRAINT moderation_decision_words FOREIGN KEY (rule_id, rule_version) REFERENCES moderation_rule_version;`;

const prepared = `
  CREATE TABLE prepared_reason (
    id uuid PRIMARY KEY, version integer NOT NULL DEFAULT 1, rule_id text NOT NULL REFERENCES moderation_rule, measure text, label_fr text NOT NULL, label_en text NOT NULL,
    facts_fr text NOT NULL, facts_en text NOT NULL, remedy_fr text NOT NULL, remedy_en text NOT NULL, removed_at timestamptz, updated_at timestamptz NOT NULL DEFAULT now());
  CREATE TABLE prepared_reason_version (
    reason_id uuid NOT NULL REFERENCES prepared_reason, version integer NOT NULL, content jsonb NOT NULL, edited_by uuid REFERENCES person, edited_function text NOT NULL, at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (reason_id, version));
  ${example('019ac0de-0000-7000-8000-000000000001', 'commerce', 'warn', ['Offre commerciale', 'Commercial offer'], ['Le message propose un produit ou un service, sans lien avec l’expérience d’une ville.', 'The message offers a product or a service, without any tie to the experience of a city.'], ['Vous pouvez raconter ce que votre ville a acheté, à quel prix et avec quel résultat, sans offre.', 'You may tell what your city has bought, at what price and with what result, without an offer.'])}
  ${example('019ac0de-0000-7000-8000-000000000002', 'sujet', 'warn', ['Hors du sujet', 'Off the subject'], ['Le message traite d’une autre question que celle du fil.', 'The message is about another question than that of the thread.'], ['Vous pouvez ouvrir un fil pour cette question ; il sera lu par les villes qu’elle concerne.', 'You may open a thread for that question; the cities that it concerns will read it.'])}
  ${example('019ac0de-0000-7000-8000-000000000003', 'donnees', 'hide', ['Donnée personnelle', 'Personal data'], ['Le message donne le nom, l’adresse ou l’image d’une personne sans son accord.', 'The message gives the name, address or picture of a person without their consent.'], ['Vous pouvez écrire de nouveau sans cette donnée, ou avec l’accord de la personne.', 'You may write again without that data, or with the consent of the person.'])}`;

/** A text to begin with. */
function example(id: string, rule: string, measure: string, ...texts: [string, string][]): string {
  const quoted = texts.flat().map((text) => `'${text.replaceAll("'", "''")}'`);
  return `
    INSERT INTO prepared_reason (id, rule_id, measure, label_fr, label_en, facts_fr, facts_en, remedy_fr, remedy_en) VALUES ('${id}', '${rule}', '${measure}', ${quoted.join(', ')});
    INSERT INTO prepared_reason_version (reason_id, version, content, edited_function) SELECT id, 1, to_jsonb(p) - 'id' - 'version' - 'removed_at' - 'updated_at', '' FROM prepared_reason p WHERE id = '${id}';`;
}
