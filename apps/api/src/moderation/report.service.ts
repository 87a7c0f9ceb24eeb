import { Injectable } from '@nestjs/common';
import { type CaseTarget, Id, type ReportBody } from '@passerelle/contract';
import { v7 as uuid } from 'uuid';
import { requestHash } from '../forum/index.js';
import { type Actor, enqueueNetworkMail, IdReused, inForce, isGuest, NotFound, readableThread, type Sql } from '../platform/index.js';
import { listed } from '../practices/index.js';
import { type Write, WriteTransaction } from '../realtime/index.js';
import { animatesThere, joinCase, lockNumbers, type ReportedThing, tellModerators, visibleCase } from './case-store.js';
import { deskMail } from './decision-mail.js';
import { hasJudge, isConfidential, moderatorOutside, tellOutside } from './judges.js';

// What was reported, for somebody who may read it: where it stands and who answers for it.
const REPORTED: Record<ReportBody['targetKind'], string> = {
  post: `SELECT p.id::text AS id, t.space_id, p.author_person_id, p.author_organisation_id FROM post p JOIN thread t ON t.id = p.thread_id WHERE p.id = $1::uuid AND ${readableThread('t', '$2', '$3')} AND p.state = 'visible'`,
  thread: `SELECT t.id::text AS id, t.space_id, t.author_person_id, t.author_organisation_id FROM thread t WHERE t.id = $1::uuid AND ${readableThread('t', '$2', '$3')}`,
  // Whoever may see under which function somebody is shown: on the page of the city, or beside a message.
  profile: `SELECT m.id::text AS id, NULL::uuid AS space_id, m.person_id AS author_person_id, m.organisation_id AS author_organisation_id FROM mandate m
    WHERE ${inForce('m')} AND (m.id::text = $1 OR EXISTS (
      SELECT 1 FROM post p JOIN thread t ON t.id = p.thread_id WHERE 'post:' || p.id = $1 AND p.author_person_id = m.person_id AND p.author_organisation_id = m.organisation_id
        AND p.state = 'visible' AND t.naming = 'shown' AND ${readableThread('t', '$2', '$3')})) ORDER BY m.valid_from DESC NULLS LAST, m.id LIMIT 1`,
  practice: `SELECT p.id::text AS id, NULL::uuid AS space_id, p.owner_person_id AS author_person_id, p.organisation_id AS author_organisation_id FROM practice p
    WHERE (p.ref = $1 OR p.id::text = $1) AND ${listed('p')} AND $2::uuid[] IS NOT NULL AND $3::uuid[] IS NOT NULL`,
};

/** Takes reports in: those of one thing are one case. */
@Injectable()
export class ReportService {
  constructor(private readonly write: WriteTransaction) {}

  /**
   * @throws NotFound when the reporter can't read the target; DomainError `no-other-judge` in a confidential space where nobody may decide, until the reporter
   * lets a moderator outside read it.
   */
  async file(actor: Actor, body: ReportBody): Promise<{ created: boolean; id: string }> {
    const id = body.id ?? uuid();
    const { targetKind, targetId, reason, text } = body;
    const hash = requestHash(targetKind, targetId, reason, text);
    if (targetKind === 'practice' || targetKind === 'profile' ? isGuest(actor) : !Id.safeParse(targetId).success) throw new NotFound();
    return this.write.run(actor, async (write) => {
      const { tx } = write;
      await lockPlace(tx, targetKind, targetId);
      const stored = await tx.row<{ request_hash: Buffer; reporter_account_id: string }>('SELECT request_hash, reporter_account_id FROM report WHERE id = $1', [id]);
      if (stored && (stored.reporter_account_id !== actor.accountId || !stored.request_hash.equals(hash))) throw new IdReused();
      // What was filed is filed, also when the thing is gone since.
      if (stored) return { created: false, id };
      const thing = await tx.row<ReportedThing & Record<string, unknown>>(REPORTED[targetKind], [targetId, actor.spaceIds, actor.threadIds]);
      if (!thing) throw new NotFound();
      // The same words of one person about what is still open are one report.
      const same = await tx.row<{ id: string }>(`SELECT r.id FROM report r JOIN moderation_case c ON c.id = r.case_id AND c.state = 'open' WHERE r.reporter_account_id = $1 AND r.request_hash = $2 LIMIT 1`, [actor.accountId, hash]);
      if (same) return { created: false, id: same.id };
      await store(write, { id, targetKind, targetId: thing.id, reason, text, hash, reporter: actor.accountId, tellModerator: body.tellModerator }, thing);
      return { created: true, id };
    });
  }

  /** Files what somebody without an account says of a public page. The same words about the same thing are one report. @throws NotFound. */
  async fileFromVisitor({ kind, id }: { kind: 'practice' | 'page'; id: string }, text: string): Promise<void> {
    await this.write.run(null, async (write) => {
      const thing = kind === 'page' ? { id, space_id: null, author_person_id: null, author_organisation_id: null } : await write.tx.row<ReportedThing & Record<string, unknown>>(REPORTED.practice, [id, [], []]);
      if (!thing) throw new NotFound();
      await store(write, { id: uuid(), targetKind: kind, targetId: id, reason: 'false', text, hash: requestHash(kind, id, text), reporter: null, tellModerator: false }, thing);
    });
  }
}

/** The thread, then the numbers of cases: what is read now, the space and whether the report is there already, holds until it is stored. */
async function lockPlace(tx: Sql, kind: CaseTarget, id: string): Promise<void> {
  if (kind === 'post' || kind === 'thread') await tx.row(`SELECT 1 FROM thread WHERE id = ${kind === 'post' ? '(SELECT thread_id FROM post WHERE id = $1::uuid)' : '$1::uuid'} FOR SHARE`, [id]);
  await lockNumbers(tx);
}

interface Filed {
  id: string; targetKind: CaseTarget; targetId: string; reason: string; text: string; hash: Buffer;
  /** The account; null for a visitor. */
  reporter: string | null;
  tellModerator: boolean;
}

/** The one way into the table: a report always belongs to a case, and moderation hears of it. */
async function store(write: Write, { id, targetKind, targetId, reason, text, hash, reporter, tellModerator }: Filed, thing: ReportedThing): Promise<void> {
  const caseId = await joinCase(write.tx, targetKind, thing);
  const added = await write.tx.run(
    'INSERT INTO report (id, target_kind, target_id, reason, text, reporter_account_id, request_hash, case_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (case_id, request_hash) WHERE reporter_account_id IS NULL DO NOTHING',
    [id, targetKind, targetId, reason, text, reporter, hash, caseId]);
  if (added === 0) return;
  // A case waits for somebody, or its reporter knows that it would not.
  if ((await isConfidential(write.tx, thing.space_id)) && !(await hasJudge(write.tx, caseId))) await tellOutside(write.tx, caseId, await moderatorOutside(write.tx, caseId, { consent: tellModerator }));
  await tellModerators(write, caseId);
  await askAnimators(write, caseId);
}

/** Whoever animates a confidential space has no desk to look at every day: with the first report of a thing they get a mail, which names nothing, if they agree to mail of the network. */
async function askAnimators({ tx }: Write, caseId: string): Promise<void> {
  const animators = await tx.rows<{ email: string; language: 'fr' | 'en' }>(
    `SELECT a.email, a.interface_language AS language FROM moderation_case c JOIN space_member m ON m.space_id = c.space_id AND m.role = 'animator' JOIN account a ON a.person_id = m.person_id AND a.disabled_at IS NULL
     WHERE c.id = $1 AND a.role NOT IN ('moderator', 'administrator') AND ${visibleCase('c', 'a')} AND ${animatesThere('c', 'a.person_id')} AND (SELECT count(*) FROM report r WHERE r.case_id = c.id) = 1`, [caseId]);
  for (const { email, language } of animators) await enqueueNetworkMail(tx, { to: email, ...deskMail(language) });
}
