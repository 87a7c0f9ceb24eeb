import { Module } from '@nestjs/common';
import { ModerationModule } from '../moderation/index.js';
import { PublicController } from './public.controller.js';
import { PublicFiles } from './public.files.js';
import { PublicQueries } from './public.queries.js';
import { VisitorReportController } from './report.controller.js';
import { ReportLimits } from './report-limits.js';

@Module({ imports: [ModerationModule], controllers: [PublicController, VisitorReportController], providers: [PublicQueries, PublicFiles, ReportLimits] })
export class PublicModule {}
