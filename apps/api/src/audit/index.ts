export { addedLines, type AuditDetail, type AuditEntry, recordAudit } from './audit-log.js';
export { readersOf, visibleEntry } from './audit-visibility.js';
