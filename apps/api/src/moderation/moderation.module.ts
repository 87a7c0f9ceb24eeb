import { Module, type OnModuleInit } from '@nestjs/common';
import { ForumModule } from '../forum/index.js';
import { MentionsModule } from '../organisations/index.js';
import { EventViews } from '../realtime/index.js';
import { AppealService } from './appeal.service.js';
import { BulkService } from './bulk.service.js';
import { CharterController } from './charter.controller.js';
import { CharterService } from './charter.service.js';
import { CaseService } from './case.service.js';
import { LiftedNameController, LiftedNameService } from './lifted-name.controller.js';
import { Measures } from './measures.js';
import { ModerationClock } from './moderation-clock.js';
import { ModerationController } from './moderation.controller.js';
import { ModerationLetters } from './letters.js';
import { ModerationQueries } from './moderation.queries.js';
import { ReportController } from './report.controller.js';
import { ReportService } from './report.service.js';
import { WatchModule } from '../watch/index.js';
import { NewcomerService } from './queue/newcomers.js';
import { QueueController } from './queue/queue.controller.js';
import { QueueQueries } from './queue/queue.queries.js';
import { CaughtDesk } from './watch/caught-desk.js';
import { HeldCaseQueries } from './watch/held-case.queries.js';
import { HeldService } from './watch/held.service.js';
import { TrialService } from './watch/trial.service.js';
import { WatchController } from './watch/watch.controller.js';
import { WatchRuleQueries } from './watch/watch-rule.queries.js';
import { WatchRuleService } from './watch/watch-rule.service.js';

@Module({
  imports: [ForumModule, MentionsModule, WatchModule],
  controllers: [ModerationController, CharterController, ReportController, LiftedNameController, WatchController, QueueController],
  providers: [BulkService, Measures, CharterService, ModerationLetters, ModerationQueries, CaseService, AppealService, ReportService, LiftedNameService, ModerationClock, WatchRuleQueries, WatchRuleService, TrialService, CaughtDesk, HeldService, HeldCaseQueries, QueueQueries, NewcomerService],
  exports: [ReportService],
})
export class ModerationModule implements OnModuleInit {
  constructor(private readonly views: EventViews) {}

  /** Facts of moderation say which case has changed; what of it somebody may read is asked for. */
  onModuleInit(): void {
    this.views.register(['case.moved', 'decision.made', 'report.answered'], async (rows) => rows.map((row) => ({ actor: null, data: { subject: row.subject_id } })));
  }
}
