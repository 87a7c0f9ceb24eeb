import { Module } from '@nestjs/common';
import { AttachmentTextModule } from '../attachment-text/index.js';
import { MentionsModule } from '../organisations/index.js';
import { AttachmentController } from './attachment.controller.js';
import { AttachmentService } from './attachment.service.js';
import { DraftService } from './draft.service.js';
import { WatchModule } from '../watch/index.js';
import { ForumLive } from './forum.live.js';
import { HeldController } from './held.controller.js';
import { HeldQueries } from './held.queries.js';
import { HeldRelease } from './held-release.js';
import { HeldWriter } from './held-writer.js';
import { PostController } from './post.controller.js';
import { PostQueries } from './post.queries.js';
import { PostService } from './post.service.js';
import { ReadingController } from './reading.controller.js';
import { ReadingService } from './reading.service.js';
import { ReplyWriter } from './reply-writer.js';
import { ThreadActService } from './thread-act.service.js';
import { ThreadController } from './thread.controller.js';
import { ThreadGuestController } from './thread-guest.controller.js';
import { ThreadGuestService } from './thread-guest.service.js';
import { ThreadQueries } from './thread.queries.js';
import { ThreadService } from './thread.service.js';

@Module({
  imports: [MentionsModule, AttachmentTextModule, WatchModule],
  controllers: [PostController, ThreadController, ReadingController, AttachmentController, ThreadGuestController, HeldController],
  providers: [PostQueries, PostService, ReplyWriter, ThreadQueries, ThreadService, ThreadActService, ThreadGuestService, ReadingService, DraftService, AttachmentService, ForumLive, HeldQueries, HeldWriter, HeldRelease],
  exports: [ThreadQueries, ThreadActService, HeldRelease],
})
export class ForumModule {}
