import { frenchTypography } from '@passerelle/text';
import { deviceInWords } from './device.js';

interface About {
  language: 'fr' | 'en';
  timeZone: string;
  device: string;
  shared: boolean;
  at: Date;
  /** Where somebody says that it was not them; it works once, for so many days. */
  link: string;
  days: number;
}

const timeIn = (at: Date, language: 'fr' | 'en', timeZone: string) =>
  new Intl.DateTimeFormat(language === 'fr' ? 'fr-FR' : 'en-GB', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', hour: 'numeric', minute: '2-digit', timeZone, timeZoneName: 'long' }).format(at);

/** Tells somebody of a sign-in from a browser that was not seen with their account before, in their language and time zone. */
export function alertMail({ language, timeZone, device, shared, at, link, days }: About): { subject: string; text: string } {
  const [when, what] = [timeIn(at, language, timeZone), deviceInWords(device, language)];
  if (language === 'en') {
    const before = `Good day,\n\nYour Passerelle account was signed in to from a browser that we had not seen with it before.\n\nWhen: ${when}\nDevice: ${what}${shared ? ', declared as shared' : ''}\n\nIf it was you, there is nothing to do.\n\nIf it was not you, open this page. It ends all sessions and voids the password (the link works once, for ${days} days):`;
    return { subject: 'A sign-in from a new device', text: `${before}\n\n${link}\n\nPasserelle\n` };
  }
  const before = frenchTypography(
    `Bonjour,\n\nUne connexion à votre compte Passerelle vient d'un navigateur que nous n'avions pas encore vu avec lui.\n\nDate : ${when}\nAppareil : ${what}${shared ? ', déclaré comme partagé' : ''}\n\nSi c'était vous, il n'y a rien à faire.\n\nSi ce n'était pas vous, ouvrez cette page. Elle ferme toutes les sessions et rend le mot de passe inutilisable (le lien sert une seule fois, pendant ${days} jours) :`);
  return { subject: "Une connexion depuis un nouvel appareil", text: `${before}\n\n${link}\n\nPasserelle\n` };
}
