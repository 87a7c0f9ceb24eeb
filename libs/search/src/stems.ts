import { stemmer as english } from '@orama/stemmers/english';
import { stemmer as french } from '@orama/stemmers/french';
import { eng, fra } from 'stopword';
import { fold } from '@passerelle/text';

export type TextLanguage = 'fr' | 'en';

const CACHE_SIZE = 100_000;
const stems = { fr: new Map<string, string>(), en: new Map<string, string>() };
const STEMMERS = { fr: french, en: english } as const;

/**
 * Stem of a folded word. The French stemmer relies on accents that people leave out, so both sides of the comparison
 * drop them first; the doubled e of « formée », which then says no more than « formé », goes as well.
 */
export function stem(form: string, language: TextLanguage): string {
  const known = stems[language].get(form);
  if (known !== undefined) return known;
  if (stems[language].size > CACHE_SIZE) stems[language].clear();
  const found = /\d/.test(form) ? form : STEMMERS[language](language === 'fr' ? form.replace(/ee(s?)$/, 'e$1') : form);
  stems[language].set(form, found);
  return found;
}

// Endings by which French forms one word from another (verb, noun of action, of agent, of quality, adjective), longest
// first. Grammar: Grevisse & Goosse, Le Bon Usage, § 158 to 168 (dérivation).
const ENDINGS = [
  'issements', 'issement', 'isations', 'isation', 'ateurs', 'atrices', 'ateur', 'atrice', 'ations', 'ation', 'atoires', 'atoire', 'ements', 'ement', 'euses', 'euse', 'trices', 'trice',
  'iteurs', 'itions', 'ition', 'teurs', 'teur', 'tions', 'tion', 'ages', 'age', 'eurs', 'eur', 'eries', 'erie', 'ables', 'able', 'ances', 'ance', 'ences', 'ence', 'ements', 'aires', 'aire', 'ieres', 'iere', 'iers', 'ier',
  'istes', 'iste', 'ismes', 'isme', 'iques', 'ique', 'elles', 'elle', 'els', 'el', 'ales', 'ale', 'aux', 'al', 'ives', 'ive', 'ifs', 'if', 'ures', 'ure', 'ites', 'ite', 'iser', 'ises', 'ise',
  'antes', 'ante', 'ants', 'ant', 'aient', 'erons', 'eront', 'erait', 'era', 'ait', 'ons', 'ez', 'ent', 'ees', 'ee', 'er', 'ir', 'es', 'e', 's',
].sort((a, b) => b.length - a.length);
const ROOT_MIN = 5;

/**
 * What « décrocheur » and « décrochage » have in common, which stemmers do not join: the word without one ending of
 * derivation. Empty for words too short to tell.
 */
export function family(form: string): string {
  if (/\d/.test(form)) return '';
  for (const ending of ENDINGS) if (form.endsWith(ending) && form.length - ending.length >= ROOT_MIN) return form.slice(0, -ending.length);
  return form.length >= ROOT_MIN ? form : '';
}

/**
 * The head of a long word. Words that share it mostly belong together (« procuration », « procurer »; « inscrit »,
 * « inscription ») where no rule of endings says so, but not always: a weak sign.
 */
export const head = (form: string) => (form.length > HEAD_LENGTH && !/\d/.test(form) ? form.slice(0, HEAD_LENGTH) : '');
const HEAD_LENGTH = 5;

const STOP = new Set(
  [...fra, ...eng, 'afin', 'ainsi', 'alors', 'aucun', 'aucune', 'autre', 'autres', 'avant', 'car', 'chaque', 'chez', 'comme', 'comment', 'contre', 'depuis', 'donc', 'dont', 'entre', 'etc', 'fait', 'faut', 'hors', 'ici', 'lors',
    'lorsque', 'moins', 'non', 'notamment', 'oui', 'parce', 'pendant', 'peu', 'peut', 'peuvent', 'plus', 'plusieurs', 'pourquoi', 'puis', 'quand', 'selon', 'sera', 'sous', 'tous', 'tout', 'toute', 'toutes', 'tres', 'vers', 'voir', 'lequel', 'laquelle', 'lesquels',
    'lesquelles', 'auquel', 'duquel', 'ceux', 'celle', 'celles', 'celui', 'dès', 'deux', 'trois', 'leurs', 'cas', 'doit', 'doivent', 'would', 'there', 'whether', 'when', 'why', 'does', 'any', 'us', 'shall', 'may', 'qu', 'jusqu', 'lorsqu', 'puisqu', 'quoi', 'aujourd', 'hui',
  ].map(fold),
);

/** Whether a folded word says nothing of a subject in French or English. */
export const isStopWord = (form: string) => STOP.has(form);
