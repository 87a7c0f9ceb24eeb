import type { FactorResetBody } from '@passerelle/contract';
import { frenchTypography } from '@passerelle/text';
import { recordAudit } from '../audit/index.js';
import { type Actor, enqueueMail, NotFound } from '../platform/index.js';
import type { Write } from '../realtime/index.js';
import { dropOrphans } from './factor-change.js';

/**
 * Takes all factors off an account, with the recovery codes. The reason is recorded, the note stands in the mail alone.
 * @param actor null: an operator. @throws NotFound when the account has no factor.
 */
export async function resetFactors({ tx, record }: Write, actor: Actor | null, accountId: string, { reason, note }: FactorResetBody): Promise<void> {
  const account = await tx.row<{ email: string; language: 'fr' | 'en' }>('SELECT email, interface_language AS language FROM account WHERE id = $1 AND disabled_at IS NULL FOR UPDATE', [accountId]);
  const removed = (await tx.run('DELETE FROM totp WHERE account_id = $1', [accountId])) + (await tx.run('DELETE FROM passkey WHERE account_id = $1', [accountId]));
  if (!account || removed === 0) throw new NotFound();
  await dropOrphans(tx, accountId);
  await recordAudit(tx, actor, { act: 'second-factor.reset', subjectKind: 'account', subjectId: accountId, detail: { reason } });
  await enqueueMail(tx, { to: account.email, ...resetMail(account.language, reason, note) });
  // Where the role demands one, open pages lead to setting it up anew.
  record({ type: 'access.changed', audience: 'account', account: accountId });
}

const REASONS: Record<FactorResetBody['reason'], Record<'fr' | 'en', string>> = {
  lost: { fr: 'appareil perdu ou volé', en: 'device lost or stolen' },
  broken: { fr: 'appareil en panne', en: 'device out of order' },
  replaced: { fr: 'appareil remplacé', en: 'device replaced' },
  other: { fr: 'autre', en: 'other' },
};

function resetMail(language: 'fr' | 'en', reason: FactorResetBody['reason'], note: string): { subject: string; text: string } {
  const words = REASONS[reason][language];
  if (language === 'en') {
    const text = ['Good day,', `The permanent secretariat has removed the second factor of your account: passkeys, authenticator application and recovery codes.\nReason: ${words}`, ...(note ? [note] : []), 'Please sign in and set one up again under "Me, Security".', 'If you did not ask for this, please tell the secretariat at once.', 'Passerelle'];
    return { subject: 'Your second factor was reset', text: `${text.join('\n\n')}\n` };
  }
  const text = ['Bonjour,', `Le secrétariat permanent a retiré le second facteur de votre compte : clés d'accès, application d'authentification et codes de secours.\nMotif : ${words}`, ...(note ? [note] : []), 'Connectez-vous et remettez-en un en place sous « Moi, Sécurité ».', "Si vous n'avez rien demandé, prévenez le secrétariat sans attendre.", 'Passerelle'];
  return { subject: 'Votre second facteur a été retiré', text: `${frenchTypography(text.join('\n\n'))}\n` };
}
