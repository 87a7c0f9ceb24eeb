import type { Role } from '@passerelle/contract';
import { frenchTypography } from '@passerelle/text';

export type MandateChange = 'began' | 'ended' | 'limited' | 'suspended' | 'reinstated' | 'hand-over';
interface About {
  language: 'fr' | 'en'; function: string; organisation: string;
  /** The day, `YYYY-MM-DD`; not needed of a hand-over. */
  day?: string | undefined;
  reason?: string; link: string;
}

const dayIn = (language: 'fr' | 'en', day: string) => new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(day));

const WORDS: Record<MandateChange, Record<'fr' | 'en', [subject: string, sentence: (office: string, day: string) => string]>> = {
  began: {
    fr: ['Votre mandat sur Passerelle', (office, day) => `Le secrétariat permanent a enregistré votre mandat : ${office}, à partir du ${day}.`],
    en: ['Your mandate on Passerelle', (office, day) => `The permanent secretariat has recorded your mandate: ${office}, from ${day}.`],
  },
  ended: {
    fr: ['La fin de votre mandat', (office, day) => `Le secrétariat permanent a enregistré la fin de votre mandat : ${office}. Son dernier jour est le ${day}. Vos messages restent, sous votre fonction d'alors. Vos données restent à vous : vous pouvez en prendre copie ou les effacer.`],
    en: ['The end of your mandate', (office, day) => `The permanent secretariat has recorded the end of your mandate: ${office}. Its last day is ${day}. Your messages stay, under the function of that time. Your data remain yours: you may take a copy of them or erase them.`],
  },
  limited: {
    fr: ['Ce que couvre votre mandat', (office) => `Le secrétariat permanent a changé les thèmes que couvre votre mandat : ${office}. Vous les voyez sur votre page.`],
    en: ['What your mandate covers', (office) => `The permanent secretariat has changed the themes that your mandate covers: ${office}. You see them on your page.`],
  },
  suspended: {
    fr: ['Votre mandat est suspendu', (office, day) => `Le secrétariat permanent a enregistré la suspension de votre mandat : ${office}, à partir du ${day}.`],
    en: ['Your mandate is suspended', (office, day) => `The permanent secretariat has recorded the suspension of your mandate: ${office}, from ${day}.`],
  },
  reinstated: {
    fr: ['Votre mandat est rétabli', (office, day) => `Le secrétariat permanent a enregistré le rétablissement de votre mandat : ${office}, à partir du ${day}.`],
    en: ['Your mandate is reinstated', (office, day) => `The permanent secretariat has recorded the reinstatement of your mandate: ${office}, from ${day}.`],
  },
  'hand-over': {
    fr: ['Une passation vous attend', (office) => `Vous prenez la suite : ${office}. Ce qui est en cours, ce qui est suivi et ce qui attend une réponse vous est remis sur Passerelle.`],
    en: ['A hand-over awaits you', (office) => `You take over: ${office}. What is under way, followed and waiting for an answer is handed to you on Passerelle.`],
  },
};

const ROLES: Record<'fr' | 'en', Record<Role, string>> = {
  fr: {
    member: 'membre, au titre de vos mandats', moderator: 'modération', administrator: 'secrétariat permanent',
    guest: "invité. Vous n'êtes plus membre d'aucun espace : la personne qui anime un fil peut vous y admettre",
  },
  en: {
    member: 'member, by your mandates', moderator: 'moderation', administrator: 'permanent secretariat',
    guest: 'guest. You no longer belong to any space: whoever animates a thread can admit you to it',
  },
};

/** Tells somebody which role they have now, in their language. */
export function roleMail({ role, language, link }: { role: Role; language: 'fr' | 'en'; link: string }): { subject: string; text: string } {
  const name = ROLES[language][role];
  return language === 'fr'
    ? compose(language, 'Votre rôle sur Passerelle', [`Le secrétariat permanent a changé votre rôle, qui est désormais : ${name}.`], link)
    : compose(language, 'Your role on Passerelle', [`The permanent secretariat has changed your role, which is now: ${name}.`], link);
}

/** Tells somebody what has become of a mandate, in their language. */
export function mandateMail(change: MandateChange, { language, function: office, organisation, day, reason = '', link }: About): { subject: string; text: string } {
  const [subject, sentence] = WORDS[change][language];
  return compose(language, subject, [sentence(`${office}, ${organisation}`, day ? dayIn(language, day) : ''), ...(reason ? [`${language === 'fr' ? 'Motif :' : 'Reason:'} ${reason}`] : [])], link);
}

function compose(language: 'fr' | 'en', subject: string, paragraphs: string[], link: string): { subject: string; text: string } {
  const body = [language === 'fr' ? 'Bonjour,' : 'Good day,', ...paragraphs].join('\n\n');
  return { subject: language === 'fr' ? frenchTypography(subject) : subject, text: `${language === 'fr' ? frenchTypography(body) : body}\n\n${link}\n\nPasserelle\n` };
}
