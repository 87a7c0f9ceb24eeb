import { Module } from '@nestjs/common';
import { ModerationModule } from '../moderation/index.js';
import { PeopleModule } from '../people/index.js';
import { MailboxPageController } from './mailbox.controller.js';
import { PublicController } from './public.controller.js';
import { PublicFiles } from './public.files.js';
import { PublicQueries } from './public.queries.js';
import { VisitorReportController } from './report.controller.js';
import { ReportLimits } from './report-limits.js';

@Module({ imports: [ModerationModule, PeopleModule], controllers: [PublicController, VisitorReportController, MailboxPageController], providers: [PublicQueries, PublicFiles, ReportLimits] })
export class PublicModule {}
