import { frenchTypography } from '@passerelle/text';

export type DelegationChange = 'given' | 'withdrawn' | 'returned';
interface About {
  language: 'fr' | 'en';
  /** The office of the other side. */
  function: string; organisation: string;
  /** Days, `YYYY-MM-DD`. */
  from: string; to: string | null; link: string;
}

const dayIn = (language: 'fr' | 'en', day: string) => new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(day));

const WORDS: Record<DelegationChange, Record<'fr' | 'en', [subject: string, sentence: (office: string, period: string) => string]>> = {
  given: {
    fr: ['Vous avez reçu une délégation', (office, period) => `${office}, vous donne une délégation sur Passerelle${period}. Vous y verrez ce qu'elle couvre, et vous pouvez la rendre.`],
    en: ['You have received a delegation', (office, period) => `${office}, gives you a delegation on Passerelle${period}. You will see there what it covers, and you may give it back.`],
  },
  withdrawn: {
    fr: ['Une délégation est retirée', (office) => `La délégation entre vous et ${office}, est retirée. Ce qui a été fait sous elle garde sa mention.`],
    en: ['A delegation is withdrawn', (office) => `The delegation between you and ${office}, is withdrawn. What was done under it keeps its mention.`],
  },
  returned: {
    fr: ['Une délégation vous est rendue', (office) => `${office}, vous rend la délégation que vous aviez donnée. Ce qui a été fait sous elle garde sa mention.`],
    en: ['A delegation is given back to you', (office) => `${office}, gives back the delegation that you gave. What was done under it keeps its mention.`],
  },
};

/** Tells the other side of a delegation what has become of it, in their language. */
export function delegationMail(change: DelegationChange, { language, function: office, organisation, from, to, link }: About): { subject: string; text: string } {
  const [subject, sentence] = WORDS[change][language];
  const days = to ? [dayIn(language, from), dayIn(language, to)] : null;
  const period = days ? (language === 'fr' ? `, du ${days[0]} au ${days[1]}` : `, from ${days[0]} to ${days[1]}`) : '';
  const body = `${language === 'fr' ? 'Bonjour,' : 'Good day,'}\n\n${sentence(`${office}, ${organisation}`, period)}`;
  return { subject: language === 'fr' ? frenchTypography(subject) : subject, text: `${language === 'fr' ? frenchTypography(body) : body}\n\n${link}\n\nPasserelle\n` };
}
