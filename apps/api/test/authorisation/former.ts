import { MandateClock } from '../../src/accounts/index.js';
import { buildMember, type Member } from '../builders/forum.js';
import { endMandate } from '../builders/relay.js';
import { until } from '../support/app.js';
import { world } from './world.js';

/** Both were of the city of the member and animated all of its spaces; their mandates ended yesterday. */
export async function buildFormer(): Promise<Member[]> {
  const { app, member, closed, confidential, closedThread, confidentialThread } = world;
  const former = [await buildMember(app, { organisationId: member.organisationId }), await buildMember(app, { organisationId: member.organisationId, role: 'administrator' })];
  const told = async (who: Member) => (await app.call('GET', '/api/spaces', { cookie: who.cookie })).text.includes(closed.slug);
  for (const who of former) {
    for (const { id } of [closed, confidential]) await app.database.run(`INSERT INTO space_member (space_id, person_id, role) VALUES ($1, $2, 'animator')`, [id, who.personId]);
    for (const { id } of [closedThread, confidentialThread]) await app.database.run(`INSERT INTO follow (account_id, thread_id, level) VALUES ($1, $2, 'all')`, [who.accountId, id]);
    await until(() => told(who), 'the rights of before');
    await endMandate(app, who);
  }
  await app.app.get(MandateClock).work();
  for (const who of former) await until(async () => !(await told(who)), 'the end of the rights');
  return former;
}

/** What the end of a mandate leaves, by the names of the lines: the own account with its things and data, and reading what anybody may read. */
export const LEFT = [
  ...['changes the own profile', 'reads the own factors', 'asks for a secret', 'removes the own factor', 'reads what is stored', 'asks for a copy', 'asks to be erased (the last of the secretariat may not)'],
  ...['changes the own password with a wrong one', 'asks for a passkey as a fresh proof', 'asks to make a passkey', 'lists the own identities', 'agrees to mail of the network'],
  ...['saves a draft of the own under the same key', 'throws the own draft away', 'lists the own saved searches', 'saves a search', 'removes a saved search, there or not'],
  ...['lists their folders', 'makes a folder', 'removes the folder of another', 'lists the own hand-overs', 'reads own invitations', 'reads the letters to oneself', 'reads what waits of their own'],
  ...['lists the practices', 'takes the library away as a file', 'prints it', 'lists the themes', 'lists the organisations', 'is shown hits while typing', 'reads the rules', 'reads prepared reasons'],
  // Answered, with nothing in it.
  ...['lists the directory of mentions', 'marks a space as read, seen or not', 'lists the spaces that may be known', 'lists the spaces that may be read'],
  // What is not there for somebody is gone for them.
  'removes a rule of the confidential space',
];
