export { waitingHandOvers } from './hand-over.sql.js';
export { PeopleModule } from './people.module.js';
