import { Inject, Injectable } from '@nestjs/common';
import { type OpenRelayBody, RELAYS_PER_DAY, type RelayReadBody, type RelaySide, type SendLetterBody } from '@passerelle/contract';
import { requestHash } from '../forum/index.js';
import { type Actor, cityNotice, Database, DomainError, ENV, type Env, Forbidden, InvalidInput, mailCity, MailQueue, type Sql } from '../platform/index.js';
import { type Write, WriteTransaction } from '../realtime/index.js';
import { assertWriter } from './relay.policy.js';
import { READERS } from './relay.visibility.js';
import { type Addressee, assertSameRequest, findAddressee, loadRelay, type Signature, signatureIn } from './relay-store.js';

const SIDE_READ: Record<RelaySide, string> = {
  asker: 'UPDATE relay SET asker_read = least($2, last_position) WHERE id = $1 AND asker_read < least($2, last_position)',
  city: 'UPDATE relay SET city_read = least($2, last_position) WHERE id = $1 AND city_read < least($2, last_position)',
};

interface Letter extends SendLetterBody {
  relay: string; position: number; side: RelaySide; organisationId: string; signature: Signature; hash: Buffer;
}

/** Letters between a member and a city. What is told to the two sides commits with the letter. */
@Injectable()
export class RelayService {
  constructor(
    private readonly write: WriteTransaction,
    private readonly database: Database,
    private readonly mails: MailQueue,
    @Inject(ENV) private readonly env: Env,
  ) {}

  /** Opens a conversation with its first letter. A repeat gives the stored one. @throws DomainError `relay-limit` above RELAYS_PER_DAY. */
  async open(actor: Actor, body: OpenRelayBody): Promise<{ created: boolean }> {
    const hash = requestHash(body.practice ?? null, body.organisation ?? null, body.body);
    const created = await this.write.run(actor, async (write) => {
      const { tx } = write;
      assertWriter(actor);
      // In a row per account: a retry finds the first request done, and no two of them pass the bound together.
      await tx.run('SELECT 1 FROM account WHERE id = $1 FOR NO KEY UPDATE', [actor.accountId]);
      if (await tx.row('SELECT 1 FROM relay WHERE id = $1', [body.id])) return false;
      const signature = await signatureIn(tx, actor, actor.capacity.organisationId);
      if (!signature) throw new Forbidden();
      const to = await addresseeOf(tx, actor, body);
      await assertBelowBound(tx, actor);
      const added = await tx.run(
        `INSERT INTO relay (id, organisation_id, practice_id, practice_title, asker_person_id, asker_organisation_id, asker_name, asker_function, request_hash)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING`,
        [body.id, to.organisationId, to.practice?.id ?? null, to.practice?.title ?? null, actor.personId, actor.capacity.organisationId, signature.name, signature.function, hash]);
      if (added === 0) return false;
      await addLetter(write, actor, { id: body.id, body: body.body, relay: body.id, position: 1, side: 'asker', organisationId: actor.capacity.organisationId, signature, hash });
      await this.mail(tx, body.id, { organisation: to.organisationId, signature, from: actor.capacity.organisationId, words: body.body });
      return true;
    });
    if (created) this.mails.soon();
    else assertSameRequest(await this.database.row('SELECT request_hash, asker_person_id AS person FROM relay WHERE id = $1', [body.id]), actor, hash);
    return { created };
  }

  /** A letter of the actor's side, signed with the function held there. A repeat is answered as done. */
  async send(actor: Actor, id: string, body: SendLetterBody): Promise<{ created: boolean }> {
    const hash = requestHash(id, body.body);
    const created = await this.write.run(actor, async (write) => {
      const { tx } = write;
      const relay = await loadRelay(tx, actor, id, { lock: true });
      const signature = await signatureIn(tx, actor, relay.ownOrganisationId);
      if (!signature) throw new Forbidden();
      const position = relay.lastPosition + 1;
      if (!(await addLetter(write, actor, { ...body, relay: id, position, side: relay.side, organisationId: relay.ownOrganisationId, signature, hash }))) return false;
      await tx.run('UPDATE relay SET last_position = $2, last_at = now() WHERE id = $1', [id, position]);
      if (relay.side === 'asker') await this.mail(tx, id, { organisation: relay.cityId, signature, from: relay.ownOrganisationId, words: body.body });
      return true;
    });
    if (created) this.mails.soon();
    else assertSameRequest(await this.database.row('SELECT request_hash, author_person_id AS person FROM relay_message WHERE id = $1', [body.id]), actor, hash);
    return { created };
  }

  /** What comes to the city reaches its mailbox too, whoever is in office; what the city answers is for who asked. */
  private async mail(tx: Sql, relay: string, { organisation, signature, from, words }: { organisation: string; signature: Signature; from: string; words: string }): Promise<void> {
    const sender = await tx.row<{ name: string }>('SELECT name FROM organisation WHERE id = $1', [from]);
    await mailCity(tx, organisation, (language) => cityNotice('letter', language, { about: `${signature.function}, ${sender?.name ?? ''}`, words, link: `${this.env.publicUrl}/messages/${relay}` }));
  }

  /** Moves the read position of the actor's side forward, never back; the others of that side learn of it. */
  async read(actor: Actor, id: string, { position }: RelayReadBody): Promise<void> {
    await this.write.run(actor, async ({ tx, record }) => {
      const { side } = await loadRelay(tx, actor, id);
      if ((await tx.run(SIDE_READ[side], [id, position])) === 0) return;
      for (const account of await readersOf(tx, id, side)) record({ type: 'relay.read', audience: 'account', account, subject: id });
    });
  }
}

async function addresseeOf(tx: Sql, actor: Actor, { practice, organisation }: OpenRelayBody): Promise<Addressee> {
  const path = practice === undefined ? 'organisation' : 'practice';
  const found = await findAddressee(tx, actor, { practice, organisation });
  if (!found) throw new InvalidInput(path, 'not_found');
  if (found.organisationId === actor.capacity?.organisationId) throw new InvalidInput(path, 'same_city');
  return found;
}

async function assertBelowBound(tx: Sql, actor: Actor): Promise<void> {
  const opened = await tx.row<{ count: number }>(`SELECT count(*) AS count FROM relay WHERE asker_person_id = $1 AND created_at > now() - interval '1 day'`, [actor.personId]);
  if ((opened?.count ?? 0) >= RELAYS_PER_DAY) throw new DomainError('relay-limit', 'conflict', { max: RELAYS_PER_DAY });
}

/** Stores a letter and tells both sides. @returns false when its id is taken. */
async function addLetter({ tx, record }: Write, actor: Actor, letter: Letter): Promise<boolean> {
  const { id, body, relay, position, side, organisationId, signature, hash } = letter;
  const added = await tx.run(
    `INSERT INTO relay_message (id, relay_id, position, side, body, author_person_id, author_organisation_id, author_name, author_function, request_hash)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (id) DO NOTHING`,
    [id, relay, position, side, body, actor.personId, organisationId, signature.name, signature.function, hash]);
  if (added === 0) return false;
  for (const account of await readersOf(tx, relay)) record({ type: 'relay.sent', audience: 'account', account, subject: relay, detail: { letter: id, position } });
  return true;
}

async function readersOf(tx: Sql, relay: string, side?: RelaySide): Promise<string[]> {
  const rows = await tx.rows<{ id: string; side: RelaySide }>(READERS, [relay]);
  return rows.filter((row) => side === undefined || row.side === side).map((row) => row.id);
}
