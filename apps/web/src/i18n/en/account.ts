import type { account as fr } from '../fr/account';
import type { Like } from '../types';

export const account: Like<typeof fr> = {
  title: 'Sign in', email: 'E-mail address', password: 'Password', signIn: 'Sign in', shared: 'This device is shared', sharedHint: 'Nothing will stay on it after you leave',
  link: 'Get a link by e-mail', linkSent: 'If this address is known, a link has just been sent to it. It works once, for twenty minutes.', linkNeedsEmail: 'Enter your address first.',
  linkTitle: 'Sign in by link', linkWorking: 'Checking the link…', linkConfirm: 'Sign me in', linkConfirmText: 'One tap is enough. The link works only once.', backToSignIn: 'Back to sign-in',
  cover: 'What one city has learned, another city can take up.', coverText: 'The exchange platform of the International Association of Francophone Mayors.',
  coverArcs: 'Practices passed from one city to another, from west to east: one arch per exchange',
  demoTitle: 'Demonstration accounts', demoHint: 'One tap is enough. Common password: {password}',
  role: { member: 'Member', moderator: 'Queue, decisions', administrator: 'Invitations, mandates, administration', guest: 'One closed space only' },
  expired: 'Sign in to open this page. What you wrote is kept on this device.',
  me: 'Me', profile: 'Profile', name: 'Name shown', function: 'Title of office', functionHint: 'In full, as you bear it: Mayor, Lord Mayor, Governor… Your earlier messages keep the title of that time.',
  organisation: 'City or association', languages: 'Languages read', timeZone: 'Time zone', language: 'Interface language', theme: 'Appearance', themes: { system: 'As the device', light: 'Light', dark: 'Dark' },
  french: 'Français', english: 'English', presence: 'Show other participants that I am reading or writing', settings: 'Settings', sessions: 'Open sessions', sessionsHint: 'The devices on which you are signed in.',
  current: 'this device', lastSeen: 'seen {when}', revoke: 'Close this session', signOut: 'Sign out', signOutEverywhere: 'Sign out everywhere', drafts: 'Drafts', draftsCount: { one: '{count} draft', other: '{count} drafts' },
  waitingSignOut: 'Some items are still waiting for the network. They will leave when you next sign in on this device.', mandate: 'Mandate',
};
