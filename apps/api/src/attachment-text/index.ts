export { AttachmentReader, retryFailedTexts } from './attachment-reader.js';
export { AttachmentTextModule } from './attachment-text.module.js';
export { attachmentsOf, type AttachmentText, collectAttachments } from './collect-attachments.js';
export { firstTextState } from './text-types.js';
