import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/index.js';
import { AcceptanceService } from './acceptance.service.js';
import { InvitationBatchController } from './batch/batch.controller.js';
import { InvitationBatchService } from './batch/batch.service.js';
import { InvitationController } from './invitation.controller.js';
import { InvitationService } from './invitation.service.js';

@Module({ imports: [AccountsModule], controllers: [InvitationController, InvitationBatchController], providers: [InvitationService, AcceptanceService, InvitationBatchService] })
export class InvitationsModule {}
