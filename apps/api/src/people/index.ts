export { waitingHandOvers } from './hand-over.sql.js';
export { MailboxService } from './mailbox.service.js';
export { lockAdministration } from './mandate.service.js';
export { PeopleModule } from './people.module.js';
