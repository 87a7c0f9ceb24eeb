import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { parseEnv } from '../src/platform/env.js';
import { Mailer } from '../src/platform/index.js';

let server: SMTPServer, url: string;
const senders: string[] = [];

beforeAll(async () => {
  server = new SMTPServer({
    authOptional: true, disabledCommands: ['STARTTLS'],
    onData: (stream, session, done) =>
      void simpleParser(stream).then((mail) => {
        senders.push(`${mail.from?.text ?? ''}, envelope ${session.envelope.mailFrom ? session.envelope.mailFrom.address : ''}`);
        done();
      }),
  });
  const port = await new Promise<number>((done) => server.listen(0, '127.0.0.1', () => done((server.server.address() as { port: number }).port)));
  url = `smtp://127.0.0.1:${port}`;
});
afterAll(() => new Promise<void>((done) => server.close(() => done())));

const sendWith = (settings: Record<string, string>) => new Mailer(parseEnv({ SMTP_URL: url, ...settings })).send({ to: 'mairie@exemple.test', subject: 'Essai', text: 'Bonjour' });

describe('the sender of mail', () => {
  it('is an address at the host of the platform, unless the operator names one', async () => {
    await sendWith({ PUBLIC_URL: 'https://passerelle.exemple.test:8443' });
    await sendWith({ MAIL_FROM: 'Réseau des maires <echanges@exemple.test>' });
    expect(senders).toEqual([
      '"Passerelle" <ne-pas-repondre@passerelle.exemple.test>, envelope ne-pas-repondre@passerelle.exemple.test',
      '"Réseau des maires" <echanges@exemple.test>, envelope echanges@exemple.test',
    ]);
  });

  it('is one line: what would add a header is refused at the start', () => {
    expect(() => parseEnv({ MAIL_FROM: 'a@exemple.test\r\nBcc: b@exemple.test' })).toThrow('MAIL_FROM');
    expect(() => parseEnv({ MAIL_FROM: 'nobody' })).toThrow('MAIL_FROM');
  });
});
