import pg from 'pg';
import { DataSource } from 'typeorm';
import * as migrations from '../../migrations/index.js';

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
    migrations: Object.values(migrations),
    migrationsTableName: 'migration',
    migrationsTransactionMode: 'each',
    poolSize: 16,
    connectTimeoutMS: 3_000,
    extra: { options: '-c timezone=UTC -c statement_timeout=15000 -c idle_in_transaction_session_timeout=30000', keepAlive: true },
    poolErrorHandler: () => undefined,
  });
}
