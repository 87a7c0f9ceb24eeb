import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parseEnv } from '../src/platform/env.js';
import { securityTxt } from '../src/public/security.js';
import { TestApp } from './support/app.js';

let app: TestApp;
beforeAll(async () => void (app = await TestApp.start({ PUBLIC_URL: 'https://passerelle.exemple.test' })));
afterAll(() => app.stop());

describe('security.txt', () => {
  it('says where weaknesses are reported, as RFC 9116 has it, and expires within a year', async () => {
    const { status, headers, text } = await app.call('GET', '/.well-known/security.txt');
    expect([status, headers.get('content-type')]).toEqual([200, 'text/plain; charset=utf-8']);
    const fields = text.trimEnd().split('\n').map((line) => line.split(/: (.*)/).slice(0, 2));
    const valueOf = (name: string) => fields.filter(([field]) => field === name).map(([, value]) => value);
    expect(fields.map(([name]) => name)).toEqual(['Contact', 'Expires', 'Preferred-Languages', 'Canonical', 'Policy']);
    expect([valueOf('Contact'), valueOf('Preferred-Languages'), valueOf('Canonical')]).toEqual([['mailto:sp@aimf.asso.fr'], ['fr, en'], ['https://passerelle.exemple.test/.well-known/security.txt']]);
    const days = (Date.parse(valueOf('Expires')[0] ?? '') - Date.now()) / 86_400_000;
    expect([days > 150, days < 365]).toEqual([true, true]);
    const policy = await app.call('GET', new URL(valueOf('Policy')[0] ?? '').pathname);
    expect([policy.status, policy.text.includes('mailto:sp@aimf.asso.fr')]).toEqual([200, true]);
  });

  it('names the page or the address that the operator has set', () => {
    const contactIn = (contact: string) => securityTxt(parseEnv({ SECURITY_CONTACT: contact }), new Date('2026-11-25T22:00:00Z')).split('\n').slice(0, 2);
    expect(contactIn('https://aimf.exemple.test/failles')).toEqual(['Contact: https://aimf.exemple.test/failles', 'Expires: 2027-05-24T00:00:00Z']);
    expect(contactIn('securite@aimf.exemple.test')[0]).toBe('Contact: mailto:securite@aimf.exemple.test');
    for (const wrong of ['http://aimf.exemple.test', 'nobody', 'a@exemple.test\nContact: b@exemple.test']) expect(() => contactIn(wrong)).toThrow('SECURITY_CONTACT');
  });

  it('has a policy in both languages', async () => {
    for (const [language, title] of [['fr', 'Sécurité'], ['en', 'Security']] as const) {
      const { text } = await app.call('GET', `/public/securite?lang=${language}`);
      expect(/<h1>(.*?)<\/h1>/.exec(text)?.[1]).toBe(title);
    }
  });
});
