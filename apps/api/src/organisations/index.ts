export { assertReadsAccessions, canReadFile, canReadOpinion, fileReaderOf, readableFile } from './accession.visibility.js';
export { MentionIndex, type Mentioned } from './mention-index.js';
export { MentionsModule } from './mentions.module.js';
export { OrganisationsModule } from './organisations.module.js';
