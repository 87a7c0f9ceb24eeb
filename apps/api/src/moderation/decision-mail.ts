import { frenchTypography } from '@passerelle/text';

interface Letter {
  language: 'fr' | 'en'; link: string; number: string; rule: { fr: string; en: string }; facts: string; measure: string; endsAt: string | null; definitive: boolean; remedy: string; appealUntil: string;
}

const MEASURES: Record<string, { fr: string; en: string }> = {
  edit: { fr: 'texte modifié', en: 'text edited' }, remove: { fr: 'retrait', en: 'removal' }, move: { fr: 'déplacement', en: 'move' },
  warn: { fr: 'avertissement', en: 'warning' }, hide: { fr: 'message masqué', en: 'message hidden' }, close: { fr: 'fil clos', en: 'thread closed' }, slow: { fr: 'fil ralenti', en: 'thread slowed down' },
  mute: { fr: 'écriture suspendue', en: 'writing suspended' }, suspend: { fr: 'accès aux échanges suspendu', en: 'access to exchanges suspended' }, refuse: { fr: 'message retenu, qui ne paraît pas', en: 'message held back, which does not appear' },
};
const day = (language: 'fr' | 'en', at: string) => new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(at));

/** The statement of reasons, in the language of the author. The message itself is not repeated: mail passes through other hands. */
export function decisionMail({ language, link, number, rule, facts, measure, endsAt, definitive, remedy, appealUntil }: Letter): { subject: string; text: string } {
  const what = MEASURES[measure]?.[language] ?? measure;
  if (language === 'en') {
    const until = definitive ? ', definitive' : endsAt ? `, until ${day('en', endsAt)}` : '';
    return {
      subject: `Decision of moderation ${number}`,
      text: `Good day,\n\nModeration has taken a decision on what you wrote on Passerelle (case ${number}).\n\nMeasure: ${what}${until}\nRule: ${rule.en}\nFacts: ${facts}\nWhat you can do: ${remedy}\n\nYou may contest it until ${day('en', appealUntil)}; somebody else will decide:\n\n${link}\n\nPasserelle\n`,
    };
  }
  const until = definitive ? ', définitive' : endsAt ? `, jusqu'au ${day('fr', endsAt)}` : '';
  const body = `Bonjour,\n\nLa modération a pris une décision sur ce que vous avez écrit sur Passerelle (dossier ${number}).\n\nMesure : ${what}${until}\nRègle : ${rule.fr}\nFaits : ${facts}\nCe que vous pouvez faire : ${remedy}\n\nVous pouvez la contester jusqu'au ${day('fr', appealUntil)} ; une autre personne décidera :`;
  return { subject: `Décision de modération ${number}`, text: `${frenchTypography(body)}\n\n${link}\n\nPasserelle\n` };
}

/** The answer to an appeal, in words. */
export function answerMail({ language, link, number, answer }: { language: 'fr' | 'en'; link: string; number: string; answer: string }): { subject: string; text: string } {
  if (language === 'en') return { subject: `Answer to your appeal, case ${number}`, text: `Good day,\n\n${answer}\n\n${link}\n\nPasserelle\n` };
  return { subject: `Réponse à votre recours, dossier ${number}`, text: `Bonjour,\n\n${frenchTypography(answer)}\n\n${link}\n\nPasserelle\n` };
}

/** The decision was taken back by whoever took it. */
export function undoMail({ language, link, number }: { language: 'fr' | 'en'; link: string; number: string }): { subject: string; text: string } {
  if (language === 'en')
    return { subject: `Decision of moderation ${number} taken back`, text: `Good day,\n\nModeration has taken back its decision on what you wrote on Passerelle (case ${number}): it holds no more, and what it had changed is as it was. Should moderation decide anew, you will be told.\n\n${link}\n\nPasserelle\n` };
  const body = `Bonjour,\n\nLa modération est revenue sur sa décision à propos de ce que vous avez écrit sur Passerelle (dossier ${number}) : elle n'a plus d'effet, et ce qu'elle avait changé est rétabli. Si une nouvelle décision était prise, vous en seriez averti.`;
  return { subject: `Décision de modération ${number} annulée`, text: `${frenchTypography(body)}\n\n${link}\n\nPasserelle\n` };
}

/** Only that there is something to read. */
export function noticeMail({ language, link, number }: { language: 'fr' | 'en'; link: string; number: string }): { subject: string; text: string } {
  if (language === 'en') return { subject: `Moderation, case ${number}`, text: `Good day,\n\nModeration has something to tell you. You will read it on Passerelle:\n\n${link}\n\nPasserelle\n` };
  return { subject: `Modération, dossier ${number}`, text: `${frenchTypography('Bonjour,\n\nLa modération a quelque chose à vous dire. Vous le lirez sur Passerelle :')}\n\n${link}\n\nPasserelle\n` };
}

/** That a case waits for the reader, who has to sign in to learn which. */
export function deskMail(language: 'fr' | 'en'): { subject: string; text: string } {
  if (language === 'en') return { subject: 'Something awaits your decision', text: 'Good day,\n\nSomething awaits your decision on Passerelle, among the reports.\n\nPasserelle\n' };
  return { subject: 'Un dossier attend votre décision', text: frenchTypography('Bonjour,\n\nUn dossier attend votre décision sur Passerelle, parmi les signalements.\n\nPasserelle\n') };
}
