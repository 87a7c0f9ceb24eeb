import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/index.js';
import { AcceptanceService } from './acceptance.service.js';
import { InvitationBatchController } from './batch/batch.controller.js';
import { InvitationBatchService } from './batch/batch.service.js';
import { InvitationController } from './invitation.controller.js';
import { InvitationLinkController } from './links/link.controller.js';
import { InvitationLinkService } from './links/link.service.js';
import { InvitationLinkUse } from './links/link-use.service.js';
import { InvitationService } from './invitation.service.js';

@Module({ imports: [AccountsModule], controllers: [InvitationController, InvitationBatchController, InvitationLinkController], providers: [InvitationService, AcceptanceService, InvitationBatchService, InvitationLinkService, InvitationLinkUse] })
export class InvitationsModule {}
