export { ForumModule } from './forum.module.js';
export { AttachmentService } from './attachment.service.js';
export { renderPostHtml } from './post-html.js';
export { liftName } from './lift-names.js';
export { requestHash } from './request-hash.js';
export { ThreadQueries } from './thread.queries.js';
export { insertThread } from './thread.service.js';
