import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/index.js';
import { MentionsModule } from '../organisations/index.js';
import { DelegationController } from './delegation.controller.js';
import { DelegationService } from './delegation.service.js';
import { HandOverController } from './hand-over.controller.js';
import { HandOverService } from './hand-over.service.js';
import { MailboxController } from './mailbox.controller.js';
import { MailboxService } from './mailbox.service.js';
import { MandateService } from './mandate.service.js';
import { PeopleController } from './people.controller.js';
import { PeopleQueries } from './people.queries.js';
import { StandInController } from './stand-in.controller.js';
import { StandInService } from './stand-in.service.js';

@Module({
  imports: [AccountsModule, MentionsModule],
  controllers: [PeopleController, HandOverController, DelegationController, StandInController, MailboxController],
  providers: [DelegationService, HandOverService, MailboxService, MandateService, PeopleQueries, StandInService],
  exports: [MailboxService],
})
export class PeopleModule {}
