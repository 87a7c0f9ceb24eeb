import { Injectable } from '@nestjs/common';
import { type BatchError, type BatchLine, type InvitationBatchBody, type InvitationBatchReport, type InvitationBatchView } from '@passerelle/contract';
import { LoginLimits } from '../../accounts/index.js';
import { recordAudit } from '../../audit/index.js';
import { requestHash } from '../../forum/index.js';
import { type Actor, csvLine, Database, IdReused, inert, MailQueue, NotFound, type Sql } from '../../platform/index.js';
import { WriteTransaction } from '../../realtime/index.js';
import { InvitationService } from '../invitation.service.js';
import { assertMayInvite, assertQuota } from '../invitation-rules.js';
import { STATE } from '../invitation.sql.js';
import { type Invitable, judgeBatch, type JudgedBatch } from './batch-judgement.js';

/** What is kept of a file: whom it named is known by the invitations alone, and so goes when they go. */
interface Kept {
  counts: { lines: number; invited: number; known: number; refused: number };
  entries: { line: number; outcome: BatchLine['outcome']; invitation?: string }[];
  errors: Omit<BatchError, 'value'>[];
}

const BATCHES_LISTED = 50;
const BYTE_ORDER_MARK = '\ufeff';
const REPORT = {
  fr: { head: ['Ligne', 'Adresse', 'Résultat', 'Aujourd’hui'], invited: 'invitation envoyée', member: 'déjà membre', pending: 'déjà invitée', refused: 'à corriger', states: { pending: 'en attente', redeemed: 'acceptée', revoked: 'retirée', expired: 'expirée' } },
  en: { head: ['Line', 'Address', 'Result', 'Today'], invited: 'invited', member: 'already a member', pending: 'already invited', refused: 'to be corrected', states: { pending: 'waiting', redeemed: 'accepted', revoked: 'taken back', expired: 'expired' } },
} as const;

/** Invitations by file. The report of a file is for the person who sent it. */
@Injectable()
export class InvitationBatchService {
  constructor(
    private readonly database: Database,
    private readonly write: WriteTransaction,
    private readonly invitations: InvitationService,
    private readonly mails: MailQueue,
    private readonly limits: LoginLimits,
  ) {}

  /** Judges the file and, unless it is a dry run, invites in one commit: everybody, or nobody when a line is wrong and errors are not to be skipped. @throws IdReused, Forbidden, DomainError `quota-exceeded`, `rate-limited` */
  async run(actor: Actor, body: InvitationBatchBody): Promise<InvitationBatchReport> {
    await this.limits.assertMaySendFile(actor.accountId);
    if (body.dryRun) return report(body, await judgeBatch(this.database, await assertMayInvite(this.database, actor), body), { applied: false });
    const hash = requestHash(JSON.stringify(body));
    const answer = await this.write.run(actor, async ({ tx }) => {
      const inviter = await assertMayInvite(tx, actor);
      // Two requests with one file come one after the other.
      await tx.run('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [body.id]);
      const stored = await tx.row<{ inviter_person_id: string; request_hash: Buffer }>('SELECT inviter_person_id, request_hash FROM invitation_batch WHERE id = $1', [body.id]);
      if (stored && (stored.inviter_person_id !== actor.personId || !stored.request_hash.equals(hash))) throw new IdReused();
      if (stored) return this.answerAgain(tx, actor, body);
      const judged = await judgeBatch(tx, inviter, body);
      const applied = judged.ready.length > 0 && (judged.errors.length === 0 || body.skipErrors);
      if (!applied) return report(body, judged, { applied });
      await assertQuota(tx, inviter, judged.ready.length);
      const sent: Invitable[] = [];
      // In one order for everybody: two files with the same people would wait for each other.
      for (const one of judged.ready.toSorted((a, b) => (a.body.email < b.body.email ? -1 : 1))) {
        // Somebody else has invited them in this very moment.
        if (await this.invitations.add(tx, inviter, one.places, one.body, hash)) sent.push(one);
        else judged.others.push({ line: one.line, email: one.body.email, outcome: 'pending' });
      }
      judged.ready = sent;
      const told = report(body, judged, { applied });
      await tx.run('INSERT INTO invitation_batch (id, inviter_person_id, file_name, report, request_hash) VALUES ($1, $2, $3, $4, $5)', [body.id, actor.personId, body.fileName, JSON.stringify(kept(told, sent)), hash]);
      await recordAudit(tx, actor, { act: 'invitation.batch-sent', subjectKind: 'invitation', subjectId: body.id, detail: { lines: told.lines, invited: told.invited } });
      return told;
    });
    if (answer.applied) this.mails.soon();
    return answer;
  }

  /** Files that the actor has sent, latest first. */
  async list(actor: Actor): Promise<{ items: InvitationBatchView[] }> {
    await assertMayInvite(this.database, actor);
    const rows = await this.database.rows<{ id: string; fileName: string; createdAt: string; counts: Kept['counts'] }>(
      `SELECT id, file_name AS "fileName", created_at AS "createdAt", report -> 'counts' AS counts FROM invitation_batch WHERE inviter_person_id = $1 ORDER BY created_at DESC, id DESC LIMIT ${BATCHES_LISTED}`, [actor.personId]);
    return { items: rows.map(({ counts, ...row }) => ({ ...row, ...counts })) };
  }

  /** The report as a table: what became of each line, and what has become of each invitation since. @throws NotFound */
  async file(actor: Actor, id: string): Promise<string> {
    await assertMayInvite(this.database, actor);
    const words = REPORT[actor.language];
    const entries = await this.entriesOf(this.database, actor, id);
    const lines = entries.map(({ line, email, outcome, state }) => [String(line), email, words[outcome], state ? words.states[state] : '']);
    return BYTE_ORDER_MARK + [words.head, ...lines].map((cells) => csvLine(cells.map(inert), ';')).join('');
  }

  private async entriesOf(sql: Sql, actor: Actor, id: string): Promise<(BatchLine & { state: 'pending' | 'redeemed' | 'revoked' | 'expired' | null })[]> {
    const rows = await sql.rows<BatchLine & { state: 'pending' | null }>(
      `SELECT e.line, coalesce(i.email, '') AS email, e.outcome, CASE WHEN i.id IS NOT NULL THEN ${STATE} END AS state
       FROM invitation_batch b CROSS JOIN jsonb_to_recordset(b.report -> 'entries') AS e(line int, outcome text, invitation uuid) LEFT JOIN invitation i ON i.id = e.invitation
       WHERE b.id = $1 AND b.inviter_person_id = $2 ORDER BY e.line`, [id, actor.personId]);
    if (rows.length === 0) throw new NotFound();
    return rows;
  }

  /** To a request that comes once more. */
  private async answerAgain(tx: Sql, actor: Actor, { id }: InvitationBatchBody): Promise<InvitationBatchReport> {
    const row = await tx.row<{ report: Kept }>('SELECT report FROM invitation_batch WHERE id = $1', [id]);
    if (!row) throw new NotFound();
    const entries = (await this.entriesOf(tx, actor, id)).map(({ line, email, outcome }) => ({ line, email, outcome }));
    return { id, dryRun: false, applied: true, ...row.report.counts, entries, errors: row.report.errors.map((error) => ({ ...error, value: '' })) };
  }
}

function report({ id, dryRun }: InvitationBatchBody, { lines, ready, others, errors }: JudgedBatch, { applied }: { applied: boolean }): InvitationBatchReport {
  const refused = others.filter(({ outcome }) => outcome === 'refused').length;
  const entries = [...ready.map(({ line, body }): BatchLine => ({ line, email: body.email, outcome: 'invited' })), ...others].sort((a, b) => a.line - b.line);
  return { id, dryRun, applied, lines, invited: ready.length, known: others.length - refused, refused, entries, errors };
}

function kept({ lines, invited, known, refused, entries, errors }: InvitationBatchReport, sent: Invitable[]): Kept {
  const ids = new Map(sent.map(({ line, body }) => [line, body.id]));
  return { counts: { lines, invited, known, refused }, entries: entries.map(({ line, outcome }) => ({ line, outcome, invitation: ids.get(line) })), errors: errors.map(({ line, column, code }) => ({ line, column, code })) };
}
