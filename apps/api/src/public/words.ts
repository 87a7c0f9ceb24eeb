import type { CostRange, Language, TransferState } from '@passerelle/contract';
import { frenchTypography } from '@passerelle/text';

// French counts zero as one: « 0 pratique ».
const french = (count: number, one: string, other: string) => `${count} ${count < 2 ? one : other}`;
const english = (count: number, one: string, other: string) => `${count} ${count === 1 ? one : other}`;

const fr = {
  site: 'Passerelle', association: 'Association internationale des maires francophones', skip: 'Aller au contenu', menu: 'Menu', other: 'English',
  nav: { home: 'Accueil', practices: 'Pratiques', cities: 'Villes', map: 'Carte' }, members: 'Espace des membres',
  footer: 'Pages publiques de la plateforme d’échange de l’Association internationale des maires francophones.', report: 'Signaler une erreur', feed: 'Fil Atom', geonames: 'Positions : © GeoNames (CC BY 4.0). Terres : Natural Earth.',
  reporting: {
    label: 'Qu’est-ce qui n’est pas juste sur cette page ?', hint: 'La modération de l’association lit ce que vous écrivez, sans pouvoir vous répondre : ne donnez ni votre nom ni vos coordonnées.', send: 'Envoyer', trap: 'Laissez ce champ vide',
    thanks: 'Merci', arrived: 'Votre signalement est arrivé à la modération de l’association.', wrong: 'Écrivez dix signes au moins, deux mille au plus.', often: 'Trop de signalements sont arrivés en peu de temps. Réessayez dans une heure.',
    foreign: 'Ce formulaire ne vient pas de la page que vous lisiez. Rouvrez la page et recommencez.', otherwise: 'Vous pouvez aussi écrire au secrétariat permanent :',
  },
  security: {
    title: 'Sécurité', description: 'Comment signaler une faille de la plateforme Passerelle, et ce que nous faisons de votre signalement.', where: 'Écrivez, en français ou en anglais, à :',
    tell: 'Ce qui nous aide', tells: ['La page ou la route, ce que vous avez fait, ce qui s’est passé, et ce que cela permet.', 'Rien de ce que vous auriez vu de personnes : décrivez-le, ne l’envoyez pas.'],
    promise: 'Ce que nous faisons', promises: ['Un accusé de réception dans les trois jours ouvrés.', 'Une première analyse dans les dix jours, puis des nouvelles jusqu’à la correction.', 'Aucune poursuite contre qui cherche de bonne foi et respecte ce qui suit. Votre nom n’est cité qu’avec votre accord.'],
    limits: 'Ce que nous demandons', limit: ['N’utilisez que vos propres comptes et données ; arrêtez-vous à la preuve.', 'Pas de saturation, pas de courriel trompeur, pas d’intrusion dans des locaux.', 'Laissez-nous quatre-vingt-dix jours avant de publier.'],
  },
  mailbox: {
    title: 'La boîte de la ville', text: 'En confirmant, cette boîte reçoit les lettres et les avis adressés à la ville sur Passerelle.', confirm: 'Confirmer cette boîte', done: 'C’est confirmé', doneText: (city: string) => `Cette boîte reçoit maintenant ce qui est adressé à la ville de ${city}.`,
    invalid: 'Ce lien a déjà servi, a expiré ou n’est pas complet. La ville peut en demander un autre.', often: 'Trop d’essais. Réessayez dans un quart d’heure.',
  },
  notFound: { title: 'Page introuvable', text: 'Cette page n’existe pas, ou elle n’est pas ouverte au public.', back: 'Voir les pratiques publiques' },
  home: {
    title: 'Ce que les villes francophones s’apprennent', description: 'Passerelle réunit les bonnes pratiques des villes francophones : ce qu’elles ont fait, ce que cela a coûté, ce que cela a donné.',
    what: 'Passerelle est la plateforme d’échange de l’Association internationale des maires francophones. Les maires et leurs équipes y décrivent ce qu’ils ont fait, le font relire, répondent aux questions des autres villes et reprennent ce qui marche ailleurs.',
    open: 'Ici se lit ce qui est ouvert à tous : le résumé, les résultats et l’ordre de coût des pratiques. Le texte complet, les difficultés et les discussions sont réservés aux membres.', newest: 'Les plus récentes', all: 'Toutes les pratiques publiques',
  },
  list: {
    title: 'Pratiques publiques', description: 'Bonnes pratiques des villes francophones ouvertes à tous, par thème et par pays.', theme: 'Thème', country: 'Pays', any: 'Tous', filter: 'Filtrer', empty: 'Aucune pratique publique avec ces filtres.', clear: 'Retirer les filtres',
    pages: 'Pages de la liste', previous: 'Page précédente', next: 'Page suivante', page: (page: number, of: number) => `Page ${page} sur ${of}`,
  },
  practice: {
    summary: 'En résumé', results: 'Résultats', indicator: 'Indicateur', before: 'Avant', after: 'Après', date: 'Date', source: 'Source', photos: 'Photos', documents: 'Documents', credit: (name: string) => `Photo : ${name}`, facts: 'Repères',
    city: 'Ville', theme: 'Thème', period: 'Période', cost: 'Coût', contact: 'Contact', about: 'À propos de cette fiche', published: (day: string) => `Publiée le ${day}`, updated: (day: string) => `Mise à jour le ${day}`, hiddenCity: 'Ville non précisée',
    since: (year: number) => `depuis ${year}`, until: (from: number, to: number) => (from === to ? String(from) : `${from} à ${to}`), exact: (amount: string, euros: string, day: string) => `${amount} (environ ${euros} € au taux du ${day})`,
    relay: (office: string) => `${office}, par le relais de la plateforme (membres)`, more: 'Les membres lisent aussi le texte complet, les difficultés rencontrées et la discussion.', original: 'Texte original', translation: (name: string) => (name ? `Traduction de ${name} ; l’original fait foi.` : 'Traduction ; l’original fait foi.'),
    unread: 'Fiche de démonstration : résumé rédigé à partir d’une source publique, ni relue ni validée par la ville citée.', seeSource: 'Source de la fiche', otherSource: (place: number) => `Autre source ${place}`, map: (city: string) => `Carte : ${city}`, language: { fr: 'français', en: 'anglais' } satisfies Record<Language, string>, writtenIn: 'Langue de la fiche',
  },
  badge: { validated: 'Validée par un expert', taken: (count: number) => `Déjà reprise par ${french(count, 'ville', 'villes')}`, awarded: 'Primée', confirmed: (month: string) => `Information confirmée en ${month}`, demonstration: 'Démonstration' },
  cost: { '<50k': 'Moins de 50 k€', '50k-250k': '50 à 250 k€', '250k-1M': '250 k€ à 1 M€', '1M-5M': '1 à 5 M€', '>5M': 'Plus de 5 M€', unknown: 'Non communiqué' } satisfies Record<CostRange, string>,
  cities: { title: 'Villes', description: 'Villes francophones qui ont ouvert une pratique à tous.', practices: (count: number) => french(count, 'pratique publique', 'pratiques publiques'), cities: (count: number) => french(count, 'ville', 'villes'), countries: (count: number) => `${count} pays`, of: (city: string, country: string) => `Pratiques publiques de ${city} (${country})` },
  map: {
    title: 'Carte des pratiques et des reprises', description: 'Où se trouvent les pratiques publiques, et de quelle ville à quelle ville elles sont passées.', label: 'Carte des villes qui ont une pratique publique, avec les échanges de ville à ville', hint: 'Carte, se fait défiler', most: (count: number) => `La carte montre les ${count} villes qui ont le plus de pratiques.`,
    note: 'Un point par ville, plus large quand elle a plusieurs pratiques. Un arc va de la ville qui donne à celle qui reçoit ; en tirets, l’échange n’est pas encore une reprise. Projection à surfaces égales.',
    points: 'Les villes', arcs: 'Les échanges', from: 'Ville d’origine :', to: 'Vers', practice: 'Pratique', year: 'Année', state: 'État', count: 'Pratiques', none: 'Aucun échange noté dans une source publique.', arcsNote: 'Échanges notés dans la source publique de la fiche. Ceux que les villes enregistrent elles-mêmes sont réservés aux membres, leur nombre est public.',
  },
  state: { interest: 'Intérêt', contact: 'Contact', understanding: 'Étude', adapting: 'Adaptation', trial: 'En essai', 'taken-up': 'Reprise', 'taken-up-in-part': 'Reprise en partie', abandoned: 'Abandonnée' } satisfies Record<TransferState, string>,
};
export type Words = typeof fr;

const en: Words = {
  site: 'Passerelle', association: 'International Association of Francophone Mayors', skip: 'Skip to content', menu: 'Menu', other: 'Français',
  nav: { home: 'Home', practices: 'Practices', cities: 'Cities', map: 'Map' }, members: 'Members’ area',
  footer: 'Public pages of the exchange platform of the International Association of Francophone Mayors.', report: 'Report an error', feed: 'Atom feed', geonames: 'Positions: © GeoNames (CC BY 4.0). Land: Natural Earth.',
  reporting: {
    label: 'What is wrong on this page?', hint: 'The moderators of the association read what you write and cannot answer you: give neither your name nor your address.', send: 'Send', trap: 'Leave this field empty',
    thanks: 'Thank you', arrived: 'Your report has reached the moderators of the association.', wrong: 'Write ten characters at least, two thousand at most.', often: 'Too many reports have come in a short time. Try again in an hour.',
    foreign: 'This form does not come from the page that you were reading. Open the page again and retry.', otherwise: 'You may also write to the permanent secretariat:',
  },
  security: {
    title: 'Security', description: 'How to report a weakness of the Passerelle platform, and what we do with your report.', where: 'Write, in French or in English, to:',
    tell: 'What helps us', tells: ['The page or route, what you did, what happened, and what it makes possible.', 'Nothing that you may have seen of people: describe it, do not send it.'],
    promise: 'What we do', promises: ['A receipt within three working days.', 'A first assessment within ten days, then news until it is fixed.', 'No legal action against whoever looks in good faith and keeps to what follows. Your name is given only if you agree.'],
    limits: 'What we ask', limit: ['Use your own accounts and data only; stop at the proof.', 'No flooding, no deceiving mail, no entry into premises.', 'Leave us ninety days before you publish.'],
  },
  mailbox: {
    title: 'The mailbox of the city', text: 'Once confirmed, this mailbox receives the letters and notices that are sent to the city on Passerelle.', confirm: 'Confirm this mailbox', done: 'Confirmed', doneText: (city: string) => `This mailbox now receives what is sent to the city of ${city}.`,
    invalid: 'This link was used already, has expired or is not complete. The city may ask for another one.', often: 'Too many tries. Try again in a quarter of an hour.',
  },
  notFound: { title: 'Page not found', text: 'This page does not exist, or it is not open to the public.', back: 'See the public practices' },
  home: {
    title: 'What French-speaking cities learn from each other', description: 'Passerelle gathers good practices of French-speaking cities: what they did, what it cost, what came of it.',
    what: 'Passerelle is the exchange platform of the International Association of Francophone Mayors. Mayors and their teams describe what they have done, have it reviewed, answer the questions of other cities and take up what works elsewhere.',
    open: 'Here is what everybody may read: the summary, the results and the order of cost of the practices. The full text, the difficulties and the discussions are for members.', newest: 'The newest', all: 'All public practices',
  },
  list: {
    title: 'Public practices', description: 'Good practices of French-speaking cities open to everybody, by theme and by country.', theme: 'Theme', country: 'Country', any: 'All', filter: 'Filter', empty: 'No public practice with these filters.', clear: 'Remove the filters',
    pages: 'Pages of the list', previous: 'Previous page', next: 'Next page', page: (page, of) => `Page ${page} of ${of}`,
  },
  practice: {
    summary: 'In short', results: 'Results', indicator: 'Indicator', before: 'Before', after: 'After', date: 'Date', source: 'Source', photos: 'Pictures', documents: 'Documents', credit: (name) => `Picture: ${name}`, facts: 'Key facts',
    city: 'City', theme: 'Theme', period: 'Period', cost: 'Cost', contact: 'Contact', about: 'About this sheet', published: (day) => `Published on ${day}`, updated: (day) => `Updated on ${day}`, hiddenCity: 'City not named',
    since: (year) => `since ${year}`, until: (from, to) => (from === to ? String(from) : `${from} to ${to}`), exact: (amount, euros, day) => `${amount} (about €${euros} at the rate of ${day})`,
    relay: (office) => `${office}, through the platform (members)`, more: 'Members also read the full text, the difficulties met and the discussion.', original: 'Original text', translation: (name) => (name ? `Translation by ${name}; the original is binding.` : 'Translation; the original is binding.'),
    unread: 'Demonstration sheet: summary written from a public source, neither read nor approved by the city named.', seeSource: 'Source of the sheet', otherSource: (place) => `Other source ${place}`, map: (city) => `Map: ${city}`, language: { fr: 'French', en: 'English' }, writtenIn: 'Language of the sheet',
  },
  badge: { validated: 'Validated by an expert', taken: (count) => `Already taken up by ${english(count, 'city', 'cities')}`, awarded: 'Award winner', confirmed: (month) => `Information confirmed in ${month}`, demonstration: 'Demonstration' },
  cost: { '<50k': 'Under €50k', '50k-250k': '€50k to €250k', '250k-1M': '€250k to €1M', '1M-5M': '€1M to €5M', '>5M': 'Over €5M', unknown: 'Not given' },
  cities: { title: 'Cities', description: 'French-speaking cities that have opened a practice to everybody.', practices: (count) => english(count, 'public practice', 'public practices'), cities: (count) => english(count, 'city', 'cities'), countries: (count) => english(count, 'country', 'countries'), of: (city, country) => `Public practices of ${city} (${country})` },
  map: {
    title: 'Map of practices and of who took them up', description: 'Where the public practices are, and from which city to which they have passed.', label: 'Map of the cities that have a public practice, with the exchanges from city to city', hint: 'Map, can be scrolled', most: (count) => `The map shows the ${count} cities with the most practices.`,
    note: 'One point for each city, larger when it has several practices. An arc goes from the giving city to the receiving one; dashed, the exchange has not led to the practice being taken up yet. Equal-area projection.',
    points: 'The cities', arcs: 'The exchanges', from: 'City of origin:', to: 'To', practice: 'Practice', year: 'Year', state: 'State', count: 'Practices', none: 'No exchange is noted in a public source.', arcsNote: 'Exchanges noted in the public source of the sheet. Those that cities record themselves are for members, their number is public.',
  },
  state: { interest: 'Interest', contact: 'Contact', understanding: 'Study', adapting: 'Adaptation', trial: 'On trial', 'taken-up': 'Taken up', 'taken-up-in-part': 'Taken up in part', abandoned: 'Abandoned' },
};

/** French spacing on every sentence, whether it stands or is made. */
function typeset<T>(words: T): T {
  const set = (value: unknown): unknown => {
    if (typeof value === 'string') return frenchTypography(value);
    if (Array.isArray(value)) return value.map(set);
    if (typeof value === 'function') return (...given: unknown[]) => frenchTypography(String((value as (...given: unknown[]) => unknown)(...given)));
    return Object.fromEntries(Object.entries(value as object).map(([key, inner]) => [key, set(inner)]));
  };
  // The walk keeps the shape: strings stay strings, functions give strings.
  return set(words) as T;
}

export const WORDS: Record<Language, Words> = { fr: typeset(fr), en };
