export const search = {
  title: 'Recherche', words: 'Vos mots', submit: 'Rechercher', results: { one: '{count} résultat', other: '{count} résultats' }, nature: 'Nature des résultats', refine: 'Affiner', clear: 'Effacer',
  kind: { all: 'Tout', practice: 'Pratiques', thread: 'Fils', post: 'Messages', city: 'Villes' }, one: { practice: 'Pratique', thread: 'Fil', post: 'Message', city: 'Ville' },
  facet: { theme: 'Thème', country: 'Pays', language: 'Langue', year: 'Année' }, why: { words: 'Vos mots sont dans le texte.', title: 'Vos mots sont dans le titre.', spelling: 'Orthographe proche dans le titre.' },
  none: 'Aucun résultat pour « {q} »', noneText: 'Rien de ce que vous pouvez lire ne contient ces mots.', removeFilters: 'Retirer les filtres', askNetwork: 'Demander au réseau', resultsTitle: 'Résultats', examples: { markets: 'marchés couverts', sludge: 'boues de vidange', lighting: 'éclairage solaire', budget: 'budget participatif' }, start: 'Que cherchez-vous ?', startText: 'Une pratique, un fil, une ville : écrivez avec vos mots, les accents ne comptent pas.', show: { one: 'Voir {count} résultat', other: 'Voir {count} résultats' },
};
