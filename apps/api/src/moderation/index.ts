export { ModerationClock } from './moderation-clock.js';
export { ModerationModule } from './moderation.module.js';
