import { Module } from '@nestjs/common';
import { SpaceInvitationService } from './invitation.service.js';
import { JoinRequestService } from './join-request.service.js';
import { MembershipController } from './membership.controller.js';
import { MembershipService } from './membership.service.js';
import { SpaceController } from './space.controller.js';
import { SpaceLive } from './space.live.js';
import { SpaceQueries } from './space.queries.js';
import { SpaceService } from './space.service.js';

@Module({
  controllers: [SpaceController, MembershipController],
  providers: [SpaceQueries, SpaceService, MembershipService, JoinRequestService, SpaceInvitationService, SpaceLive],
})
export class SpacesModule {}
