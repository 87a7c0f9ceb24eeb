import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { ENV, type Env } from '../env.js';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Seals what must not be readable in a copy of the database. The key is SECRET_KEY, or the file DATA_DIR/secret.key, made once. */
@Injectable()
export class SecretBox {
  private key: Promise<Buffer> | undefined;

  constructor(@Inject(ENV) private readonly env: Env) {}

  /** @param owner what the secret belongs to: moved to another owner it doesn't open. */
  async seal(secret: Buffer, owner: string): Promise<Buffer> {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', await this.open(), nonce).setAAD(Buffer.from(owner));
    const sealed = Buffer.concat([cipher.update(secret), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
  }

  /** @throws when the key is another one, or the sealed bytes or their owner were changed. */
  async unseal(sealed: Buffer, owner: string): Promise<Buffer> {
    const decipher = createDecipheriv('aes-256-gcm', await this.open(), sealed.subarray(0, NONCE_BYTES)).setAAD(Buffer.from(owner));
    decipher.setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
  }

  private open(): Promise<Buffer> {
    this.key ??= this.text().then((text) => createHash('sha256').update(text).digest());
    return this.key;
  }

  private async text(): Promise<string> {
    if (this.env.secretKey !== undefined) return this.env.secretKey;
    const file = join(this.env.dataDir, 'secret.key');
    await mkdir(this.env.dataDir, { recursive: true });
    // Of two that begin at once the first makes the file; both read it.
    await writeFile(file, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
    return readFile(file, 'utf8');
  }
}
