/** Names of socket rooms; only this file spells them. */
export const rooms = {
  thread: (id: string) => `thread:${id}`,
  space: (id: string) => `space:${id}`,
  account: (id: string) => `account:${id}`,
  session: (id: string) => `session:${id}`,
  members: 'members',
};
