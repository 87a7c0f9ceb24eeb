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

/** Tells somebody that the secretariat has taken the second factor off their account. */
export function resetMail(language: 'fr' | 'en'): { subject: string; text: string } {
  if (language === 'en')
    return {
      subject: 'Your second factor was reset',
      text: 'Good day,\n\nThe permanent secretariat has removed the second factor of your account at your request. Please sign in and set it up again under "Me, Security".\n\nIf you did not ask for this, please tell the secretariat at once.\n\nPasserelle\n',
    };
  const text = frenchTypography(`Bonjour,\n\nLe secrétariat permanent a retiré le second facteur de votre compte, à votre demande. Connectez-vous et remettez-le en place sous « Moi, Sécurité ».\n\nSi vous n'avez rien demandé, prévenez le secrétariat sans attendre.\n\nPasserelle`);
  return { subject: 'Votre second facteur a été retiré', text: `${text}\n` };
}

/** Tells somebody that their password was changed, in case it was not them. */
export function passwordMail(language: 'fr' | 'en'): { subject: string; text: string } {
  if (language === 'en')
    return {
      subject: 'Your password was changed',
      text: 'Good day,\n\nThe password of your account on Passerelle has just been changed, and your other devices were signed out.\n\nIf it was not you, please tell the permanent secretariat at once.\n\nPasserelle\n',
    };
  const text = frenchTypography(`Bonjour,\n\nLe mot de passe de votre compte Passerelle vient d'être changé, et vos autres appareils ont été déconnectés.\n\nSi ce n'était pas vous, prévenez le secrétariat permanent sans attendre.\n\nPasserelle`);
  return { subject: 'Votre mot de passe a été changé', text: `${text}\n` };
}
