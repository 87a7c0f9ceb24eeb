export { assertSecretariat } from './mandate.service.js';
export { waitingHandOvers } from './hand-over.sql.js';
export { PeopleModule } from './people.module.js';
