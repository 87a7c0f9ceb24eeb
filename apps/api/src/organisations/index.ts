export { MentionIndex, type Mentioned } from './mention-index.js';
