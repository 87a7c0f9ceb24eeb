import type { Like } from '../types';
import type { administration as french } from '../fr/administration';

export const administration: Like<typeof french> = {
  title: 'Secretariat',
  lead: 'What the secretariat looks after, in one place.',
  open: 'Open the screens of the secretariat',
  standIns: 'Record somebody in office who has no account, and write for them.',
  people: 'Roles, mandates, suspensions, hand-overs.',
  security: 'Say which roles demand a second factor, and from when on.',
  invitations: 'Invite somebody, follow the invitations that wait.',
  accessions: 'Candidatures, opinions of capitals, seats per State, decisions.',
  moderation: 'Reports, decisions and appeals.',
  rules: 'Word the articles that decisions cite.',
  journal: 'Who did what, to whom and when: search, read, export.',
  unanswered: 'What was looked for and not found, without saying by whom.',
  exchange: 'Take in and hand out practices as files.',
};
