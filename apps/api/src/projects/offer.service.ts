import { Injectable } from '@nestjs/common';
import { type CreateOfferBody, type EditOfferBody, nextOfferState, OFFER_LIFE, type OfferActionBody, type OfferContent, offerGaps, stepsFrom } from '@passerelle/contract';
import { requestHash } from '../forum/index.js';
import { type Actor, Database, DomainError, Forbidden, StaleVersion } from '../platform/index.js';
import { WriteTransaction } from '../realtime/index.js';
import { assertSignatory, assertWriter, isRepeat, signatureOf } from './capacity.js';
import { assertSameRequest, assertVocabulary, refuseGaps, sameContent } from './gaps.js';
import { canEditOffer, isOwner, matchRoles } from './match.policy.js';
import { loadOffer } from './need-store.js';

/** Writes of offers: what a city can do for others. */
@Injectable()
export class OfferService {
  constructor(
    private readonly write: WriteTransaction,
    private readonly database: Database,
  ) {}

  /** Active at once: it commits the city, so somebody who signs for it makes it. A repeat gives the stored one. */
  async create(actor: Actor, { id, content }: CreateOfferBody): Promise<{ created: boolean }> {
    assertWriter(actor);
    refuseGaps(offerGaps(content));
    const hash = requestHash(content);
    const created = await this.write.run(actor, async ({ tx, record }) => {
      const delegation = await assertSignatory(tx, actor, content.concepts);
      await assertVocabulary(tx, null, content.concepts, 'content.concepts');
      const added = await tx.run(
        `INSERT INTO offer (id, organisation_id, owner_person_id, owner_name, owner_function, request_hash, content, title, language, concepts, forms, delegation_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT DO NOTHING`,
        [id, actor.capacity.organisationId, ...signatureOf(actor), hash, ...columns(content), delegation]);
      if (added > 0) record({ type: 'offer.edited', audience: 'members', subject: id });
      return added > 0;
    });
    if (!created) assertSameRequest(await this.database.row('SELECT id AS ref, version, request_hash, owner_person_id AS person FROM offer WHERE id = $1', [id]), actor.personId, hash);
    return { created };
  }

  async edit(actor: Actor, id: string, { version, content }: EditOfferBody): Promise<void> {
    await this.write.run(actor, async ({ tx, record }) => {
      const offer = await loadOffer(tx, actor, id, { lock: true });
      if (!canEditOffer(actor, offer)) throw new Forbidden();
      if (sameContent(offer.content, content)) return;
      if (offer.version !== version) throw new StaleVersion(offer.version);
      refuseGaps(offerGaps(content));
      await assertVocabulary(tx, null, content.concepts, 'content.concepts');
      await tx.run('UPDATE offer SET content = $2, title = $3, language = $4, concepts = $5, forms = $6, version = version + 1, updated_at = now() WHERE id = $1', [id, ...columns(content)]);
      record({ type: 'offer.edited', audience: 'members', subject: id });
    });
  }

  /** Takes one step of OFFER_LIFE. Repeating the last one is answered as done. */
  async act(actor: Actor, id: string, body: OfferActionBody): Promise<void> {
    const { action } = body;
    await this.write.run(actor, async ({ tx, record }) => {
      const offer = await loadOffer(tx, actor, id, { lock: true });
      if (isRepeat(actor, offer, body)) return;
      const { from, by } = OFFER_LIFE[action];
      if (!from.includes(offer.state)) throw new DomainError('not-possible-now', 'conflict', { state: offer.state, action });
      if (!stepsFrom(OFFER_LIFE, offer.state, matchRoles(actor, offer)).includes(action)) throw by.includes('signatory') && isOwner(actor, offer) ? new DomainError('mandate-required', 'forbidden') : new Forbidden();
      if (offer.version !== body.version) throw new StaleVersion(offer.version);
      await tx.run('UPDATE offer SET state = $2, last_action = $3, version = version + 1, updated_at = now() WHERE id = $1', [id, nextOfferState(offer.state, action), JSON.stringify({ action, person: actor.personId, ...(offer.delegation && by.includes('signatory') && { delegation: offer.delegation }) })]);
      record({ type: 'offer.edited', audience: 'members', subject: id });
    });
  }
}

const columns = (content: OfferContent) => [JSON.stringify(content), content.title, content.language, content.concepts, content.forms];
