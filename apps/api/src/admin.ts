import 'reflect-metadata';
import { DEMO_PASSWORD, hashPassword } from './accounts/index.js';
import { loadDemonstration, loadReference } from './demo/index.js';
import { createDataSource } from './platform/database/data-source.js';
import { migrateDatabase } from './platform/database/migrate.js';
import { startEmbeddedPostgres } from './platform/embedded-postgres/index.js';
import { type Env, parseEnv } from './platform/env.js';
import { Database } from './platform/index.js';
import { reindex } from './search/index.js';

interface Verb {
  does: string;
  run(database: Database, env: Env): Promise<string>;
}

const VERBS: Record<string, Verb> = {
  reindex: {
    does: 'builds the search index anew; the service may go on running',
    run: async (database) => `${await reindex(database)} entries indexed.`,
  },
  'load-demo': {
    does: 'loads the demonstration practices, accounts and exchanges, once per database',
    run: async (database, env) => {
      // The password of these accounts is public.
      if (env.production && !env.demo) throw new Error('load-demo is refused when NODE_ENV=production, unless DEMO=1 is set');
      await loadReference(database);
      if (!(await loadDemonstration(database, () => hashPassword(DEMO_PASSWORD)))) return 'The demonstration is loaded already.';
      return `The demonstration is loaded; ${await reindex(database)} entries indexed.`;
    },
  },
};

const HELP = ['npm run admin -- <verb>', '', ...Object.entries(VERBS).map(([name, { does }]) => `  ${name.padEnd(12)}${does}`), `  ${'--help'.padEnd(12)}shows this list`, '',
  'Settings are those of the service (.env.example): DATABASE_URL, or DATA_DIR for the embedded database.'].join('\n');

/** Runs one verb against the database of the service, whether the service runs or not. @returns the exit status. */
async function main(name: string | undefined): Promise<number> {
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    console.log(HELP);
    return name === undefined ? 2 : 0;
  }
  const verb = Object.hasOwn(VERBS, name) ? VERBS[name] : undefined;
  if (!verb) {
    console.error(`Unknown verb: ${name}\n\n${HELP}`);
    return 2;
  }
  const env = parseEnv(process.env);
  const embedded = env.databaseUrl ? null : await startEmbeddedPostgres({ dataDir: env.dataDir });
  try {
    const url = env.databaseUrl ?? embedded?.url ?? '';
    await migrateDatabase(url);
    const dataSource = await createDataSource(url).initialize();
    try {
      console.log(await verb.run(new Database(dataSource), env));
    } finally {
      await dataSource.destroy();
    }
  } finally {
    // An adopted database belongs to the running service.
    if (embedded?.started) await embedded.stop();
  }
  return 0;
}

main(process.argv[2]).then(
  (status) => process.exit(status),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
