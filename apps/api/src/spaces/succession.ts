import { recordAudit } from '../audit/index.js';
import { enqueueMail, inForce } from '../platform/index.js';
import type { Write } from '../realtime/index.js';

interface Successor extends Record<string, unknown> {
  person_id: string; account: string; email: string; language: 'fr' | 'en';
}

/**
 * Confidential spaces where somebody is the only one to animate get another animator before that person goes: whoever has belonged to them longest. Nobody
 * outside of them could give them one.
 */
export async function passOnAnimation({ tx, record }: Write, person: string): Promise<void> {
  const spaces = await tx.rows<{ id: string }>(
    `SELECT s.id FROM space s JOIN space_member m ON m.space_id = s.id AND m.role = 'animator' WHERE s.access = 'confidential' AND m.person_id = $1
       AND NOT EXISTS (SELECT 1 FROM space_member o JOIN account a ON a.person_id = o.person_id AND a.disabled_at IS NULL WHERE o.space_id = s.id AND o.role = 'animator' AND o.person_id <> $1) ORDER BY s.id FOR UPDATE OF s`, [person]);
  for (const { id } of spaces) {
    const next = await tx.row<Successor>(SUCCESSOR, [id, person]);
    // The last one leaves an empty room.
    if (!next) continue;
    await tx.run(`UPDATE space_member SET role = 'animator' WHERE space_id = $1 AND person_id = $2`, [id, next.person_id]);
    await recordAudit(tx, null, { act: 'space.member-role-changed', subjectKind: 'space', subjectId: id, detail: { person: next.person_id, role: 'animator', reason: 'succession' } });
    record({ type: 'access.changed', audience: 'account', account: next.account });
    record({ type: 'space.joined', audience: 'space', space: id, subject: id });
    await enqueueMail(tx, { to: next.email, ...successionMail(next.language) });
  }
}

// Members before those who only read, people in office before others.
const SUCCESSOR = `
  SELECT m.person_id, a.id AS account, a.email, a.interface_language AS language FROM space_member m JOIN account a ON a.person_id = m.person_id AND a.disabled_at IS NULL AND a.role <> 'guest'
  WHERE m.space_id = $1 AND m.person_id <> $2
  ORDER BY (m.role = 'reader'), NOT EXISTS (SELECT 1 FROM mandate h WHERE h.person_id = m.person_id AND ${inForce('h')}), m.joined_at, m.id LIMIT 1`;

/** Names no space: what is confidential leaves by no mail. */
function successionMail(language: 'fr' | 'en'): { subject: string; text: string } {
  if (language === 'en')
    return {
      subject: 'You now animate a space',
      text: 'Good day,\n\nA space of Passerelle to which you belong had no animator left. You have belonged to it longest: you animate it from now on, invite to it and decide on what is reported there. You may pass this role on to another member.\n\nYou will find it among your spaces.\n\nPasserelle\n',
    };
  return {
    subject: 'Vous animez désormais un espace',
    text: "Bonjour,\n\nUn espace de Passerelle dont vous êtes membre n'avait plus d'animateur. Vous en êtes le membre le plus ancien\u00a0: vous l'animez désormais, vous y invitez et vous décidez de ce qui y est signalé. Vous pouvez confier ce rôle à un autre membre.\n\nVous le trouverez parmi vos espaces.\n\nPasserelle\n",
  };
}
