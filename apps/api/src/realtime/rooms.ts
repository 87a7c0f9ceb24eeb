/** Names of socket rooms; only this file spells them. */
export const rooms = {
  thread: (id: string) => `thread:${id}`,
  space: (id: string) => `space:${id}`,
  /** Guests who were admitted to this thread alone: what readers of its space hear of it, they hear here. */
  guests: (thread: string) => `guests:${thread}`,
  account: (id: string) => `account:${id}`,
  session: (id: string) => `session:${id}`,
  members: 'members',
};
