import { frenchTypography } from '@passerelle/text';

/** The mail with a one-time link, in the language of the page that asked for it. */
export function linkMail(language: 'fr' | 'en', link: string, minutes: number): { subject: string; text: string } {
  if (language === 'en') {
    return {
      subject: 'Your sign-in link for Passerelle',
      text: `Good day,\n\nHere is your link to sign in to Passerelle. It works once, for ${minutes} minutes:\n\n${link}\n\nIf you did not ask for it, you may ignore this message: nobody can sign in without it.\n\nPasserelle, the exchange platform of the International Association of Francophone Mayors\n`,
    };
  }
  const before = frenchTypography(`Bonjour,\n\nVoici votre lien de connexion à Passerelle. Il fonctionne une seule fois, pendant ${minutes} minutes :`);
  const after = frenchTypography(
    `Si vous ne l'avez pas demandé, vous pouvez ignorer ce message : personne ne peut se connecter sans lui.\n\nPasserelle, la plateforme d'échange de l'Association internationale des maires francophones`);
  return { subject: 'Votre lien de connexion à Passerelle', text: `${before}\n\n${link}\n\n${after}\n` };
}
