import type { AccessionOutcome } from '@passerelle/contract';
import { frenchTypography } from '@passerelle/text';

export type AccessionNews = 'opened' | 'asked' | 'answered' | AccessionOutcome;
interface About {
  language: 'fr' | 'en'; candidate: string; capital: string | null; link: string;
  /** What was decided, in the words of the decision; not needed of other news. */
  words?: string | undefined;
}

const WORDS: Record<AccessionNews, Record<'fr' | 'en', [subject: string, sentence: (candidate: string, capital: string) => string]>> = {
  opened: {
    fr: ['Votre candidature est ouverte', (candidate) => `Le secrétariat permanent a ouvert la candidature de ${candidate} à l'Association. La liste des documents attendus est sur Passerelle, où vous pouvez les remettre.`],
    en: ['Your candidature is open', (candidate) => `The permanent secretariat has opened the candidature of ${candidate} to the Association. The list of documents awaited is on Passerelle, where you can hand them in.`],
  },
  asked: {
    fr: ['Votre avis est demandé sur une candidature', (candidate, capital) => `${candidate} demande à rejoindre l'Association. Comme capitale de l'État, ${capital} est invitée à donner son avis : favorable, réservé ou défavorable.`],
    en: ['Your opinion is asked on a candidature', (candidate, capital) => `${candidate} asks to join the Association. As capital of the State, ${capital} is invited to give its opinion: favourable, reserved or unfavourable.`],
  },
  answered: {
    fr: ['La capitale a donné son avis', (candidate, capital) => `${capital} a donné son avis sur la candidature de ${candidate}.`],
    en: ['The capital has given its opinion', (candidate, capital) => `${capital} has given its opinion on the candidature of ${candidate}.`],
  },
  accepted: {
    fr: ['Candidature acceptée', (candidate) => `La candidature de ${candidate} est acceptée.`],
    en: ['Candidature accepted', (candidate) => `The candidature of ${candidate} is accepted.`],
  },
  refused: {
    fr: ['Candidature refusée', (candidate) => `La candidature de ${candidate} n'est pas acceptée.`],
    en: ['Candidature refused', (candidate) => `The candidature of ${candidate} is not accepted.`],
  },
  deferred: {
    fr: ['Candidature reportée', (candidate) => `La décision sur la candidature de ${candidate} est reportée.`],
    en: ['Candidature deferred', (candidate) => `The decision on the candidature of ${candidate} is deferred.`],
  },
};

/** Tells somebody what has become of a candidature, in their language. */
export function accessionMail(news: AccessionNews, { language, candidate, capital, words = '', link }: About): { subject: string; text: string } {
  const [subject, sentence] = WORDS[news][language];
  const body = [language === 'fr' ? 'Bonjour,' : 'Good day,', sentence(candidate, capital ?? ''), ...(words ? [`${language === 'fr' ? 'Décision :' : 'Decision:'} ${words}`] : [])].join('\n\n');
  return { subject: language === 'fr' ? frenchTypography(subject) : subject, text: `${language === 'fr' ? frenchTypography(body) : body}\n\n${link}\n\nPasserelle\n` };
}
