import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/index.js';
import { AcceptanceService } from './acceptance.service.js';
import { InvitationController } from './invitation.controller.js';
import { InvitationService } from './invitation.service.js';

@Module({ imports: [AccountsModule], controllers: [InvitationController], providers: [InvitationService, AcceptanceService] })
export class InvitationsModule {}
