import { Inject, Injectable } from '@nestjs/common';
import { ACCESSION_FILES_MAX, type AccessionDocumentKind, type AccessionDocumentState, type AccessionView, type DocumentStateBody, FEES, type HandInBody, type OpinionBody } from '@passerelle/contract';
import { assertReadsAccessions } from '../organisations/index.js';
import { type Actor, assertAdministrator, DomainError, ENV, type Env, Forbidden, inForce, InvalidInput, MailQueue, NotFound, preparesOnly, type Sql } from '../platform/index.js';
import { WriteTransaction } from '../realtime/index.js';
import { canManage, isOfCandidate, isOfCapital, isWaiting, takesDocuments } from './accession.policy.js';
import { AccessionQueries } from './accession.queries.js';
import { assertVersion, lockAccession, officials, secretariat, type Stored, tell, tellMoved } from './accession-store.js';

/** What a decision is taken on: the documents of the candidate and the opinion of the capital. */
@Injectable()
export class AccessionFileService {
  constructor(
    private readonly write: WriteTransaction,
    private readonly queries: AccessionQueries,
    private readonly mails: MailQueue,
    @Inject(ENV) private readonly env: Env,
  ) {}

  /** The secretariat notes where a document stands; also of one that came by post. Once more changes nothing. @throws StaleVersion */
  async moveDocument(actor: Actor, id: string, kind: AccessionDocumentKind, { version, state }: DocumentStateBody): Promise<AccessionView> {
    await this.write.run(actor, async (write) => {
      await assertAdministrator(write.tx, actor);
      const accession = await lockAccession(write.tx, id);
      const document = await lockDocument(write.tx, accession, kind);
      if (document.state === state) return;
      assertVersion(accession, version);
      assertOpenFor(accession, kind);
      await move(write.tx, actor, document.id, state);
      await tellMoved(write, actor, id, 'document-moved', { document: kind, state });
    });
    return this.queries.get(actor, id);
  }

  /** Puts a file to a document; what was awaited is received with it. For the candidate's people and the secretariat. @throws StaleVersion, InvalidInput, DomainError `quota-exceeded` */
  async handIn(actor: Actor, id: string, kind: AccessionDocumentKind, { version, attachment }: HandInBody): Promise<AccessionView> {
    assertReadsAccessions(actor);
    await this.write.run(actor, async (write) => {
      const { tx } = write;
      const accession = await lockAccession(tx, id);
      await assertMayHandIn(tx, actor, accession);
      const document = await lockDocument(tx, accession, kind);
      const files = await tx.rows<{ id: string }>('SELECT id FROM attachment WHERE accession_document_id = $1', [document.id]);
      if (files.some((file) => file.id === attachment)) return;
      assertVersion(accession, version);
      assertOpenFor(accession, kind);
      // What the secretariat has accepted is what the decision is taken on.
      if (document.state === 'accepted' && !canManage(actor)) throw new DomainError('not-possible-now', 'conflict');
      if (files.length >= ACCESSION_FILES_MAX) throw new DomainError('quota-exceeded', 'conflict', { max: ACCESSION_FILES_MAX });
      const taken = await tx.run(
        'UPDATE attachment SET accession_document_id = $1 WHERE id = $2 AND owner_account_id = $3 AND post_id IS NULL AND practice_id IS NULL AND project_id IS NULL AND accession_document_id IS NULL', [document.id, attachment, actor.accountId]);
      if (taken === 0) throw new InvalidInput('attachment', 'not_found');
      if (document.state === 'awaited') await move(tx, actor, document.id, 'received');
      await tellMoved(write, actor, id, 'document-handed-in', { document: kind });
    });
    return this.queries.get(actor, id);
  }

  /** Asks the capital; whoever signs for it gets a mail. Once more changes nothing. @throws StaleVersion, DomainError `not-possible-now` for the capital's own candidature */
  async askOpinion(actor: Actor, id: string, version: number): Promise<AccessionView> {
    await this.write.run(actor, async (write) => {
      const { tx } = write;
      await assertAdministrator(tx, actor);
      const accession = await lockAccession(tx, id);
      if (accession.askedAt) return;
      assertVersion(accession, version);
      assertTakesOpinion(accession);
      await tx.run('UPDATE accession SET opinion_asked_at = now() WHERE id = $1', [id]);
      await tellMoved(write, actor, id, 'opinion-asked', { capital: accession.capitalId });
      await tell(tx, await officials(tx, accession.capitalId, { signing: true }), 'asked', this.about(accession));
    });
    this.mails.soon();
    return this.queries.get(actor, id);
  }

  /** Until the decision: by whoever signs for the capital, or by the secretariat from a letter. The same again changes nothing. @throws Forbidden, StaleVersion, InvalidInput */
  async giveOpinion(actor: Actor, id: string, body: OpinionBody): Promise<AccessionView> {
    assertReadsAccessions(actor);
    await this.write.run(actor, async (write) => {
      const { tx } = write;
      const accession = await lockAccession(tx, id);
      await assertMayAnswer(tx, actor, accession, body);
      const by = body.letter?.from ?? `${actor.capacity?.function}, ${actor.capacity?.organisation}`;
      if (accession.opinion === body.opinion && accession.words === body.words && accession.by === by && accession.letter === (body.letter !== null)) return;
      assertVersion(accession, body.version);
      assertTakesOpinion(accession);
      if (body.letter && body.letter.on > new Date().toISOString().slice(0, 10)) throw new InvalidInput('letter.on', 'future');
      await tx.run(
        `UPDATE accession SET opinion = $2, opinion_words = $3, opinion_person_id = $4, opinion_by = $5, opinion_on = coalesce($6::date, current_date), opinion_by_letter = $7, opinion_asked_at = coalesce(opinion_asked_at, now()) WHERE id = $1`,
        [id, body.opinion, body.words, body.letter ? null : actor.personId, by, body.letter?.on ?? null, body.letter !== null]);
      await tellMoved(write, actor, id, 'opinion-given', { opinion: body.opinion, letter: body.letter !== null });
      if (!body.letter) await tell(tx, await secretariat(tx), 'answered', this.about(accession));
    });
    this.mails.soon();
    return this.queries.get(actor, id);
  }

  private about({ id, organisation, capitalName }: Stored) {
    return { candidate: organisation.name, capital: capitalName, link: `${this.env.publicUrl}/adhesions/${id}` };
  }
}

async function lockDocument(tx: Sql, { id }: Stored, kind: AccessionDocumentKind): Promise<{ id: string; state: AccessionDocumentState }> {
  const document = await tx.row<{ id: string; state: AccessionDocumentState }>('SELECT id, state FROM accession_document WHERE accession_id = $1 AND kind = $2 FOR UPDATE', [id, kind]);
  if (!document) throw new NotFound();
  return document;
}

const move = (tx: Sql, actor: Actor, document: string, state: AccessionDocumentState) =>
  tx.run('UPDATE accession_document SET state = $2, moved_by = $3, moved_function = $4, moved_at = now() WHERE id = $1', [document, state, actor.personId, actor.capacity ? `${actor.capacity.function}, ${actor.capacity.organisation}` : actor.name]);

function assertOpenFor(accession: Stored, kind: AccessionDocumentKind): void {
  if (!takesDocuments(accession, FEES.includes(kind))) throw new DomainError('not-possible-now', 'conflict');
}

function assertTakesOpinion(accession: Stored): void {
  if (!isWaiting(accession) || accession.isCapital) throw new DomainError('not-possible-now', 'conflict');
}

/** What a session remembers may be half a minute old: the mandate is read again. @throws Forbidden */
async function assertMayHandIn(tx: Sql, actor: Actor, accession: Stored): Promise<void> {
  if (canManage(actor)) return assertAdministrator(tx, actor);
  if (!isOfCandidate(actor, accession) || !(await isInOffice(tx, actor))) throw new Forbidden();
}

/** @throws Forbidden for others, DomainError `not-possible-now` before the capital was asked */
async function assertMayAnswer(tx: Sql, actor: Actor, accession: Stored, { letter }: OpinionBody): Promise<void> {
  if (letter) return assertAdministrator(tx, actor);
  if (!isOfCapital(actor, accession)) throw new Forbidden();
  if ((await tx.row<{ only: boolean }>(`SELECT ${preparesOnly('$1', `'{}'::text[]`)} AS only`, [actor.capacity?.mandateId]))?.only !== false) throw new Forbidden();
  if (!accession.askedAt) throw new DomainError('not-possible-now', 'conflict');
}

const isInOffice = async (tx: Sql, { capacity }: Actor) =>
  (await tx.row(`SELECT 1 FROM mandate m WHERE m.id = $1 AND ${inForce('m')}`, [capacity?.mandateId])) !== undefined;
