import { type Actor, isGuest, NotFound } from '../platform/index.js';

/** The one rule of visibility of candidatures: all members read that there is one, its counter and what was decided; for guests there are none. */
export const canReadAccessions = (actor: Actor) => !isGuest(actor);

/** @throws NotFound for guests: absent and hidden look the same. */
export function assertReadsAccessions(actor: Actor): void {
  if (!canReadAccessions(actor)) throw new NotFound();
}

/** What the file holds is for the secretariat and whoever is in office in the candidate's own house. */
export const canReadFile = (actor: Actor, accession: { organisationId: string }) => actor.role === 'administrator' || isOf(actor, accession.organisationId);

/** The same in SQL: `accession` is the alias of its row, the others are the places of `fileReaderOf`. */
export const readableFile = (accession: string, administers: string, organisation: string) => `(${administers}::boolean OR ${accession}.organisation_id = ${organisation}::uuid)`;
export const fileReaderOf = (actor: Actor): [administers: boolean, organisation: string | null] => [actor.role === 'administrator', isGuest(actor) ? null : (actor.capacity?.organisationId ?? null)];

/** What the capital thinks is for the secretariat and the capital itself; others see that it has answered. */
export const canReadOpinion = (actor: Actor, accession: { capitalId: string | null }) => actor.role === 'administrator' || isOf(actor, accession.capitalId);

const isOf = (actor: Actor, organisationId: string | null) => !isGuest(actor) && organisationId !== null && actor.capacity?.organisationId === organisationId;
