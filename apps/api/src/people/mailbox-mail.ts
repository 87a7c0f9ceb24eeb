import { MAILBOX_LINK_HOURS } from '@passerelle/contract';
import { frenchTypography } from '@passerelle/text';

/** Asks whoever reads the mailbox of a city whether it may count, in the language of the mailbox. */
export function mailboxMail(language: 'fr' | 'en', { city, link }: { city: string; link: string }): { subject: string; text: string } {
  if (language === 'en')
    return {
      subject: `The mailbox of ${city} on Passerelle`,
      text: `Good day,\n\n${city} wishes to receive here the letters and notices that are sent to it on Passerelle, the exchange platform of the International Association of Francophone Mayors. If this is right, please confirm it within ${MAILBOX_LINK_HOURS} hours; the link works once:\n\n${link}\n\nIf nobody here asked for it, you may ignore this message: without a confirmation nothing more will come.\n\nPasserelle\n`,
    };
  const before = frenchTypography(`Bonjour,\n\nLa ville de ${city} souhaite recevoir ici les lettres et les avis qui lui sont adressés sur Passerelle, la plateforme d'échange de l'Association internationale des maires francophones. Si c'est bien le cas, confirmez-le dans les ${MAILBOX_LINK_HOURS} heures ; le lien ne sert qu'une fois :`);
  const after = frenchTypography(`Si personne ici ne l'a demandé, vous pouvez ignorer ce message : sans confirmation, rien d'autre ne viendra.`);
  return { subject: frenchTypography(`La boîte de ${city} sur Passerelle`), text: `${before}\n\n${link}\n\n${after}\n\nPasserelle\n` };
}
