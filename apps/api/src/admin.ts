import 'reflect-metadata';
import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { EXCHANGE_MAX_BYTES, type PracticeImportReport } from '@passerelle/contract';
import { DEMO_PASSWORD, hashPassword, resetFactors } from './accounts/index.js';
import { retryFailedTexts } from './attachment-text/index.js';
import { loadDemonstration, loadReference } from './demo/index.js';
import { inviteToSecretariat } from './invitations/index.js';
import { createDataSource } from './platform/database/data-source.js';
import { migrateDatabase } from './platform/database/migrate.js';
import { startEmbeddedPostgres } from './platform/embedded-postgres/index.js';
import { type Env, parseEnv } from './platform/env.js';
import { Database } from './platform/index.js';
import { PracticeImporter } from './practices/index.js';
import { appendEvents, EventTail, WriteTransaction } from './realtime/index.js';

interface Verb {
  does: string;
  /** What follows the verb, as the help shows it; without it nothing may follow. */
  takes?: string;
  run(database: Database, env: Env, words: string[]): Promise<string>;
}

const VERBS: Record<string, Verb> = {
  reindex: {
    does: 'builds the search index anew, and tries attachments again whose text could not be read; the service may go on running',
    run: async (database) => {
      const again = await retryFailedTexts(database);
      await renewIndex(database);
      return `Every running service builds its index anew; the old one answers until then. Attachments to be read again: ${again}.`;
    },
  },
  'load-demo': {
    does: 'loads the demonstration practices, accounts and exchanges, once per database',
    run: async (database, env) => {
      // The password of these accounts is public.
      if (env.production && !env.demo) throw new Error('load-demo is refused when NODE_ENV=production, unless DEMO=1 is set');
      await loadReference(database);
      if (!(await loadDemonstration(database, () => hashPassword(DEMO_PASSWORD)))) return 'The demonstration is loaded already.';
      await renewIndex(database);
      return 'The demonstration is loaded.';
    },
  },
  invite: {
    does: 'invites somebody into the secretariat, by mail and by the link that it shows: the way to the first account of a new service, and back in when nobody of the secretariat is in office',
    takes: 'ADDRESS FUNCTION [--english]',
    run: async (database, env, words) => {
      const [email, office, ...more] = words.filter((word) => word !== '--english');
      if (!email || !office || more.length > 0) throw new Error(`invite ${VERBS['invite']?.takes}`);
      await loadReference(database);
      const link = await inviteToSecretariat(database, env, { email, function: office, language: words.includes('--english') ? 'en' : 'fr' });
      return `Invited. The link works once and is the only way in:\n\n${link}`;
    },
  },
  'reset-factor': {
    does: 'takes passkeys, authenticator and recovery codes off an account, when nobody of the secretariat can sign in to do it; told by mail',
    takes: 'ADDRESS',
    run: async (database, _env, words) => {
      const [email = ''] = words;
      const account = await database.row<{ id: string }>('SELECT id FROM account WHERE email = $1', [email.toLowerCase()]);
      if (!account) throw new Error('There is no account with this address');
      await new WriteTransaction(database, new EventTail(database)).run(null, (write) => resetFactors(write, null, account.id, { reason: 'other', note: '' }));
      return 'The account has no second factor any more.';
    },
  },
  import: {
    does: 'takes practices in from a CSV or JSON file: all, or none when a line is wrong; --dry-run only says what would become of them',
    takes: 'practices FILE [--dry-run] [--skip-errors]',
    run: async (database, _env, words) => importPractices(database, words),
  },
};

/** Services follow the log: this fact tells them to build their index from the database. */
const renewIndex = (database: Database) => database.transaction((tx) => appendEvents(tx, null, [{ type: 'search.renewed', audience: 'none' }]));

/** @throws Error that lists the lines that are wrong. */
async function importPractices(database: Database, words: string[]): Promise<string> {
  const [what, name, ...rest] = [...words.filter((word) => !word.startsWith('--')), ...words.filter((word) => word.startsWith('--'))];
  if (what !== 'practices' || !name || name.startsWith('--') || rest.some((word) => word !== '--dry-run' && word !== '--skip-errors')) throw new Error(`import ${VERBS['import']?.takes}`);
  // npm runs its scripts from the root of the project, whoever calls them from where.
  const file = resolve(process.env['INIT_CWD'] ?? '.', name);
  if ((await stat(file)).size > EXCHANGE_MAX_BYTES) throw new Error(`${name} is larger than ${EXCHANGE_MAX_BYTES / 1024 / 1024} MB`);
  const importer = new PracticeImporter(database, new WriteTransaction(database, new EventTail(database)));
  const report = await importer.import(null, await readFile(file), { format: /\.json$/i.test(name) ? 'json' : 'csv', dryRun: rest.includes('--dry-run'), skipErrors: rest.includes('--skip-errors') });
  const told = [...errorLines(report), `${summaryOf(report)}.`].join('\n');
  if (report.errorCount > 0 && !report.applied) throw new Error(told);
  return told;
}

const errorLines = ({ errors, errorCount }: PracticeImportReport) => [
  ...errors.map(({ line, column, code, value }) => `line ${line}${column && `, ${column}`}: ${code}${value && ` (${value})`}`), ...(errorCount > errors.length ? [`and ${errorCount - errors.length} more errors`] : [])];

function summaryOf({ lines, created, updated, unchanged, refused, applied, dryRun }: PracticeImportReport): string {
  const become = applied ? '' : 'would be ';
  const ending = applied ? '' : dryRun ? '; dry run, nothing was written' : '; nothing was written';
  return `${lines} practices read: ${created} ${become}created, ${updated} ${become}updated, ${unchanged} unchanged, ${refused} refused${ending}`;
}

const NAME_WIDTH = 12;
const HELP = ['npm run admin -- <verb>', '', ...Object.entries(VERBS).flatMap(([name, { does, takes }]) => (takes ? [`  ${name} ${takes}`, `  ${' '.repeat(NAME_WIDTH)}${does}`] : [`  ${name.padEnd(NAME_WIDTH)}${does}`])), `  ${'--help'.padEnd(NAME_WIDTH)}shows this list`, '',
  'Settings are those of the service (.env.example): DATABASE_URL, or DATA_DIR for the embedded database.'].join('\n');

/** Runs one verb against the database of the service, whether the service runs or not. @returns the exit status. */
async function main(name: string | undefined, words: string[]): Promise<number> {
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
    const url = await migrateDatabase(env.databaseUrl ?? embedded?.url ?? '');
    const dataSource = await createDataSource(url).initialize();
    try {
      console.log(await verb.run(new Database(dataSource), env, words));
    } finally {
      await dataSource.destroy();
    }
  } finally {
    // An adopted database belongs to the running service.
    if (embedded?.started) await embedded.stop();
  }
  return 0;
}

main(process.argv[2], process.argv.slice(3)).then(
  (status) => process.exit(status),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
