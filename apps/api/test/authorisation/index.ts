import { aboutAccessions } from './accessions.js';
import { inAConfidentialSpace, inTheClosedSpace } from './forum.js';
import { inTheLibrary } from './library.js';
import type { Line } from './lines.js';
import { inTheNetwork, ofTheMember } from './network.js';
import { invitations } from './invitations.js';
import { ofTheRecord } from './journal.js';
import { atTheDesk } from './moderation.js';
import { aboutPeople } from './people.js';
import { withSecondFactors } from './factors.js';
import { withOnesOwnData } from './privacy.js';
import { betweenCities, inAProject } from './projects.js';
import { inARelay } from './relay.js';
import { aboutSpaces } from './spaces.js';
import { withWatchedWords } from './watch.js';

/** The authorisation table; each feature keeps its lines in a file of its own. */
export const TABLE: [where: string, lines: Line[]][] = [
  ['in a closed space', inTheClosedSpace],
  ['in a confidential space', inAConfidentialSpace],
  ['with what belongs to the member', ofTheMember],
  ['in the network', inTheNetwork],
  ['in the library', inTheLibrary],
  ['in a project', inAProject],
  ['between cities', betweenCities],
  ['in a private conversation', inARelay],
  ['at the desk of moderation', atTheDesk],
  ['with watched words', withWatchedWords],
  ['about invitations', invitations],
  ['about people and mandates', aboutPeople],
  ['of the record of administration', ofTheRecord],
  ['about candidatures', aboutAccessions],
  ['with second factors', withSecondFactors],
  ["with one's own data", withOnesOwnData],
  ['about spaces as groups', aboutSpaces],
];
