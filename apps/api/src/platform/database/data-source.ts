import pg from 'pg';
import { DataSource } from 'typeorm';
import { CreatePasserelle1764000000000 } from '../../migrations/1764000000000-create-passerelle.js';
import { PracticeLife1764100000000 } from '../../migrations/1764100000000-practice-life.js';
import { Projects1764200000000 } from '../../migrations/1764200000000-projects.js';
import { Relay1764300000000 } from '../../migrations/1764300000000-relay.js';
import { AttachmentText1764400000000 } from '../../migrations/1764400000000-attachment-text.js';
import { LiveSearch1764500000000 } from '../../migrations/1764500000000-live-search.js';
import { PracticeCounts1764600000000 } from '../../migrations/1764600000000-practice-counts.js';
import { UnpublishedNeeds1764610000000 } from '../../migrations/1764610000000-unpublished-needs.js';
import { Audit1764690000000 } from '../../migrations/1764690000000-audit.js';
import { TwoFactors1764750000000 } from '../../migrations/1764750000000-two-factors.js';
import { Privacy1764760000000 } from '../../migrations/1764760000000-privacy.js';
import { StandingDecisions1764770000000 } from '../../migrations/1764770000000-standing-decisions.js';
import { VisitorReports1764780000000 } from '../../migrations/1764780000000-visitor-reports.js';
import { Groups1764720000000 } from '../../migrations/1764720000000-groups.js';
import { PracticeLinks1764696000000 } from '../../migrations/1764696000000-practice-links.js';
import { Moderation1764730000000 } from '../../migrations/1764730000000-moderation.js';
import { Invitations1764700000000 } from '../../migrations/1764700000000-invitations.js';

const INT8 = 20;
const TIMESTAMPTZ = 1184;
const DATE = 1082;

// Counts and cursors stay below 2^53; instants travel as ISO 8601 text, so no Date object is made on the way.
pg.types.setTypeParser(INT8, Number);
pg.types.setTypeParser(TIMESTAMPTZ, (text) => `${text.slice(0, 10)}T${text.slice(11).replace(/\+00$/, 'Z')}`);
pg.types.setTypeParser(DATE, (text) => text);

/** TypeORM holds the pool and the migrations; statements are SQL (docs/decisions/0002). */
export function createDataSource(url: string): DataSource {
  return new DataSource({
    type: 'postgres',
    url,
    synchronize: false,
    migrations: [CreatePasserelle1764000000000, PracticeLife1764100000000, Projects1764200000000, Relay1764300000000, AttachmentText1764400000000, LiveSearch1764500000000, PracticeCounts1764600000000, UnpublishedNeeds1764610000000, Audit1764690000000, PracticeLinks1764696000000, Invitations1764700000000, Groups1764720000000, Moderation1764730000000, TwoFactors1764750000000, Privacy1764760000000, StandingDecisions1764770000000, VisitorReports1764780000000],
    migrationsTableName: 'migration',
    migrationsTransactionMode: 'each',
    poolSize: 16,
    connectTimeoutMS: 3_000,
    extra: { options: '-c timezone=UTC -c statement_timeout=15000 -c idle_in_transaction_session_timeout=30000', keepAlive: true },
    poolErrorHandler: () => undefined,
  });
}
