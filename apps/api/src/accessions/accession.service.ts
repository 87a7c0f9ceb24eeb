import { Inject, Injectable } from '@nestjs/common';
import { type AccessionDecisionBody, type AccessionDocumentKind, type AccessionView, documentsOf, FEES, type OpenAccessionBody, SEATS_PER_STATE } from '@passerelle/contract';
import { v7 as uuid } from 'uuid';
import { requestHash } from '../forum/index.js';
import { MentionIndex } from '../organisations/index.js';
import { type Actor, assertAdministrator, DomainError, ENV, type Env, IdReused, InvalidInput, MailQueue, type Sql } from '../platform/index.js';
import { type Write, WriteTransaction } from '../realtime/index.js';
import { isWaiting, lackingFor } from './accession.policy.js';
import { AccessionQueries } from './accession.queries.js';
import { assertVersion, lockAccession, officials, type Stored, tell, tellMoved } from './accession-store.js';
import { lockCandidate, makeMember, setMembership, takeSeat, tieBefore } from './membership.js';

/** A candidature from its opening to the decision. */
@Injectable()
export class AccessionService {
  constructor(
    private readonly write: WriteTransaction,
    private readonly queries: AccessionQueries,
    private readonly mails: MailQueue,
    private readonly mentions: MentionIndex,
    @Inject(ENV) private readonly env: Env,
  ) {}

  /** Opens a candidature; one that waits is the only one of its candidate. Repeating it is answered with what is stored. @throws InvalidInput, IdReused */
  async open(actor: Actor, body: OpenAccessionBody): Promise<{ created: boolean; view: AccessionView }> {
    const hash = requestHash(body);
    const created = await this.write.run(actor, async (write) => {
      const { tx } = write;
      await assertAdministrator(tx, actor);
      // A repeat that comes while the first is still being written waits for it.
      await tx.run('SELECT pg_advisory_xact_lock(hashtext($1))', [`accession ${body.id}`]);
      const stored = await tx.row<{ request_hash: Buffer }>('SELECT request_hash FROM accession WHERE id = $1', [body.id]);
      if (stored && !stored.request_hash.equals(hash)) throw new IdReused();
      if (stored) return false;
      await this.insert(write, actor, body, hash);
      return true;
    });
    this.mentions.forget();
    this.mails.soon();
    return { created, view: await this.queries.get(actor, body.id) };
  }

  /** Records what was decided; an acceptance makes the candidate a member from that day. Repeating it changes nothing. @throws StaleVersion, DomainError `seats-full`, `accession-incomplete`, `not-possible-now` */
  async decide(actor: Actor, id: string, body: AccessionDecisionBody): Promise<AccessionView> {
    const hash = requestHash(id, body);
    await this.write.run(actor, async (write) => {
      const { tx } = write;
      await assertAdministrator(tx, actor);
      const accession = await lockAccession(tx, id);
      const stored = await tx.row<{ request_hash: Buffer }>('SELECT request_hash FROM accession_decision WHERE id = $1', [body.id]);
      if (stored && !stored.request_hash.equals(hash)) throw new IdReused();
      if (stored) return;
      assertVersion(accession, body.version);
      if (!isWaiting(accession)) throw new DomainError('not-possible-now', 'conflict');
      await assertDay(tx, accession, body.on);
      await this.settle(tx, accession, body);
      await tx.run(
        'INSERT INTO accession_decision (id, accession_id, outcome, body, session, decided_on, words, recorded_by, request_hash) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)',
        [body.id, id, body.outcome, body.body, body.session, body.on, body.words, actor.personId, hash]);
      await tellMoved(write, actor, id, body.outcome, { decision: body.id, body: body.body, on: body.on });
      const readers = [...(await officials(tx, accession.organisationId)), ...(await officials(tx, accession.capitalId, { signing: true }))];
      await tell(tx, readers, body.outcome, { candidate: accession.organisation.name, capital: accession.capitalName, words: body.words, link: this.link(id) });
    });
    this.mails.soon();
    return this.queries.get(actor, id);
  }

  private async insert(write: Write, actor: Actor, body: OpenAccessionBody, hash: Buffer): Promise<void> {
    const { tx } = write;
    const candidate = await lockCandidate(tx, body.organisation, body.sought);
    const isAssociation = candidate.kind === 'association';
    if (isAssociation !== (body.instrument === 'bureau-decision')) throw new InvalidInput('instrument', 'not_allowed');
    if (isAssociation && body.sought === 'associate') throw new InvalidInput('sought', 'not_allowed');
    const added = await tx.run(
      'INSERT INTO accession (id, organisation_id, sought, instrument, opened_by, request_hash) VALUES ($1,$2,$3,$4,$5,$6) ON CONFLICT DO NOTHING', [body.id, candidate.id, body.sought, body.instrument, actor.personId, hash]);
    if (added === 0) throw new InvalidInput('organisation', 'candidate');
    for (const [position, kind] of documentsOf(body.instrument).entries()) await insertDocument(tx, body.id, kind, position);
    // An associate city that asks to be a full member stays what it is meanwhile.
    if (candidate.membership !== 'associate') await setMembership(tx, candidate.id, 'candidate', await today(tx));
    await tellMoved(write, actor, body.id, 'opened', { organisation: candidate.id });
    const { organisation, capitalName } = await lockAccession(tx, body.id);
    await tell(tx, await officials(tx, candidate.id), 'opened', { candidate: organisation.name, capital: capitalName, link: this.link(body.id) });
  }

  /** What the decision changes of the candidature and of the membership. */
  private async settle(tx: Sql, accession: Stored, { outcome, on }: AccessionDecisionBody): Promise<void> {
    if (outcome === 'accepted') {
      // The count that the screen showed may be old: it is taken again under the lock of the State.
      if (accession.seats && !(await takeSeat(tx, accession.organisationId, SEATS_PER_STATE))) throw new DomainError('seats-full', 'conflict', { ...accession.seats });
      const lacking = lackingFor({ ...accession, seats: null });
      if (lacking.length > 0) throw new DomainError('accession-incomplete', 'conflict', { lacking });
      await makeMember(tx, accession.organisationId, accession.sought, on);
    }
    if (outcome === 'refused') await endCandidature(tx, accession.organisationId, on);
    await tx.run('UPDATE accession SET state = $2 WHERE id = $1', [accession.id, outcome]);
  }

  private link(id: string): string {
    return `${this.env.publicUrl}/adhesions/${id}`;
  }
}

const insertDocument = (tx: Sql, accession: string, kind: AccessionDocumentKind, position: number) =>
  tx.run('INSERT INTO accession_document (id, accession_id, kind, position) VALUES ($1,$2,$3,$4)', [uuid(), accession, kind, FEES.includes(kind) ? position + FEES.length : position]);

/** Membership runs by days of UTC, as mandates do. */
const today = async (tx: Sql): Promise<string> => (await tx.row<{ day: string }>('SELECT current_date AS day'))?.day ?? '';

/** A decision is recorded once it was taken, and not before the candidature. @throws InvalidInput */
async function assertDay(tx: Sql, { openedAt }: Stored, on: string): Promise<void> {
  if (on > (await today(tx))) throw new InvalidInput('on', 'future');
  if (on < openedAt.slice(0, 10)) throw new InvalidInput('on', 'before_start');
}

/** Only where the candidature stands: an associate city stays one. */
async function endCandidature(tx: Sql, organisation: string, on: string): Promise<void> {
  if (await tx.row(`SELECT 1 FROM membership WHERE organisation_id = $1 AND valid_to IS NULL AND state = 'candidate'`, [organisation])) await setMembership(tx, organisation, await tieBefore(tx, organisation), on);
}
