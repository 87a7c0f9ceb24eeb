import type { Language, SearchKind } from '@passerelle/contract';

type Names<Key extends string = string> = Record<Language, Record<Key, string>>;

export const KIND_NAMES: Names<SearchKind> = {
  fr: { practice: 'Pratiques', thread: 'Fils', post: 'Messages', project: 'Projets', city: 'Villes', person: 'Personnes', need: 'Besoins', offer: 'Offres', document: 'Documents' },
  en: { practice: 'Practices', thread: 'Threads', post: 'Messages', project: 'Projects', city: 'Cities', person: 'People', need: 'Needs', offer: 'Offers', document: 'Documents' },
};
/** Countries by their code, in French and in English. */
export const COUNTRY_NAMES = (['fr', 'en'] as const).map((language) => new Intl.DisplayNames([language], { type: 'region' }));
export const LANGUAGE_NAMES: Names = { fr: { fr: 'Français', en: 'Anglais' }, en: { fr: 'French', en: 'English' } };
export const SIZE_NAMES: Names = {
  fr: { small: 'Moins de 100 000 habitants', medium: 'De 100 000 à 500 000 habitants', large: 'Plus de 500 000 habitants', unknown: 'Taille inconnue' },
  en: { small: 'Fewer than 100,000 inhabitants', medium: '100,000 to 500,000 inhabitants', large: 'More than 500,000 inhabitants', unknown: 'Size unknown' },
};
export const COST_NAMES: Names = {
  fr: { '<50k': 'Moins de 50 000 €', '50k-250k': 'De 50 000 à 250 000 €', '250k-1M': 'De 250 000 € à 1 M€', '1M-5M': 'De 1 à 5 M€', '>5M': 'Plus de 5 M€', unknown: 'Coût inconnu' },
  en: { '<50k': 'Less than €50,000', '50k-250k': '€50,000 to €250,000', '250k-1M': '€250,000 to €1M', '1M-5M': '€1M to €5M', '>5M': 'More than €5M', unknown: 'Cost unknown' },
};
/** States of all kinds, each under the name of its kind. */
export const STATUS_NAMES: Names = {
  fr: {
    'practice-validated': 'Validée par un expert', 'practice-public': 'Ouverte au public', 'practice-published': 'Publiée', 'practice-in-expert-review': 'En expertise', 'practice-to-confirm': 'À confirmer',
    'thread-open': 'Fil ouvert', 'thread-answered': 'Question résolue', 'thread-closed': 'Fil fermé',
    'project-idea': 'Projet à l’état d’idée', 'project-preparation': 'Projet en préparation', 'project-funded': 'Projet financé', 'project-running': 'Projet en cours', 'project-finished': 'Projet terminé', 'project-stopped': 'Projet arrêté',
    'need-published': 'Besoin publié', 'need-in-contact': 'Besoin en relation', 'need-met': 'Besoin satisfait', 'need-closed': 'Besoin sans suite', 'need-expired': 'Besoin expiré',
    'offer-active': 'Offre active', 'offer-suspended': 'Offre suspendue', 'offer-archived': 'Offre archivée',
  },
  en: {
    'practice-validated': 'Validated by an expert', 'practice-public': 'Open to the public', 'practice-published': 'Published', 'practice-in-expert-review': 'In expert review', 'practice-to-confirm': 'To be confirmed',
    'thread-open': 'Open thread', 'thread-answered': 'Answered question', 'thread-closed': 'Closed thread',
    'project-idea': 'Project idea', 'project-preparation': 'Project in preparation', 'project-funded': 'Funded project', 'project-running': 'Running project', 'project-finished': 'Finished project', 'project-stopped': 'Stopped project',
    'need-published': 'Published need', 'need-in-contact': 'Need in contact', 'need-met': 'Need met', 'need-closed': 'Need closed', 'need-expired': 'Expired need',
    'offer-active': 'Active offer', 'offer-suspended': 'Suspended offer', 'offer-archived': 'Archived offer',
  },
};

const quoted = { fr: (word: string) => `«\u00a0${word}\u00a0»`, en: (word: string) => `“${word}”` };
const FRENCH_NUMBERS = ['', 'un', 'deux', 'trois', 'quatre', 'cinq', 'six', 'sept', 'huit', 'neuf'];
const ENGLISH_NUMBERS = ['', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
const french = (number: number) => FRENCH_NUMBERS[number] ?? String(number);
const english = (number: number) => ENGLISH_NUMBERS[number] ?? String(number);
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
const PLACES: Names<'title' | 'text' | 'both' | 'document'> = {
  fr: { title: 'dans le titre', text: 'dans le texte', both: 'dans le titre et le texte', document: 'dans la pièce jointe' },
  en: { title: 'in the title', text: 'in the text', both: 'in the title and the text', document: 'in the attachment' },
};

/** Sentences that say why something was found. `«\u00a0marche\u00a0» compris comme «\u00a0marché\u00a0»` and the like, in formal French and in English. */
export const REASONS = {
  fr: {
    all: (found: number, place: keyof (typeof PLACES)['fr']) => `${found === 1 ? 'Votre mot' : `Vos ${french(found)} mots`}, ${PLACES.fr[place]}.`,
    some: (found: number, asked: number, place: keyof (typeof PLACES)['fr']) => `${capital(french(found))} de vos ${french(asked)} mots, ${PLACES.fr[place]}.`,
    none: 'Aucun de vos mots exacts.', filter: 'Répond à vos critères.',
    page: (page: number) => `Dans la pièce jointe, page\u00a0${page}.`,
    spelling: (asked: string, found: string) => `Orthographe proche\u00a0: ${quoted.fr(asked)} compris comme ${quoted.fr(found)}.`,
    synonym: (asked: string, found: string) => `Synonyme\u00a0: ${asked} → ${found}.`,
    translation: (asked: string, found: string) => `Traduction\u00a0: ${asked} → ${found}.`,
    family: (asked: string, found: string) => `Même famille de mots\u00a0: ${asked} → ${found}.`,
    prefix: (asked: string, found: string) => `${quoted.fr(found)} commence par ${quoted.fr(asked)}.`,
    meaning: (asked: string, found: string) => `Sens proche\u00a0: ${asked} → ${found}.`,
    named: (asked: string) => `${quoted.fr(asked)} figure dans le nom de la ville ou de la fonction.`,
    name: (asked: string, found: string) => `Par le nom de la ville ou de la fonction\u00a0: ${asked} → ${found}.`,
    place: (asked: string, place: string) => `Par le lieu\u00a0: ${asked} → ${place}.`,
    concept: (asked: string, concept: string) => `Même notion que ${quoted.fr(asked)}\u00a0: ${concept}.`,
    regional: (found: string, asked: string, countries: string) => `${quoted.fr(found)}\u00a0: mot employé (${countries}) pour ${quoted.fr(asked)}.`,
  },
  en: {
    all: (found: number, place: keyof (typeof PLACES)['en']) => `${found === 1 ? 'Your word' : found === 2 ? 'Both your words' : `All ${english(found)} of your words`}, ${PLACES.en[place]}.`,
    some: (found: number, asked: number, place: keyof (typeof PLACES)['en']) => `${capital(english(found))} of your ${english(asked)} words, ${PLACES.en[place]}.`,
    none: 'None of your exact words.', filter: 'Meets your criteria.',
    page: (page: number) => `In the attachment, page ${page}.`,
    spelling: (asked: string, found: string) => `Spelt alike: ${quoted.en(asked)} read as ${quoted.en(found)}.`,
    synonym: (asked: string, found: string) => `Synonym: ${asked} → ${found}.`,
    translation: (asked: string, found: string) => `Translation: ${asked} → ${found}.`,
    family: (asked: string, found: string) => `Same family of words: ${asked} → ${found}.`,
    prefix: (asked: string, found: string) => `${quoted.en(found)} begins with ${quoted.en(asked)}.`,
    meaning: (asked: string, found: string) => `Near in meaning: ${asked} → ${found}.`,
    named: (asked: string) => `${quoted.en(asked)} is in the name of the city or function.`,
    name: (asked: string, found: string) => `By the name of the city or function: ${asked} → ${found}.`,
    place: (asked: string, place: string) => `By its place: ${asked} → ${place}.`,
    concept: (asked: string, concept: string) => `Same concept as ${quoted.en(asked)}: ${concept}.`,
    regional: (found: string, asked: string, countries: string) => `${quoted.en(found)}: a word used (${countries}) for ${quoted.en(asked)}.`,
  },
};
