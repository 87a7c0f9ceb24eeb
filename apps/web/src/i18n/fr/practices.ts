export const practices = {
  title: 'Bonnes pratiques', count: { one: '{count} pratique', other: '{count} pratiques' }, countOf: { one: '{count} pratique sur {total}', other: '{count} pratiques sur {total}' },
  refine: 'Affiner', refineCount: 'Affiner ({n})', clear: 'Tout effacer', show: { one: 'Voir {count} pratique', other: 'Voir {count} pratiques' }, active: 'Filtres actifs', remove: ', retirer', results: 'Résultats',
  list: 'Liste', map: 'Carte', display: 'Affichage', sort: 'Trier', sorts: { 'taken-up': 'Les plus reprises d’abord', newest: 'Les plus récentes d’abord', title: 'Par titre' },
  facet: { theme: 'Thème', country: 'Pays', cost: 'Coût', size: 'Taille de la ville', takenUp: 'Reprise par d’autres villes' },
  cost: { '<50k': 'Moins de 50 k€', '50k-250k': '50 à 250 k€', '250k-1M': '250 k€ à 1 M€', '1M-5M': '1 à 5 M€', '>5M': 'Plus de 5 M€', unknown: 'Coût non communiqué' },
  size: { small: 'Moins de 100 000 habitants', medium: '100 000 à 500 000', large: 'Plus de 500 000', unknown: 'Taille inconnue' }, taken: { yes: 'Au moins une fois', no: 'Pas encore' },
  takenBy: { one: 'reprise par {count} ville', other: 'reprise par {count} villes' }, notTaken: 'Pas encore reprise', since: 'depuis {year}', period: '{from} à {to}',
  facts: { city: 'Ville', since: 'Depuis', takenBy: 'Reprise par', cost: 'Coût', goals: 'Objectifs de développement durable', language: 'Fiche' }, goals: { one: 'Objectif {list}', other: 'Objectifs {list}' }, updated: 'Version {version}, mise à jour : {day}.', ongoing: '{year}, en cours', unknownDate: 'Date non communiquée', cities: { one: '{count} ville', other: '{count} villes' }, nobody: 'Aucune ville encore',
  summary: 'En résumé', resultsTitle: 'Les résultats', difficulties: 'Les difficultés', partners: 'Partenaires', transfers: 'Passée d’une ville à l’autre', discussion: 'Discussion', noDiscussion: 'Personne n’en parle encore.', ask: 'Poser une question sur cette pratique',
  related: 'Pratiques proches', about: 'À propos de cette fiche', source: 'Voir la source', otherSources: 'Autres sources', inThisPage: 'Dans cette fiche', print: 'Imprimer', messages: { one: '{count} message', other: '{count} messages' },
  state: { interest: 'Intérêt', contact: 'Contact', trial: 'En essai', 'taken-up': 'Reprise', 'taken-up-in-part': 'Reprise en partie' },
  empty: 'Aucune pratique avec ces filtres', emptyText: 'Retirez un filtre ou cherchez avec vos propres mots.', mapLabel: 'Carte des pratiques', mapNote: 'Un point par ville, plus large quand la ville a plusieurs pratiques. Carte à surfaces égales.', transferMap: 'Carte : de {from} vers {to}',
};
