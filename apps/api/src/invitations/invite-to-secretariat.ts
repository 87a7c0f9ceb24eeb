import { randomBytes } from 'node:crypto';
import { INVITATION_DAYS, InvitationBody } from '@passerelle/contract';
import { v7 as uuid } from 'uuid';
import { recordAudit } from '../audit/index.js';
import { requestHash } from '../forum/index.js';
import { type Database, enqueueMail, type Env, hashToken } from '../platform/index.js';
import { invitationMail } from './invitation-mail.js';

const Wanted = InvitationBody.pick({ email: true, function: true, language: true });
const SENDER = { fr: 'L’exploitant du service', en: 'The operator of the service' };

/**
 * Invites somebody into the secretariat for the operator of the service, who has no account: so the first accounts come about, and
 * so somebody administers again when the last mandate of the secretariat has ended (docs/decisions/0026). An invitation that waits at the address is replaced. @returns the link, which is mailed as well.
 * @throws Error in words when the address has an account or something is not as it should be
 */
export async function inviteToSecretariat(database: Database, env: Env, wanted: { email: string; function: string; language: string }): Promise<string> {
  const read = Wanted.safeParse(wanted);
  if (!read.success) throw new Error(read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n'));
  const { email, function: office, language } = read.data;
  const [id, token] = [uuid(), randomBytes(24).toString('base64url')];
  const link = `${env.publicUrl}/invitation?token=${token}`;
  await database.transaction(async (tx) => {
    const association = await tx.row<{ id: string; name: string }>(`SELECT id, name FROM organisation WHERE kind = 'association' ORDER BY created_at, id LIMIT 1`);
    if (!association) throw new Error('The association itself is not in the database: start the service once.');
    if (await tx.row('SELECT 1 FROM account WHERE email = $1', [email])) throw new Error('This address has an account. Invite another one: whoever enters by it gives this account a role or a mandate.');
    await tx.run('UPDATE invitation SET revoked_at = now() WHERE email = $1 AND redeemed_at IS NULL AND revoked_at IS NULL', [email]);
    await tx.run(
      `INSERT INTO invitation (id, email, token_hash, language, role, organisation_id, function, inviter_organisation_id, inviter_function, request_hash, expires_at)
       VALUES ($1, $2, $3, $4, 'administrator', $5, $6, $5, $7, $8, now() + make_interval(days => ${INVITATION_DAYS}))`, [id, email, hashToken(token), language, association.id, office, SENDER[language], requestHash(id)]);
    await enqueueMail(tx, { to: email, ...invitationMail({ language, link, days: INVITATION_DAYS, invitedBy: `${SENDER[language]}, ${association.name}`, function: office, organisation: association.name, note: '' }) });
    await recordAudit(tx, null, { act: 'invitation.sent', subjectKind: 'invitation', subjectId: id, detail: { role: 'administrator' } });
  });
  return link;
}
