import { setImmediate } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { EXCHANGE_MAX_BYTES, type ExchangeFormat, LISTED_STATES, type PracticeImportError, type PracticeImportReport } from '@passerelle/contract';
import { type Actor, Database, decodeText, DomainError, IdReused, type Sql } from '../../platform/index.js';
import { type Write, WriteTransaction } from '../../realtime/index.js';
import { attachmentsOf } from '../practice-files.js';
import { signatureOf } from '../practice.service.js';
import { importError, type ReadFile } from './candidate.js';
import { readCsv } from './csv-file.js';
import { accountsOf, type Author, loadAssociation, loadAttachments, loadStored, loadVocabulary, type Planned, writePlanned } from './exchange-store.js';
import { ImportPlan, REF } from './import-plan.js';
import { readJson } from './json-file.js';

const AT_ONCE = 250;
const ERRORS_SHOWN = 5_000;
const TOLD_ONE_BY_ONE = 20;

interface Judged {
  planned: Planned[];
  unchanged: number;
  refused: number;
  errors: PracticeImportError[];
}

/** Takes practices in from a file of the secretariat or of the operator. */
@Injectable()
export class PracticeImporter {
  constructor(
    private readonly database: Database,
    private readonly write: WriteTransaction,
  ) {}

  /**
   * Reads, judges and, unless it is a dry run, writes in one transaction: all lines, or none when one is wrong and
   * errors are not to be skipped. @param actor null for the operator's command.
   * @throws DomainError `too-large`.
   */
  async import(actor: Actor | null, bytes: Buffer, options: { format: ExchangeFormat; dryRun: boolean; skipErrors: boolean }): Promise<PracticeImportReport> {
    if (bytes.length > EXCHANGE_MAX_BYTES) throw tooLarge();
    const text = decodeText(bytes);
    const file = options.format === 'json' ? await readJson(text) : await readCsv(text);
    if (options.dryRun) return this.report(file, await this.judge(this.database, file, { lock: false }), { dryRun: true, applied: false });
    return this.write.run(actor, async (write) => {
      const judged = await this.judge(write.tx, file, { lock: true });
      const applied = judged.planned.length > 0 && (judged.errors.length === 0 || options.skipErrors);
      if (applied) await this.apply(write, actor, judged.planned);
      return this.report(file, judged, { dryRun: false, applied });
    });
  }

  private async judge(sql: Sql, file: ReadFile, { lock }: { lock: boolean }): Promise<Judged> {
    const refs = file.candidates.flatMap(({ head }) => (typeof head.ref === 'string' && REF.test(head.ref.trim()) ? [head.ref.trim()] : []));
    const plan = new ImportPlan(file.naming, await loadVocabulary(sql), await loadStored(sql, refs, { lock }));
    const judged: Judged = { planned: [], unchanged: 0, refused: 0, errors: [...file.errors] };
    for (const [index, candidate] of file.candidates.entries()) {
      if (index % AT_ONCE === 0) await setImmediate();
      const verdict = plan.judge(candidate);
      if (verdict.outcome === 'unchanged') judged.unchanged++;
      else if (verdict.outcome === 'refused') {
        judged.refused++;
        judged.errors.push(...verdict.errors);
      } else judged.planned.push(verdict);
    }
    await this.refuseForeignFiles(sql, file, judged);
    judged.errors.sort((a, b) => a.line - b.line);
    return judged;
  }

  /** A file names only pictures and documents that its practice has already: their content does not travel with it. */
  private async refuseForeignFiles(sql: Sql, file: ReadFile, judged: Judged): Promise<void> {
    const holders = await loadAttachments(sql, judged.planned.flatMap((planned) => attachmentsOf(planned.content).map(({ id }) => id)));
    judged.planned = judged.planned.filter((planned) => {
      const foreign = attachmentsOf(planned.content).filter(({ id }) => holders.get(id) !== planned.id);
      judged.errors.push(...foreign.map(({ path, id }) => importError(planned.line, file.naming.content(path), 'unknown_attachment', id)));
      if (foreign.length > 0) judged.refused++;
      return foreign.length === 0;
    });
  }

  private async apply(write: Write, actor: Actor | null, planned: Planned[]): Promise<void> {
    const author = await this.authorOf(write.tx, actor);
    for (let start = 0; start < planned.length; start += AT_ONCE) {
      const batch = planned.slice(start, start + AT_ONCE);
      // Somebody has taken a reference in this very moment.
      if ((await writePlanned(write.tx, batch, author)) !== batch.length) throw new IdReused();
    }
    await this.tell(write, planned);
  }

  /** Each practice is told to the search index; of many, people hear once, or every screen would ask for its list thousands of times. */
  private async tell(write: Write, planned: Planned[]): Promise<void> {
    const accounts = await accountsOf(write.tx, [...new Set(planned.flatMap((p) => p.organisationId ?? []))]);
    const listed = planned.filter(({ state }) => LISTED_STATES.includes(state));
    const many = planned.length > TOLD_ONE_BY_ONE;
    const told = new Set<string>();
    for (const [index, { id, ref, outcome }] of listed.entries()) {
      const type = outcome === 'created' ? 'practice.published' : 'practice.edited';
      write.record({ type, audience: many && index > 0 ? 'none' : 'members', subject: id, detail: { ref, ...(many && { many }) } });
    }
    for (const { id, ref, organisationId } of planned)
      for (const account of accounts.get(organisationId ?? '') ?? []) {
        if (many && told.has(account)) continue;
        told.add(account);
        write.record({ type: 'practice.advanced', audience: 'account', account, subject: id, detail: { ref, ...(many && { many }) } });
      }
  }

  private async authorOf(tx: Sql, actor: Actor | null): Promise<Author> {
    if (actor?.capacity) return { signature: signatureOf(actor), organisationId: actor.capacity.organisationId };
    const association = await loadAssociation(tx);
    return { signature: actor && signatureOf(actor), organisationId: association?.id ?? null };
  }

  private report(file: ReadFile, { planned, unchanged, refused, errors }: Judged, { dryRun, applied }: { dryRun: boolean; applied: boolean }): PracticeImportReport {
    const created = planned.filter((p) => p.outcome === 'created').length;
    return {
      dryRun, applied, lines: file.candidates.length, created, updated: planned.length - created, unchanged, refused,
      changes: planned.map(({ line, ref, outcome }) => ({ line, ref, outcome })), errors: errors.slice(0, ERRORS_SHOWN), errorCount: errors.length,
    };
  }
}

export const tooLarge = () => new DomainError('too-large', 'too-large', { maxBytes: EXCHANGE_MAX_BYTES });
