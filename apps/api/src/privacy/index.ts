export { DataExportService } from './data-export.service.js';
export { ErasureService } from './erasure.service.js';
export { PrivacyModule } from './privacy.module.js';
export { Retention } from './retention.js';
export { ELSEWHERE, SECTIONS } from './sections.js';
