export { HOLDER, holderOf } from './space.sql.js';
export { SpacesModule } from './spaces.module.js';
