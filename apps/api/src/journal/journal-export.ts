import { Injectable } from '@nestjs/common';
import { AUDIT_EXPORT_MAX_LINES, auditActIn, auditDetailIn, type AuditExportBody, auditSubjectIn, type Language } from '@passerelle/contract';
import { recordAudit } from '../audit/index.js';
import { type Actor, assertAdministrator, csvLine, Database, DomainError, inert } from '../platform/index.js';
import { WriteTransaction } from '../realtime/index.js';
import { JournalQueries, type Place, type PlacedLine } from './journal.queries.js';

const AT_ONCE = 500;
const BYTE_ORDER_MARK = '\ufeff';
const HEADINGS: Record<Language, string[]> = {
  fr: ['Date (UTC)', 'Acte', 'Par', 'Fonction', 'Objet', 'Nom', 'Personne concernée', 'Précisions', 'Code de l’acte', 'Référence', 'Ligne'],
  en: ['Date (UTC)', 'Act', 'By', 'Function', 'Subject', 'Name', 'Person concerned', 'Details', 'Code of the act', 'Reference', 'Line'],
};

/** The record as a file, with the filters and the visibility of its list. */
@Injectable()
export class JournalExport {
  constructor(
    private readonly database: Database,
    private readonly queries: JournalQueries,
    private readonly write: WriteTransaction,
  ) {}

  /**
   * The text of the file, piece by piece, and a line in the record that it left.
   * @throws DomainError `too-large` when more lines match than one file holds.
   */
  async open(actor: Actor, { format, language, filters }: AuditExportBody): Promise<AsyncIterable<string>> {
    await assertAdministrator(this.database, actor);
    const named = { ...filters, ids: await this.queries.idsOf(filters) };
    const start = await this.queries.now();
    const lines = await this.queries.count(actor, named, { after: start, limit: AUDIT_EXPORT_MAX_LINES + 1 });
    if (lines > AUDIT_EXPORT_MAX_LINES) throw new DomainError('too-large', 'too-large', { maxLines: AUDIT_EXPORT_MAX_LINES });
    // Names that somebody typed into a filter stay out of the record: which filters there were says enough.
    const used = Object.entries(filters).flatMap(([name, value]) => (value ? [name] : []));
    await this.write.run(actor, ({ tx }) => recordAudit(tx, actor, { act: 'audit.exported', subjectKind: 'audit', subjectId: format, detail: { format, lines, filters: used } }));
    const batches = this.batches(start, (after) => this.queries.page(actor, named, { language, after, limit: AT_ONCE }));
    return format === 'json' ? asJson(batches) : asCsv(batches, language);
  }

  private async *batches(start: Place, pageAfter: (after: Place) => Promise<PlacedLine[]>): AsyncGenerator<PlacedLine[]> {
    for (let lines = await pageAfter(start); lines.length > 0;) {
      yield lines;
      const last = lines.at(-1);
      lines = last && lines.length === AT_ONCE ? await pageAfter([last.place, last.id]) : [];
    }
  }
}

async function* asCsv(batches: AsyncIterable<PlacedLine[]>, language: Language): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK + csvLine(HEADINGS[language], ',');
  for await (const batch of batches) yield batch.map((line) => csvLine(cellsOf(line, language).map(inert), ',')).join('');
}

const cellsOf = ({ id, at, act, actor, subject, person, detail }: PlacedLine, language: Language): string[] => [
  new Date(at).toISOString(), auditActIn(language, act), actor.person?.name ?? '', actor.function, auditSubjectIn(language, subject.kind), subject.name ?? '', person?.name ?? '',
  auditDetailIn(language, detail).map(({ name, value }) => `${name}: ${value}`).join('; '), act, subject.id, id,
];

/** One line of the record on each line of the file. */
async function* asJson(batches: AsyncIterable<PlacedLine[]>): AsyncGenerator<string> {
  let before = '[\n';
  for await (const batch of batches) {
    yield before + batch.map(({ place: _, ...line }) => JSON.stringify(line)).join(',\n');
    before = ',\n';
  }
  yield before === '[\n' ? '[]\n' : '\n]\n';
}
