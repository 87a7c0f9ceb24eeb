export const home = {
  title: 'Accueil', since: { today: 'Depuis votre visite d’aujourd’hui', yesterday: 'Depuis votre visite d’hier', weekday: 'Depuis votre visite de {day}', date: 'Depuis votre visite du {day}' }, welcome: 'Bienvenue sur Passerelle', count: { one: '{count} point à lire', other: '{count} points à lire' }, minutes: { one: 'environ {count} minute', other: 'environ {count} minutes' },
  done: 'Vous êtes à jour.', doneMore: 'Rien d’autre ne vous attend ici.', after: { one: 'Après ce point, vous serez à jour.', other: 'Après ces {count} points, vous serez à jour.' },
  kind: { reply: 'Réponse à votre message', mention: 'On vous mentionne', followed: { one: '{count} message dans un fil suivi', other: '{count} messages dans un fil suivi' }, question: 'Votre ville connaît peut-être la réponse', practice: 'Sur vos thèmes', announcement: 'Annonce' },
  answer: 'Répondre', yourCity: 'Votre ville', people: 'Personnes en fonction', practices: 'Bonnes pratiques', takenUp: { one: 'Reprise par {count} ville', other: 'Reprises par {count} villes' }, followed: 'Fils suivis', drafts: 'Vos brouillons', untitled: 'Sans titre',
  goTalks: 'Voir les échanges', goPractices: 'Parcourir les bonnes pratiques', read: 'Lu',
};
