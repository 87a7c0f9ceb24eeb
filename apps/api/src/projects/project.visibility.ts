import { type Actor, isGuest, NotFound } from '../platform/index.js';

/** The one rule of visibility of projects: all members read them, at every stage; for guests there are none. */
export const canReadProjects = (actor: Actor) => !isGuest(actor);

/** @throws NotFound for guests: absent and hidden look the same. */
export function assertMember(actor: Actor): void {
  if (!canReadProjects(actor)) throw new NotFound();
}
