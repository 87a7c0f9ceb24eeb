import { accessions } from './accessions';
import { account } from './account';
import { administration } from './administration';
import { cities } from './cities';
import { delegations, standIns } from './delegations';
import { desk, editor } from './desk';
import { entry, versions } from './entry';
import { exchange, folders } from './exchange';
import { forum } from './forum';
import { gate } from './gate';
import { invitationFile, invitationLink, invitations } from './invitations';
import { journal } from './journal';
import { mailbox } from './mailbox';
import { moderation } from './moderation';
import { handOver, people } from './people';
import { facets, practices } from './practices';
import { needs, projects } from './projects';
import { privacy } from './privacy';
import { relay } from './relay';
import { saved, search } from './search';
import { factorDemands, factorReset, security } from './security';
import { spaces } from './spaces';
import { sso } from './sso';
import { transfers } from './transfers';
import { watch } from './watch';

/** What the other pages say; it comes with the first of them. One line each, so that two new screens meet without conflict. */
export const rest = {
  accessions,
  account,
  administration,
  cities,
  delegations,
  desk,
  editor,
  entry,
  exchange,
  facets,
  factorDemands,
  factorReset,
  folders,
  forum,
  gate,
  handOver,
  invitationFile,
  invitationLink,
  invitations,
  journal,
  mailbox,
  moderation,
  needs,
  people,
  practices,
  privacy,
  projects,
  relay,
  saved,
  search,
  security,
  spaces,
  sso,
  standIns,
  transfers,
  versions,
  watch,
};
