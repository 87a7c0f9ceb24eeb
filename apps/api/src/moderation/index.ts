export { ModerationClock } from './moderation-clock.js';
export { ModerationModule } from './moderation.module.js';
export { ReportService } from './report.service.js';
export { tellOfNewcomer } from './queue/newcomers.js';
