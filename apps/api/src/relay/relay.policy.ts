import { type Actor, canWrite, type Capacity, Forbidden, isGuest } from '../platform/index.js';

/** Whoever holds a function somewhere may write to another city; a guest works in one space only. */
export const canAsk = (actor: Actor): actor is Actor & { capacity: Capacity } => canWrite(actor) && !isGuest(actor);

/** @throws Forbidden */
export function assertWriter(actor: Actor): asserts actor is Actor & { capacity: Capacity } {
  if (!canAsk(actor)) throw new Forbidden();
}
