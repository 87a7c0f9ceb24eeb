import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Env, parseEnv } from '../src/platform/env.js';

let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'passerelle-secrets-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const KEY = 'k'.repeat(40);

describe('a secret setting', () => {
  it.each<[string, string, (env: Env) => unknown]>([
    ['DATABASE_URL', 'postgres://owner:marchandise@db.exemple.test/passerelle', ({ databaseUrl }) => databaseUrl],
    ['SMTP_URL', 'smtp://poste:marchandise@mail.exemple.test:587', ({ smtpUrl }) => smtpUrl],
    ['SECRET_KEY', KEY, ({ secretKey }) => secretKey],
  ])('%s may be given as a file instead', (name, secret, read) => {
    expect(read(parseEnv({ [`${name}_FILE`]: file(name, `${secret}\n`) }))).toBe(secret);
    expect(read(parseEnv({ [`${name}_FILE`]: file(name, secret), [name]: '' }))).toBe(secret);
    expect(read(parseEnv({ [name]: secret, [`${name}_FILE`]: '' }))).toBe(secret);
  });

  it('given twice stops the start, in words that name both and quote neither', () => {
    const twice = () => parseEnv({ SECRET_KEY: KEY, SECRET_KEY_FILE: file('twice', 'z'.repeat(40)) });
    expect(twice).toThrow('SECRET_KEY and SECRET_KEY_FILE are both given; keep one of them');
    expect(twice).not.toThrow(/kkk|zzz/);
  });

  it.each([
    ['there is none', () => join(folder, 'nowhere'), /SMTP_URL_FILE: .*nowhere can't be read \(ENOENT\)/],
    ['it is empty', () => file('empty', '\n'), /SMTP_URL_FILE: .* must hold the secret alone, on one line/],
    ['it holds more than the secret', () => file('more', 'smtp://a\nsmtp://marchandise\n'), /SMTP_URL_FILE: .* must hold the secret alone, on one line/],
  ])('in a file stops the start when %s', (_, path, words) => {
    expect(() => parseEnv({ SMTP_URL_FILE: path() })).toThrow(words);
    expect(() => parseEnv({ SMTP_URL_FILE: path() })).not.toThrow(/marchandise/);
  });

  it('that is wrong is named and not quoted', () => {
    expect(() => parseEnv({ SECRET_KEY_FILE: file('short', 'marchandise') })).toThrow(/SECRET_KEY/);
    expect(() => parseEnv({ SECRET_KEY_FILE: file('short', 'marchandise') })).not.toThrow(/marchandise/);
  });
});

describe('settings for development', () => {
  it('that lift limits are refused in production', () => {
    expect(() => parseEnv({ NODE_ENV: 'production', RATE_LIMITS: 'off' })).toThrow('RATE_LIMITS=off is refused');
    expect(parseEnv({ NODE_ENV: 'production' })).toMatchObject({ demo: false, rateLimits: true });
  });
});
