import { MailQueue } from '../../src/platform/index.js';
import { type TestApp, until } from '../support/app.js';

/** Lets all mails leave: what the clock has taken in hand already leaves by it. */
export async function sendMails(app: TestApp): Promise<void> {
  await app.app.get(MailQueue).work();
  await until(async () => (await app.database.row('SELECT 1 FROM mail_waiting')) === undefined, 'the mails to leave');
}
