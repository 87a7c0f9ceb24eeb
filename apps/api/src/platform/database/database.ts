import { createHash } from 'node:crypto';
import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import type { Pool, PoolClient, QueryResult, QueryResultRow } from 'pg';
import type { DataSource } from 'typeorm';
import { faultWords } from '../log/fault.js';

/** One connection or the pool: where statements run. */
export interface Sql {
  rows<T extends QueryResultRow>(text: string, values?: unknown[]): Promise<T[]>;
  /** The first row, or undefined. */
  row<T extends QueryResultRow>(text: string, values?: unknown[]): Promise<T | undefined>;
  /** Runs a statement for its effect. @returns the number of rows it touched. */
  run(text: string, values?: unknown[]): Promise<number>;
}

const statementNames = new Map<string, string>();

// A named statement is parsed and planned once per connection. The set of texts is that of the source code, so it is bounded.
function nameOf(text: string): string {
  let name = statementNames.get(text);
  if (!name) {
    name = createHash('sha256').update(text).digest('base64url').slice(0, 20);
    statementNames.set(text, name);
  }
  return name;
}

type Executor = Pick<Pool | PoolClient, 'query'>;

function sqlOn(executor: Executor, onQuery: (text: string) => void): Sql {
  const query = <T extends QueryResultRow>(text: string, values: unknown[]): Promise<QueryResult<T>> => {
    onQuery(text);
    return executor.query<T>({ name: nameOf(text), text, values });
  };
  return {
    rows: async <T extends QueryResultRow>(text: string, values: unknown[] = []) => (await query<T>(text, values)).rows,
    row: async <T extends QueryResultRow>(text: string, values: unknown[] = []) => (await query<T>(text, values)).rows[0],
    run: async (text, values = []) => (await query(text, values)).rowCount ?? 0,
  };
}

/** SQL over the pool that TypeORM holds, and transactions. */
@Injectable()
export class Database implements Sql, OnApplicationShutdown {
  readonly pool: Pool;
  /** Told of each statement that is sent; tests of hot routes count them. */
  observer: ((text: string) => void) | null = null;
  private readonly sql: Sql;
  private readonly logger = new Logger(Database.name);

  constructor(private readonly dataSource: DataSource) {
    // TypeORM types the pool of its driver as `any`; for the postgres driver it is pg's.
    this.pool = (dataSource.driver as unknown as { master: Pool }).master;
    this.pool.on('error', (error) => this.logger.warn(`A database connection broke: ${faultWords(error)}`));
    this.sql = sqlOn(this.pool, this.observe);
  }

  rows: Sql['rows'] = (text, values) => this.sql.rows(text, values);
  row: Sql['row'] = (text, values) => this.sql.row(text, values);
  run: Sql['run'] = (text, values) => this.sql.run(text, values);

  /** Runs `work` in one transaction; rolls back when it throws. */
  async transaction<T>(work: (tx: Sql) => Promise<T>): Promise<T> {
    const client = await this.pool.connect();
    let broken: Error | undefined;
    try {
      await client.query('BEGIN');
      const result = await work(sqlOn(client, this.observe));
      await client.query('COMMIT');
      return result;
    } catch (error) {
      // When even ROLLBACK fails the connection is gone: it must not return to the pool.
      await client.query('ROLLBACK').catch((rollback: Error) => (broken = rollback));
      throw error;
    } finally {
      client.release(broken);
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await this.dataSource.destroy();
  }

  private readonly observe = (text: string) => this.observer?.(text);
}
