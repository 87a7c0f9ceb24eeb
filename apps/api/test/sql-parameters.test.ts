import { beforeAll, describe, expect, it } from '@jest/globals';
import { programOf, SqlSources } from './support/sql-sources.js';

const HEAD = `import type { Sql } from './platform/index.js';\n`;
/** What somebody could add one day. */
const REFUSED: Record<string, string> = {
  'a value in a template': 'export const f = (sql: Sql, name: string) => sql.rows(`SELECT 1 FROM person WHERE name = \'${name}\'`); export const g = (sql: Sql, body: { name: string }) => f(sql, body.name);',
  'a value that is joined on': 'export const f = (sql: Sql, body: { name: string }) => sql.run("DELETE FROM person WHERE name = \'" + body.name + "\'");',
  'a value through a function': 'const named = (name: string) => `name = \'${name}\'`; export const f = (sql: Sql, body: { name: string }) => sql.row(`SELECT 1 FROM person WHERE ${named(body.name)}`);',
  'a value through a constant': 'export function f(sql: Sql, body: { order: string }) { const order = `ORDER BY ${body.order}`; return sql.rows(`SELECT 1 FROM person ${order}`); }',
  'a number of the request': 'export const f = (sql: Sql, query: { limit: number }) => sql.rows(`SELECT 1 FROM person LIMIT ${query.limit}`);',
  'a list of values': 'export const f = (sql: Sql, body: { ids: string[] }) => sql.rows(`SELECT 1 FROM person WHERE id IN (${body.ids.map((id) => `\'${id}\'`).join(\',\')})`);',
  'a text that changes': 'export function f(sql: Sql, body: { name: string }) { let text = "SELECT 1"; text += body.name; return sql.rows(text); }',
  'a function that nobody calls yet': 'export const f = (sql: Sql, where: string) => sql.rows(`SELECT 1 FROM person WHERE ${where}`);',
};
const ALLOWED: Record<string, string> = {
  'a parameter': "export const f = (sql: Sql, body: { name: string }) => sql.rows('SELECT 1 FROM person WHERE name = $1', [body.name]);",
  'a constant': 'const LIMIT = 20; const FROM = `FROM person LIMIT ${LIMIT}`; export const f = (sql: Sql) => sql.rows(`SELECT 1 ${FROM}`);',
  'a fragment with the place of a parameter': 'const at = (place: string) => `id = ${place}`; export const f = (sql: Sql, id: string) => sql.rows(`SELECT 1 FROM person WHERE ${at("$1")}`, [id]);',
  'one of a closed set': "export const f = (sql: Sql, query: { sort: 'name' | 'id' }) => sql.rows(`SELECT 1 FROM person ORDER BY ${query.sort}`);",
  'tables that the source lists': "const TABLES = ['person', 'account'] as const; export async function f(sql: Sql) { for (const table of TABLES) await sql.run(`DELETE FROM ${table}`); }",
  'a choice by what came in': "const ORDERS: Record<string, string> = { new: 'ORDER BY id DESC', old: 'ORDER BY id' }; export const f = (sql: Sql, order: string) => sql.rows(`SELECT 1 FROM person ${ORDERS[order]}`);",
};

const nameOf = (kind: string, index: number) => `src/sample-${kind}-${index}.ts`;
const samples = (kind: string, texts: Record<string, string>) => Object.fromEntries(Object.values(texts).map((text, index) => [nameOf(kind, index), HEAD + text]));

let faults: string[];
let statements: number;
beforeAll(() => {
  const sources = new SqlSources(programOf({ ...samples('refused', REFUSED), ...samples('allowed', ALLOWED) }));
  faults = sources.find();
  statements = sources.statements;
}, 120_000);

describe('the text of a statement', () => {
  it('comes from the source alone, in the whole server and its migrations', () => {
    expect(statements).toBeGreaterThan(500);
    expect(faults.filter((fault) => !fault.startsWith('src/sample-'))).toEqual([]);
  });

  it.each(Object.keys(REFUSED).map((what, index) => [what, nameOf('refused', index)]))('may not hold %s', (_, file) => {
    expect(faults.filter((fault) => fault.startsWith(`${file}:`))).not.toEqual([]);
  });

  it.each(Object.keys(ALLOWED).map((what, index) => [what, nameOf('allowed', index)]))('may hold %s', (_, file) => {
    expect(faults.filter((fault) => fault.startsWith(`${file}:`))).toEqual([]);
  });
});
