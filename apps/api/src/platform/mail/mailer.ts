import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { createTransport, type Transporter } from 'nodemailer';
import { v7 as uuid } from 'uuid';
import { ENV, type Env } from '../env.js';

export interface Message {
  to: string;
  subject: string;
  text: string;
}

/** A server of mail that says nothing for so long is given up for this time; the queue tries again. */
const SILENCE_MS = 20_000;
const TIMEOUTS = { connectionTimeout: SILENCE_MS, greetingTimeout: SILENCE_MS, socketTimeout: SILENCE_MS, dnsTimeout: SILENCE_MS };

/** Sends mail by SMTP_URL; without it each message becomes a file `DATA_DIR/outbox/<id>.eml`. */
@Injectable()
export class Mailer {
  private readonly transport: Transporter;

  constructor(@Inject(ENV) private readonly env: Env) {
    this.transport = env.smtpUrl ? createTransport({ url: env.smtpUrl, ...TIMEOUTS }) : createTransport({ streamTransport: true, buffer: true, newline: 'unix' });
  }

  async send(message: Message): Promise<void> {
    const sent: { message?: Buffer } = await this.transport.sendMail({ from: this.env.mailFrom, ...message, headers: { 'Auto-Submitted': 'auto-generated' } });
    if (this.env.smtpUrl || !sent.message) return;
    const folder = join(this.env.dataDir, 'outbox');
    await mkdir(folder, { recursive: true });
    const name = join(folder, uuid());
    // A reader of the folder never meets half a message.
    await writeFile(`${name}.part`, sent.message, { mode: 0o600 });
    await rename(`${name}.part`, `${name}.eml`);
  }
}
