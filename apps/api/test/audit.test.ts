import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { recordAudit } from '../src/audit/index.js';
import { prepareApplicationRole } from '../src/platform/database/application-role.js';
import { TestApp } from './support/app.js';
import { asOwner } from './support/postgres.js';

let app: TestApp;
beforeAll(async () => {
  app = await TestApp.start();
  await app.database.transaction((tx) => recordAudit(tx, null, { act: 'role.changed', subjectKind: 'account', subjectId: 'a', detail: { to: 'moderator' } }));
});
afterAll(() => app.stop());

describe('the record of administration', () => {
  it('keeps a line with the act, the function and the subject', async () => {
    expect(await app.database.rows('SELECT actor_function, act, subject_kind, subject_id, detail FROM audit_entry')).toEqual([
      { actor_function: 'system', act: 'role.changed', subject_kind: 'account', subject_id: 'a', detail: { to: 'moderator' } },
    ]);
  });

  it.each(["UPDATE audit_entry SET act = 'role.kept'", 'DELETE FROM audit_entry', 'TRUNCATE audit_entry', 'ALTER TABLE audit_entry DISABLE TRIGGER ALL', 'DROP TABLE audit_entry', 'DROP FUNCTION audit_entry_stands CASCADE'])(
    'refuses the role of the application: %s',
    async (statement) => {
      await expect(app.database.run(statement)).rejects.toMatchObject({ code: '42501' });
    },
  );

  it.each(["UPDATE audit_entry SET act = 'role.kept'", 'DELETE FROM audit_entry', 'TRUNCATE audit_entry'])('refuses even its owner, by mistake: %s', async (statement) => {
    await expect(asOwner(app.databaseUrl, statement)).rejects.toMatchObject({ code: '42501' });
  });

  it('goes on as it was when the server starts again', async () => {
    expect(new URL(await prepareApplicationRole(app.databaseUrl)).username).toBe('passerelle_app');
    await expect(app.database.run('DELETE FROM audit_entry')).rejects.toMatchObject({ code: '42501' });
    expect(await asOwner(app.databaseUrl, 'SELECT 1 FROM audit_entry')).toBe(1);
  });
});
