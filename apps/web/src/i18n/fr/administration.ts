export const administration = {
  title: 'Secrétariat',
  lead: 'Ce dont le secrétariat s’occupe, au même endroit.',
  open: 'Ouvrir les écrans du secrétariat',
  people: 'Rôles, mandats, suspensions, passations.',
  security: 'Dire quels rôles demandent un second facteur, et à partir de quand.',
  invitations: 'Inviter une personne, suivre les invitations en attente.',
  accessions: 'Candidatures, avis des capitales, sièges par État, décisions.',
  moderation: 'Signalements, décisions et recours.',
  rules: 'Rédiger les articles que citent les décisions.',
  journal: 'Qui a fait quoi, à qui et quand : chercher, lire, exporter.',
  unanswered: 'Ce qui a été cherché sans rien trouver, sans dire par qui.',
  exchange: 'Recevoir et remettre des pratiques sous forme de fichiers.',
};
