import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CONSENT_VERSION, type ConsentView, type MyDataView } from '@passerelle/contract';
import { v7 as uuid } from 'uuid';
import { enqueueMail, enqueueNetworkMail, MailQueue } from '../src/platform/index.js';
import { buildMember, type Member } from './builders/forum.js';
import { TestApp } from './support/app.js';

let app: TestApp;
let colleague: Member;

beforeAll(async () => {
  app = await TestApp.start();
  colleague = await buildMember(app);
});
afterAll(() => app.stop());

const myData = async (who: Member) => (await app.call('GET', '/api/me/data', { cookie: who.cookie })).json as unknown as MyDataView;

describe('consent to mail of the network', () => {
  const agree = (who: Member, given: boolean) => app.call('PUT', '/api/me/consents/mail', { cookie: who.cookie, body: { given } });

  it('is given and taken back at any time; each change is a line with its date and the words of the day, and none is lost', async () => {
    const person = await buildMember(app);
    expect((await myData(person)).consents).toEqual([]);
    for (const given of [true, true, false]) expect((await agree(person, given)).status).toBe(200);
    const { items } = (await agree(person, true)).json as unknown as { items: ConsentView[] };
    expect(items.map(({ purpose, given, textVersion }) => [purpose, given, textVersion])).toEqual([true, false, true].map((given) => ['mail', given, CONSENT_VERSION]));
    expect((await myData(person)).consents).toEqual(items);
    expect((await myData(colleague)).consents).toEqual([]);
    await expect(app.database.run('DELETE FROM consent WHERE account_id = $1', [person.accountId])).rejects.toThrow('permission denied');
    await expect(app.database.run('UPDATE consent SET given = true WHERE account_id = $1', [person.accountId])).rejects.toThrow('permission denied');
  });

  it('ends with the last word where two come at once', async () => {
    const person = await buildMember(app);
    await Promise.all([agree(person, true), agree(person, true), agree(person, true)]);
    expect((await myData(person)).consents).toHaveLength(1);
  });

  it('decides, as it stands when mail leaves, on mail of the network, and on no mail about the account or an act', async () => {
    const [silent, agreed, left] = [await buildMember(app), await buildMember(app), await buildMember(app)];
    for (const who of [agreed, left]) await agree(who, true);
    const addressOf = async (who: Member) => (await app.database.row<{ email: string }>('SELECT email FROM account WHERE id = $1', [who.accountId]))?.email ?? '';
    const mark = uuid();
    const addresses = await Promise.all([silent, agreed, left].map(addressOf));
    await app.database.transaction(async (tx) => {
      for (const to of addresses) {
        await enqueueNetworkMail(tx, { to, subject: `Du nouveau ${mark}`, text: 'Un dossier attend.' });
        await enqueueMail(tx, { to, subject: `Votre mandat ${mark}`, text: 'Il a pris fin.' });
      }
    });
    await agree(left, false);
    await app.app.get(MailQueue).work();
    const outbox = join(app.dataDir, 'outbox');
    const mails = readdirSync(outbox).map((name) => readFileSync(join(outbox, name), 'utf8')).filter((text) => text.includes(mark));
    const sent = addresses.map((to) => mails.filter((text) => text.includes(`To: ${to}`)).length);
    expect(sent).toEqual([1, 2, 1]);
    expect(await app.database.rows('SELECT 1 FROM mail_waiting WHERE recipient = ANY($1::text[])', [addresses])).toEqual([]);
  });
});
