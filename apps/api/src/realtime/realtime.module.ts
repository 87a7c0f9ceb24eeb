import { Global, Module } from '@nestjs/common';
import { EventController } from './event.controller.js';
import { EventQueries } from './event.queries.js';
import { EventTail } from './event-tail.js';
import { EventViews } from './event-views.js';
import { LiveGateway } from './gateway.js';
import { PresenceBoard } from './presence.js';
import { Publisher } from './publisher.js';
import { EventRetention } from './retention.js';
import { ThreadAccess } from './thread-access.js';
import { WriteTransaction } from './write.js';

/** The event log, its tail and the sockets. Every write of every feature passes through WriteTransaction. */
@Global()
@Module({
  controllers: [EventController],
  providers: [EventTail, EventViews, EventQueries, WriteTransaction, Publisher, PresenceBoard, ThreadAccess, LiveGateway, EventRetention],
  exports: [EventTail, EventViews, WriteTransaction, EventRetention],
})
export class RealtimeModule {}
