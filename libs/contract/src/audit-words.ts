import type { Role } from './accounts.js';
import type { Language } from './common.js';
import type { SpaceAccess } from './forum.js';
import type { APPEAL_OUTCOMES, Measure } from './moderation.js';
import type { ERASURE_KINDS } from './privacy.js';
import type { SpaceRole } from './spaces.js';
import type { WATCH_ACTIONS } from './watch.js';

/** One thing in both languages, with plain spaces: typography comes where it is shown. */
export type Words = Record<Language, string>;

/** Every act of the record of administration, and what it is called. `recordAudit` takes no other. */
export const AUDIT_ACT_WORDS = {
  'accession.accepted': { fr: 'Candidature acceptée', en: 'Candidature accepted' },
  'accession.deferred': { fr: 'Candidature ajournée', en: 'Candidature deferred' },
  'accession.document-handed-in': { fr: 'Pièce de candidature remise', en: 'Candidature document handed in' },
  'accession.document-moved': { fr: 'État d’une pièce de candidature changé', en: 'State of a candidature document changed' },
  'accession.opened': { fr: 'Candidature ouverte', en: 'Candidature opened' },
  'accession.opinion-asked': { fr: 'Avis de la capitale demandé', en: 'Opinion of the capital asked for' },
  'accession.opinion-given': { fr: 'Avis de la capitale donné', en: 'Opinion of the capital given' },
  'accession.refused': { fr: 'Candidature refusée', en: 'Candidature refused' },
  'account.erased': { fr: 'Compte ou écrits effacés', en: 'Account or writings erased' },
  'appeal.answered': { fr: 'Réponse à un recours', en: 'Appeal answered' },
  'audit.exported': { fr: 'Journal exporté', en: 'Journal exported' },
  'case.decided': { fr: 'Décision de modération', en: 'Moderation decision' },
  'decision.undone': { fr: 'Décision de modération annulée', en: 'Moderation decision undone' },
  'delegation.given': { fr: 'Délégation donnée', en: 'Delegation given' },
  'delegation.returned': { fr: 'Délégation rendue', en: 'Delegation given back' },
  'delegation.withdrawn': { fr: 'Délégation retirée', en: 'Delegation withdrawn' },
  'erasure.asked': { fr: 'Effacement demandé', en: 'Erasure asked for' },
  'erasure.cancelled': { fr: 'Demande d’effacement retirée', en: 'Erasure called off' },
  'export.asked': { fr: 'Copie de ses données demandée', en: 'Copy of own data asked for' },
  'factor-demand.set': { fr: 'Second facteur demandé par rôle', en: 'Second factor demanded by role' },
  'hand-over.opened': { fr: 'Passation ouverte', en: 'Hand-over opened' },
  'hand-over.taken': { fr: 'Passation reprise', en: 'Hand-over taken over' },
  'held.released': { fr: 'Texte retenu laissé paraître', en: 'Held text let through' },
  'identity.linked': { fr: 'Identité externe associée', en: 'External identity linked' },
  'identity.unlinked': { fr: 'Identité externe dissociée', en: 'External identity unlinked' },
  'invitation.batch-sent': { fr: 'Invitations envoyées par un fichier', en: 'Invitations sent by a file' },
  'invitation.code-made': { fr: 'Code d’invitation dicté au téléphone', en: 'Invitation code read out on the telephone' },
  'invitation.link-made': { fr: 'Lien d’invitation créé', en: 'Invitation link made' },
  'invitation.link-revoked': { fr: 'Lien d’invitation révoqué', en: 'Invitation link revoked' },
  'invitation.redeemed': { fr: 'Invitation acceptée', en: 'Invitation accepted' },
  'invitation.resent': { fr: 'Invitation renvoyée', en: 'Invitation sent again' },
  'invitation.revoked': { fr: 'Invitation révoquée', en: 'Invitation revoked' },
  'invitation.sent': { fr: 'Invitation envoyée', en: 'Invitation sent' },
  'mailbox.confirmed': { fr: 'Boîte de la ville confirmée', en: 'Mailbox of the city confirmed' },
  'mailbox.removed': { fr: 'Boîte de la ville retirée', en: 'Mailbox of the city removed' },
  'mailbox.set': { fr: 'Boîte de la ville indiquée', en: 'Mailbox of the city given' },
  'mandate.began': { fr: 'Mandat ajouté', en: 'Mandate added' },
  'mandate.ended': { fr: 'Fin de mandat fixée', en: 'End of mandate set' },
  'mandate.limited': { fr: 'Mandat limité à des thèmes', en: 'Mandate limited to themes' },
  'mandate.reinstated': { fr: 'Mandat rétabli', en: 'Mandate reinstated' },
  'mandate.suspended': { fr: 'Mandat suspendu', en: 'Mandate suspended' },
  'newcomer.seen': { fr: 'Nouveau membre examiné', en: 'Newcomer looked at' },
  'passkey.added': { fr: 'Clé d’accès ajoutée', en: 'Passkey added' },
  'passkey.removed': { fr: 'Clé d’accès retirée', en: 'Passkey removed' },
  'password.changed': { fr: 'Mot de passe changé', en: 'Password changed' },
  'post.name-lifted': { fr: 'Nom réservé révélé pour un dossier', en: 'Withheld name revealed for a case' },
  'prepared-reason.edited': { fr: 'Motif préparé modifié', en: 'Prepared reason edited' },
  'recovery-codes.renewed': { fr: 'Codes de secours renouvelés', en: 'Recovery codes renewed' },
  'role.changed': { fr: 'Rôle changé', en: 'Role changed' },
  'rule.worded': { fr: 'Article de la charte rédigé', en: 'Article of the charter worded' },
  'second-factor.enrolled': { fr: 'Second facteur activé', en: 'Second factor enabled' },
  'second-factor.removed': { fr: 'Second facteur retiré', en: 'Second factor removed' },
  'second-factor.reset': { fr: 'Second facteur réinitialisé par le secrétariat', en: 'Second factor reset by the secretariat' },
  'sign-in.denied': { fr: 'Connexion signalée comme n’étant pas la sienne', en: 'Sign-in reported as not one’s own' },
  'space.archived': { fr: 'Espace archivé', en: 'Space archived' },
  'space.created': { fr: 'Espace créé', en: 'Space created' },
  'space.edited': { fr: 'Espace modifié', en: 'Space edited' },
  'space.invitation-accepted': { fr: 'Invitation dans un espace acceptée', en: 'Invitation to a space accepted' },
  'space.invitation-declined': { fr: 'Invitation dans un espace déclinée', en: 'Invitation to a space declined' },
  'space.invitation-sent': { fr: 'Invitation dans un espace envoyée', en: 'Invitation to a space sent' },
  'space.invitation-withdrawn': { fr: 'Invitation dans un espace retirée', en: 'Invitation to a space withdrawn' },
  'space.member-admitted': { fr: 'Personne admise dans un espace', en: 'Person admitted to a space' },
  'space.member-joined': { fr: 'Entrée dans un espace ouvert', en: 'Open space joined' },
  'space.member-left': { fr: 'Départ d’un espace', en: 'Space left' },
  'space.member-removed': { fr: 'Personne retirée d’un espace', en: 'Person removed from a space' },
  'space.member-role-changed': { fr: 'Rôle changé dans un espace', en: 'Role changed in a space' },
  'space.reopened': { fr: 'Espace rouvert', en: 'Space reopened' },
  'space.request-accepted': { fr: 'Demande d’entrée acceptée', en: 'Request to join accepted' },
  'space.request-declined': { fr: 'Demande d’entrée refusée', en: 'Request to join declined' },
  'stand-in.begun': { fr: 'Le secrétariat agit pour une personne sans accès', en: 'The secretariat acts for somebody without access' },
  'thread.guest-admitted': { fr: 'Invité admis dans un fil', en: 'Guest admitted to a thread' },
  'thread.guest-dismissed': { fr: 'Invité retiré d’un fil', en: 'Guest dismissed from a thread' },
  'thread.names-withheld': { fr: 'Noms réservés dans un fil', en: 'Names withheld in a thread' },
  'watch-rule.activated': { fr: 'Règle de veille mise en vigueur', en: 'Watch rule put into force' },
  'watch-rule.created': { fr: 'Règle de veille créée', en: 'Watch rule created' },
  'watch-rule.deactivated': { fr: 'Règle de veille suspendue', en: 'Watch rule taken out of force' },
  'watch-rule.edited': { fr: 'Règle de veille modifiée', en: 'Watch rule edited' },
  'watch-rule.removed': { fr: 'Règle de veille supprimée', en: 'Watch rule removed' },
  'watch-rule.tried': { fr: 'Règle de veille essayée', en: 'Watch rule tried' },
} satisfies Record<string, Words>;
export type AuditAct = keyof typeof AUDIT_ACT_WORDS;

/** What an act was done to. */
export const AUDIT_SUBJECT_WORDS = {
  accession: { fr: 'Candidature', en: 'Candidature' },
  account: { fr: 'Compte', en: 'Account' },
  audit: { fr: 'Journal', en: 'Journal' },
  case: { fr: 'Dossier', en: 'Case' },
  delegation: { fr: 'Délégation', en: 'Delegation' },
  'hand-over': { fr: 'Passation', en: 'Hand-over' },
  invitation: { fr: 'Invitation', en: 'Invitation' },
  mandate: { fr: 'Mandat', en: 'Mandate' },
  organisation: { fr: 'Ville ou association', en: 'City or association' },
  person: { fr: 'Personne', en: 'Person' },
  post: { fr: 'Message', en: 'Message' },
  'prepared-reason': { fr: 'Motif préparé', en: 'Prepared reason' },
  role: { fr: 'Rôle', en: 'Role' },
  rule: { fr: 'Article', en: 'Article' },
  space: { fr: 'Espace', en: 'Space' },
  thread: { fr: 'Fil', en: 'Thread' },
  'watch-rule': { fr: 'Règle de veille', en: 'Watch rule' },
} satisfies Record<string, Words>;
export type AuditSubject = keyof typeof AUDIT_SUBJECT_WORDS;

/** What the small facts of a line are. */
export const AUDIT_DETAIL_WORDS = {
  access: { fr: 'Accès', en: 'Access' },
  account: { fr: 'Compte', en: 'Account' },
  action: { fr: 'Effet', en: 'Effect' },
  body: { fr: 'Instance', en: 'Body' },
  capital: { fr: 'Capitale', en: 'Capital' },
  case: { fr: 'Dossier', en: 'Case' },
  caught: { fr: 'Textes trouvés', en: 'Texts found' },
  day: { fr: 'Jour', en: 'Day' },
  decision: { fr: 'Décision', en: 'Decision' },
  document: { fr: 'Pièce', en: 'Document' },
  domains: { fr: 'Domaines', en: 'Domains' },
  erasures: { fr: 'Effacements annulés', en: 'Erasures called off' },
  factors: { fr: 'Facteurs retirés', en: 'Factors removed' },
  fields: { fr: 'Champs', en: 'Fields' },
  filters: { fr: 'Critères', en: 'Filters' },
  format: { fr: 'Format', en: 'Format' },
  from: { fr: 'À partir du', en: 'From' },
  identity: { fr: 'Identité', en: 'Identity' },
  invitation: { fr: 'Invitation', en: 'Invitation' },
  invited: { fr: 'Personnes invitées', en: 'People invited' },
  kind: { fr: 'Genre', en: 'Kind' },
  letter: { fr: 'Par lettre', en: 'By letter' },
  lines: { fr: 'Lignes', en: 'Lines' },
  link: { fr: 'Lien', en: 'Link' },
  mandate: { fr: 'Mandat', en: 'Mandate' },
  measure: { fr: 'Mesure', en: 'Measure' },
  on: { fr: 'Date', en: 'Date' },
  opinion: { fr: 'Avis', en: 'Opinion' },
  organisation: { fr: 'Ville ou association', en: 'City or association' },
  outcome: { fr: 'Issue', en: 'Outcome' },
  password: { fr: 'Mot de passe retiré', en: 'Password voided' },
  person: { fr: 'Personne', en: 'Person' },
  reason: { fr: 'Cause', en: 'Cause' },
  request: { fr: 'Demande', en: 'Request' },
  retired: { fr: 'Abrogé', en: 'Retired' },
  role: { fr: 'Rôle', en: 'Role' },
  rule: { fr: 'Article', en: 'Article' },
  scanned: { fr: 'Textes parcourus', en: 'Texts scanned' },
  sessions: { fr: 'Sessions closes', en: 'Sessions ended' },
  space: { fr: 'Espace', en: 'Space' },
  state: { fr: 'État', en: 'State' },
  terms: { fr: 'Termes', en: 'Terms' },
  to: { fr: 'Vers', en: 'To' },
  uses: { fr: 'Emplois', en: 'Uses' },
  version: { fr: 'Version', en: 'Version' },
  was: { fr: 'Auparavant', en: 'Before' },
} satisfies Record<string, Words>;
export type AuditDetailKey = keyof typeof AUDIT_DETAIL_WORDS;

const ROLES: Record<Role | SpaceRole, Words> = {
  member: { fr: 'Membre', en: 'Member' }, moderator: { fr: 'Modération', en: 'Moderation' }, administrator: { fr: 'Secrétariat', en: 'Secretariat' }, guest: { fr: 'Invité', en: 'Guest' },
  animator: { fr: 'Animation', en: 'Animator' }, reader: { fr: 'Lecture seule', en: 'Reader' },
};
const ACCESS: Record<SpaceAccess, Words> = { open: { fr: 'Ouvert', en: 'Open' }, closed: { fr: 'Fermé', en: 'Closed' }, confidential: { fr: 'Confidentiel', en: 'Confidential' } };
const MEASURES: Record<Measure, Words> = {
  keep: { fr: 'Conserver', en: 'Keep' }, warn: { fr: 'Avertir', en: 'Warn' }, edit: { fr: 'Modifier le texte', en: 'Edit the text' }, hide: { fr: 'Masquer', en: 'Hide' }, remove: { fr: 'Retirer', en: 'Remove' }, move: { fr: 'Déplacer', en: 'Move' },
  close: { fr: 'Clore le fil', en: 'Close the thread' }, slow: { fr: 'Ralentir le fil', en: 'Slow the thread down' }, mute: { fr: 'Suspendre l’écriture', en: 'Suspend writing' }, suspend: { fr: 'Suspendre l’accès', en: 'Suspend access' },
  refuse: { fr: 'Ne pas laisser paraître', en: 'Not let it appear' },
};
const KINDS: Record<(typeof ERASURE_KINDS)[number] | 'words' | 'links' | 'rate', Words> = {
  account: { fr: 'Compte', en: 'Account' }, content: { fr: 'Écrits', en: 'Writings' }, both: { fr: 'Compte et écrits', en: 'Account and writings' }, words: { fr: 'Mots', en: 'Words' }, links: { fr: 'Liens', en: 'Links' }, rate: { fr: 'Rythme', en: 'Pace' },
};
const OUTCOMES: Record<(typeof APPEAL_OUTCOMES)[number], Words> = { upheld: { fr: 'Maintenue', en: 'Upheld' }, reversed: { fr: 'Annulée', en: 'Reversed' }, conditions: { fr: 'Levée sous conditions', en: 'Lifted on conditions' } };
const ACTIONS: Record<(typeof WATCH_ACTIONS)[number], Words> = { hold: { fr: 'Retenir', en: 'Hold' }, queue: { fr: 'Signaler', en: 'Queue' }, ask: { fr: 'Prévenir l’auteur', en: 'Ask the author' } };
const CAUSES = { succession: { fr: 'Succession', en: 'Succession' }, retention: { fr: 'Durée de conservation', en: 'Retention' } } satisfies Record<string, Words>;
const YES_NO = { true: { fr: 'Oui', en: 'Yes' }, false: { fr: 'Non', en: 'No' } } satisfies Record<string, Words>;

const VALUES: Partial<Record<AuditDetailKey, Record<string, Words>>> = {
  access: ACCESS, action: ACTIONS, kind: KINDS, measure: MEASURES, outcome: OUTCOMES, reason: CAUSES, retired: YES_NO, role: ROLES, was: ROLES,
};

const known = (words: Record<string, Words>, key: string, language: Language) => (Object.hasOwn(words, key) ? words[key]?.[language] : undefined) ?? key;

/** An act in words; one of an older version, which this one no longer knows, is shown as it is stored. */
export const auditActIn = (language: Language, act: string): string => known(AUDIT_ACT_WORDS, act, language);
export const auditSubjectIn = (language: Language, kind: string): string => known(AUDIT_SUBJECT_WORDS, kind, language);

/** The small facts of a line in words, in the order in which they are stored. */
export const auditDetailIn = (language: Language, detail: Record<string, unknown>): { key: string; name: string; value: string }[] =>
  Object.entries(detail).flatMap(([key, value]) => {
    if (value === null || value === '') return [];
    const text = typeof value === 'object' ? (Array.isArray(value) ? value.join(', ') : JSON.stringify(value)) : String(value);
    return [{ key, name: known(AUDIT_DETAIL_WORDS, key, language), value: known(VALUES[key as AuditDetailKey] ?? {}, text, language) }];
  });
