/** Words of the printed practice. */
export const PDF_WORDS = {
  fr: {
    summary: 'En résumé', problem: 'Le problème', solution: 'La solution', steps: 'Les étapes', results: 'Les résultats', difficulties: 'Les difficultés', success: 'Ce qui a fait réussir', conditions: 'Conditions à réunir',
    partners: 'Partenaires', resources: 'Moyens humains et compétences', funding: 'Financement', goals: 'Objectifs de développement durable', contact: 'Qui répond', sources: 'Sources', cost: 'Coût', validated: 'Validée par un expert du réseau.',
    relay: 'Les messages passent par Passerelle ; aucune adresse n’est publiée.',
    since: (year: number) => `depuis ${year}`,
    more: (count: number) => `et ${count} de plus`,
    transfers: (count: number) => (count > 0 ? `Passée d’une ville à l’autre (reprise par ${count} ${count > 1 ? 'villes' : 'ville'})` : 'Passée d’une ville à l’autre'),
    state: { interest: 'intérêt', contact: 'contact', understanding: 'étude', adapting: 'adaptation', trial: 'en essai', 'taken-up': 'reprise', 'taken-up-in-part': 'reprise en partie', abandoned: 'abandonnée' },
    range: { '<50k': 'moins de 50 k€', '50k-250k': '50 à 250 k€', '250k-1M': '250 k€ à 1 M€', '1M-5M': '1 à 5 M€', '>5M': 'plus de 5 M€', unknown: 'non communiqué' },
  },
  en: {
    summary: 'In brief', problem: 'The problem', solution: 'The solution', steps: 'The steps', results: 'Results', difficulties: 'Difficulties', success: 'What made it work', conditions: 'Conditions to meet',
    partners: 'Partners', resources: 'People and skills', funding: 'Funding', goals: 'Sustainable Development Goals', contact: 'Who answers', sources: 'Sources', cost: 'Cost', validated: 'Validated by an expert of the network.',
    relay: 'Messages go through Passerelle; no address is published.',
    since: (year: number) => `since ${year}`,
    more: (count: number) => `and ${count} more`,
    transfers: (count: number) => (count > 0 ? `From city to city (taken up by ${count} ${count > 1 ? 'cities' : 'city'})` : 'From city to city'),
    state: { interest: 'interest', contact: 'contact', understanding: 'study', adapting: 'adapting', trial: 'on trial', 'taken-up': 'taken up', 'taken-up-in-part': 'taken up in part', abandoned: 'given up' },
    range: { '<50k': 'under €50k', '50k-250k': '€50k to €250k', '250k-1M': '€250k to €1M', '1M-5M': '€1M to €5M', '>5M': 'over €5M', unknown: 'not disclosed' },
  },
};
