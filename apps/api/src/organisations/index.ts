export { MentionIndex, type Mentioned } from './mention-index.js';
export { MentionsModule } from './mentions.module.js';
