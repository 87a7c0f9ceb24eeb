/** Mandates and memberships run by days of UTC. @returns "2026-11-25" */
export const todayOfMandates = (): string => new Date().toISOString().slice(0, 10);
/** A day as an instant that falls on it in nearly every time zone, so that it is shown as that day. */
export const noonOf = (day: string): string => `${day}T12:00:00Z`;
