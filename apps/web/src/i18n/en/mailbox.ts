import type { mailbox as french } from '../fr/mailbox';
import type { Like } from '../types';

export const mailbox: Like<typeof french> = {
  title: 'The mailbox of the city',
  open: 'The mailbox that receives the city’s letters and notices',
  lead: 'An address by role, that of the cabinet or the town hall, receives a copy of the letters and notices sent to the city. Nothing is lost when people change. The address is shown to nobody else, and nothing that is said in the spaces goes there.',
  none: 'No mailbox so far.',
  confirmed: 'Confirmed: {day}. It receives letters and notices.',
  waiting: 'A link to confirm it was sent there. It works once, before: {when}. Nothing else is sent before it is confirmed.',
  set: 'Name a mailbox',
  change: 'Change the mailbox, or send the link again',
  address: 'Address of the mailbox',
  addressHint: 'An address of a service that several people read: not that of one person alone.',
  language: 'Language of the messages',
  send: 'Send the link to confirm',
  sent: 'The link to confirm was sent.',
  remove: 'Take the mailbox away',
  removeSure: 'Take this mailbox away? It will receive nothing more.',
  removed: 'The mailbox was taken away.',
  changed: 'The mailbox was changed meanwhile. Load the page again to see where it stands.',
  copy: 'The city’s mailbox gets a copy by e-mail.',
};
