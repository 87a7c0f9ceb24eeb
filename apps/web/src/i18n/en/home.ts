import type { home as fr } from '../fr/home';
import type { Like } from '../types';

export const home: Like<typeof fr> = {
  title: 'Home',
  since: {
    today: 'Since your visit today',
    yesterday: 'Since your visit yesterday',
    weekday: 'Since your visit on {day}',
    date: 'Since your visit on {day}',
  },
  welcome: 'Welcome to Passerelle',
  count: { one: '{count} item to read', other: '{count} items to read' },
  minutes: { one: 'about {count} minute', other: 'about {count} minutes' },
  done: 'You are up to date.',
  doneMore: 'Nothing else is waiting for you here.',
  after: { one: 'After this item you will be up to date.', other: 'After these {count} items you will be up to date.' },
  kind: {
    reply: 'Reply to your message',
    mention: 'You are mentioned',
    followed: { one: '{count} message in a thread you follow', other: '{count} messages in a thread you follow' },
    project: 'Journal of a project you follow',
    question: 'Your city may know the answer',
    practice: 'On your themes',
    announcement: 'Announcement',
  },
  answer: 'Reply',
  yourCity: 'Your city',
  people: 'People in office',
  practices: 'Good practices',
  takenUp: { one: 'Practices taken up by {count} city', other: 'Practices taken up by {count} cities' },
  followed: 'Threads followed',
  drafts: 'Your drafts',
  untitled: 'Untitled',
  goTalks: 'See the exchanges',
  goPractices: 'Browse good practices',
  read: 'Read',
};
