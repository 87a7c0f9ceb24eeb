export { admit, dismissFromAll } from './belonging.js';
export { findAndLockSpace } from './space-lock.js';
export { canBring } from './space.policy.js';
export { HOLDER, holderOf } from './space.sql.js';
export { passOnAnimation } from './succession.js';
export { SpacesModule } from './spaces.module.js';
