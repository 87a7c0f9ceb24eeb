import { frenchTypography } from '@passerelle/text';

interface Invited {
  language: 'fr' | 'en'; link: string; days: number; invitedBy: string; function: string; organisation: string; note: string;
}

/** The mail that invites, in the language of the invitee. */
export function invitationMail({ language, link, days, invitedBy, function: office, organisation, note }: Invited): { subject: string; text: string } {
  if (language === 'en')
    return {
      subject: 'You are invited to Passerelle',
      text: `Good day,\n\n${invitedBy} invites you to Passerelle, the exchange platform of the International Association of Francophone Mayors, as ${office}, ${organisation}.\n\n${note ? `${note}\n\n` : ''}This link is yours alone and works once, for ${days} days:\n\n${link}\n\nUntil you accept, we keep only your address and the function above, for this invitation. If you do not know who invites you, you may ignore this message.\n\nPasserelle\n`,
    };
  const before = frenchTypography(`Bonjour,\n\n${invitedBy} vous invite sur Passerelle, la plateforme d'échange de l'Association internationale des maires francophones, comme ${office}, ${organisation}.`);
  const about = frenchTypography(`Ce lien est à vous seul et fonctionne une fois, pendant ${days} jours :`);
  const after = frenchTypography(`Tant que vous n'avez pas accepté, nous ne gardons que votre adresse et la fonction ci-dessus, pour cette invitation. Si vous ne connaissez pas la personne qui vous invite, vous pouvez ignorer ce message.\n\nPasserelle`);
  return { subject: 'Une invitation à rejoindre Passerelle', text: `${before}\n\n${note ? `${frenchTypography(note)}\n\n` : ''}${about}\n\n${link}\n\n${after}\n` };
}

/** For whoever follows a link for newcomers and has an account already. */
export function alreadyMemberMail({ language, link }: { language: 'fr' | 'en'; link: string }): { subject: string; text: string } {
  if (language === 'en') return { subject: 'You have an account on Passerelle', text: `Good day,\n\nSomebody asked for an invitation for this address. It has an account already: sign in here, then open the link again.\n\n${link}\n\nIf it was not you, you need do nothing.\n\nPasserelle\n` };
  const [before, after] = ['Bonjour,\n\nUne invitation a été demandée pour cette adresse. Elle a déjà un compte : connectez-vous ici, puis ouvrez de nouveau le lien.', 'Si ce n\'était pas vous, vous n\'avez rien à faire.\n\nPasserelle'].map(frenchTypography);
  return { subject: 'Vous avez déjà un compte sur Passerelle', text: `${before}\n\n${link}\n\n${after}\n` };
}
