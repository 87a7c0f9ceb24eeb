import type { Role } from '@passerelle/contract';
import type { Voice } from './data-files.js';
import { ASSOCIATION_SLUG } from './load-reference.js';

export interface DemoAccount {
  email: string;
  /** The name shown is the function: no person is invented. */
  name: string;
  role: Role;
  /** The function of the files whose messages this account has written. */
  voice?: Voice;
  /** Slug of the organisation, or `partner`, for accounts without a voice. */
  organisation?: string;
  /** E-mail of the account for which this one may prepare. */
  preparesFor?: string;
  /** Themes in which this one gives an expert's opinion. */
  expertIn?: string[];
  /** The only closed space of a guest. */
  guestOf?: string;
  languages: string[];
  timeZone: string;
}

const DAKAR = { city: 'Dakar', country_iso2: 'SN' };

/** Demonstration accounts in the order in which the sign-in page offers them. */
export const ACCOUNTS: readonly DemoAccount[] = [
  { email: 'maire@dakar.demo', name: 'Maire de Dakar', role: 'member', voice: { ...DAKAR, function: 'Maire' }, languages: ['fr'], timeZone: 'Africa/Dakar' },
  { email: 'cabinet@dakar.demo', name: 'Cabinet, Dakar', role: 'member', voice: { ...DAKAR, function: 'Cabinet' }, preparesFor: 'maire@dakar.demo', languages: ['fr'], timeZone: 'Africa/Dakar' },
  { email: 'bourgmestre@liege.demo', name: 'Bourgmestre de Liège', role: 'member', voice: { city: 'Liège', country_iso2: 'BE', function: 'Bourgmestre' }, expertIn: ['gouvernance', 'culture-patrimoine', 'developpement-economique', 'cooperation'], languages: ['fr'], timeZone: 'Europe/Brussels' },
  { email: 'technique@bangangte.demo', name: 'Services techniques, Bangangté', role: 'member', voice: { city: 'Bangangté', country_iso2: 'CM', function: 'Services techniques' }, expertIn: ['eau-assainissement', 'dechets-proprete', 'climat-environnement', 'mobilite', 'urbanisme-habitat'], languages: ['fr', 'en'], timeZone: 'Africa/Douala' },
  { email: 'mairesse@montreal.demo', name: 'Mairesse de Montréal', role: 'member', voice: { city: 'Montréal', country_iso2: 'CA', function: 'Mairesse' }, expertIn: ['egalite-droits', 'services-sociaux', 'cohesion-vivre-ensemble', 'risques-crises'], languages: ['fr', 'en'], timeZone: 'America/Toronto' },
  { email: 'moderation@aimf.demo', name: 'Modération', role: 'moderator', organisation: ASSOCIATION_SLUG, languages: ['fr', 'en'], timeZone: 'Europe/Paris' },
  { email: 'moderation2@aimf.demo', name: 'Modération (second)', role: 'moderator', organisation: ASSOCIATION_SLUG, languages: ['fr', 'en'], timeZone: 'Europe/Paris' },
  { email: 'secretariat@aimf.demo', name: 'Secrétariat permanent', role: 'administrator', voice: { city: 'Paris', country_iso2: 'FR', function: 'Secrétariat permanent' }, languages: ['fr', 'en'], timeZone: 'Europe/Paris' },
  { email: 'expert@partenaire.demo', name: 'Expert invité', role: 'guest', organisation: 'partner', guestOf: 'commission-villes-durables', languages: ['fr'], timeZone: 'Europe/Paris' },
];
