export { DEMO_PASSWORD } from './account.service.js';
export { AccountsModule } from './accounts.module.js';
export { hashPassword } from './password.js';
