import type { common as frCommon, errors as frErrors, shell as frShell } from '../fr/common';
import type { Like } from '../types';

export const common: Like<typeof frCommon> = {
  loading: 'Loading',
  retry: 'Try again',
  close: 'Close',
  cancel: 'Cancel',
  save: 'Save',
  saved: 'Saved.',
  more: 'Show more',
  undo: 'Undo this action',
  all: 'All',
  skip: 'Skip to content',
  inLanguage: { fr: 'In French', en: 'In English' },
  today: 'today',
  yesterday: 'yesterday',
  at: '{day} at {time}',
  demo: 'Demonstration: the messages are sample texts, no city wrote them.',
  geonames: 'Coordinates and populations © GeoNames (CC BY 4.0).',
  mapHint: 'Map, scrolls sideways',
  asList: 'The same as a list',
};
export const shell: Like<typeof frShell> = {
  home: 'Home', talks: 'Exchanges', practices: 'Practices', cities: 'Cities', me: 'Me',
  association: 'International Association of Francophone Mayors',
  search: 'Search', sections: 'Sections', spaces: 'Your spaces', unread: { one: '{count} unread', other: '{count} unread' },
  saved: 'Everything is saved', waiting: { one: '{count} item waiting', other: '{count} items waiting' },
  refused: { one: '{count} item refused', other: '{count} items refused' },
  offline: 'Offline since {time}.', offlineMore: 'You can read and write; your messages will leave when the network returns.',
  newVersion: 'A new version of Passerelle is ready. What you are writing is kept.', reload: 'Reload',
  notFound: 'This page does not exist, or you have no access to it.', notFoundTitle: 'Nothing at this address', goHome: 'Back to the home page',
  back: 'Back', crashed: 'This screen could not be shown. Nothing that you wrote is lost.',
};
export const errors: Like<typeof frErrors> = {
  network: 'The network does not answer. Nothing is lost; try again in a moment.',
  unknown: 'Something went wrong. Nothing is lost; try again in a moment.',
  'invalid-input': 'Something needs correcting.', 'malformed-json': 'The request was not understood.', 'too-large': 'This content is too large.',
  unauthenticated: 'Your session has ended. Sign in again: what you wrote is kept.', 'wrong-credentials': 'The address or the password is not right.',
  'link-invalid': 'This link was used already or has expired. Please ask for another one.', forbidden: 'You are not allowed to do this.', 'foreign-origin': 'This request comes from another site.',
  'not-found': 'This does not exist, or you have no access to it.', 'id-reused': 'This item bears a number that was used before.',
  'stale-version': 'Someone changed this text while you were away. Both versions have been kept.', 'stale-draft': 'There is a newer draft on another device. Both versions have been kept.',
  'thread-closed': 'This thread is closed.', 'cursor-invalid': 'The rest of this list cannot be found. Please reload the page.', 'cursor-expired': 'Too much time has passed. Please reload the page.',
  'unsupported-type': 'This type of file is not accepted.', 'image-unreadable': 'This picture could not be read.', 'quota-exceeded': 'The limit has been reached.',
  'rate-limited': 'Too many attempts. Please try again in a few minutes.', unavailable: 'The service is briefly unavailable. Nothing is lost; it will be tried again.',
  'undo-expired': 'The ten minutes in which this could be undone have passed.', 'too-many-mentions': 'A message may mention ten recipients at most.', 'reply-depth': 'One replies to a message, not to a reply.',
  'method-not-allowed': 'There is no such action here.', internal: 'Something went wrong. Nothing is lost; try again in a moment.',
  field: {
    too_small: 'This text is too short.', too_big: 'This text is too long.', invalid_type: 'This is missing.', invalid_format: 'This is not in the right form.',
    not_found: 'This does not exist, or you have no access to it.', other: 'This needs correcting.',
  },
};
