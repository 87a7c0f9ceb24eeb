// One line each, so that two changes of the schema meet without conflict; TypeORM runs them by the number in the name.
export { CreatePasserelle1764000000000 } from './1764000000000-create-passerelle.js';
export { PracticeLife1764100000000 } from './1764100000000-practice-life.js';
export { Projects1764200000000 } from './1764200000000-projects.js';
export { Relay1764300000000 } from './1764300000000-relay.js';
export { AttachmentText1764400000000 } from './1764400000000-attachment-text.js';
export { LiveSearch1764500000000 } from './1764500000000-live-search.js';
export { PracticeCounts1764600000000 } from './1764600000000-practice-counts.js';
export { UnpublishedNeeds1764610000000 } from './1764610000000-unpublished-needs.js';
export { Audit1764690000000 } from './1764690000000-audit.js';
export { PracticeLinks1764696000000 } from './1764696000000-practice-links.js';
export { Invitations1764700000000 } from './1764700000000-invitations.js';
export { Groups1764720000000 } from './1764720000000-groups.js';
export { Moderation1764730000000 } from './1764730000000-moderation.js';
export { TwoFactors1764750000000 } from './1764750000000-two-factors.js';
export { Privacy1764760000000 } from './1764760000000-privacy.js';
export { StandingDecisions1764770000000 } from './1764770000000-standing-decisions.js';
export { VisitorReports1764780000000 } from './1764780000000-visitor-reports.js';
