import { frenchTypography } from '@passerelle/text';

/** Tells somebody that an identity at the provider opens their account from now on. */
export function identityMail(language: 'fr' | 'en', link: string): { subject: string; text: string } {
  if (language === 'en')
    return {
      subject: 'An identity was linked to your account',
      text: `Good day,\n\nYour account on Passerelle can now be opened with your identity at your organisation's sign-in service. You can undo this under "Me, Security":\n\n${link}\n\nIf you did not do this, undo it there and tell the secretariat at once.\n\nPasserelle\n`,
    };
  const before = frenchTypography(`Bonjour,\n\nVotre compte Passerelle s'ouvre désormais aussi avec votre identité auprès du service de connexion de votre organisation. Vous pouvez revenir en arrière sous « Moi, Sécurité » :`);
  const after = frenchTypography(`Si cela ne vient pas de vous, retirez cette identité et prévenez le secrétariat sans attendre.\n\nPasserelle`);
  return { subject: frenchTypography('Une identité a été reliée à votre compte'), text: `${before}\n\n${link}\n\n${after}\n` };
}
