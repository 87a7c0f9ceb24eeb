export { appendEvents, EVENT_CHANNEL, EVENT_LOCK, LOG_COLUMNS, type LogRow, type NewEvent } from './event-log.js';
export { EventTail } from './event-tail.js';
export { type EventContent, EventViews } from './event-views.js';
export { isOwnOrigin, LiveGateway } from './gateway.js';
export { EventRetention } from './retention.js';
export { RealtimeModule } from './realtime.module.js';
export { type AppendingWrite, type Write, WriteTransaction } from './write.js';
