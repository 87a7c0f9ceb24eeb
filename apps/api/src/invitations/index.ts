export { InvitationsModule } from './invitations.module.js';
export { inviteToSecretariat } from './invite-to-secretariat.js';
