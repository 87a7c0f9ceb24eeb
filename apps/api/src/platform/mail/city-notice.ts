import { frenchTypography } from '@passerelle/text';

export type CityNotice = 'letter' | 'practice' | 'introduction';
interface About {
  /** For a letter the function and city of its writer; for a practice its title; for an introduction the title of the need. */
  about: string;
  /** The words of a letter. */
  words?: string;
  link: string;
}

const WORDS: Record<CityNotice, Record<'fr' | 'en', [subject: string, sentence: (about: string) => string]>> = {
  letter: {
    fr: ['Une lettre pour votre ville', (about) => `${about}, écrit à votre ville par Passerelle :`],
    en: ['A letter for your city', (about) => `${about}, writes to your city through Passerelle:`],
  },
  practice: {
    fr: ['Une bonne pratique de votre ville', (about) => `La fiche « ${about} » de votre ville a changé d'état, ou attend quelque chose de votre ville.`],
    en: ['A good practice of your city', (about) => `The entry “${about}” of your city has changed state, or waits for something from your city.`],
  },
  introduction: {
    fr: ['Une mise en relation attend votre ville', (about) => `Une mise en relation est proposée à votre ville à propos de : « ${about} ». La réponse se donne sur Passerelle.`],
    en: ['An introduction awaits your city', (about) => `An introduction is proposed to your city about “${about}”. The answer is given on Passerelle.`],
  },
};
const FOOT = {
  fr: 'Ce message est envoyé à la boîte que votre ville a choisie. Pour répondre, une personne en fonction se connecte à Passerelle.',
  en: 'This message goes to the mailbox that your city has chosen. To answer, somebody in office signs in to Passerelle.',
};

/** What a city's mailbox is told, in its language. */
export function cityNotice(notice: CityNotice, language: 'fr' | 'en', { about, words, link }: About): { subject: string; text: string } {
  const [subject, sentence] = WORDS[notice][language];
  const set = (text: string) => (language === 'fr' ? frenchTypography(text) : text);
  const greeting = language === 'fr' ? 'Bonjour,' : 'Good day,';
  const quoted = words ? [words.split('\n').map((line) => `> ${line}`).join('\n')] : [];
  return { subject: set(subject), text: [set(greeting), set(sentence(about)), ...quoted, link, set(FOOT[language]), 'Passerelle\n'].join('\n\n') };
}
