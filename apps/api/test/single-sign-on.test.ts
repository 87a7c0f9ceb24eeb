import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { IdentitiesView, MyDataView, SsoWayView } from '@passerelle/contract';
import { Secret, TOTP } from 'otpauth';
import { v7 as uuid } from 'uuid';
import { parseEnv } from '../src/platform/env.js';
import { ErasureService } from '../src/privacy/index.js';
import { rowsOf, SECTIONS } from '../src/privacy/sections.js';
import { buildMember, type Member } from './builders/forum.js';
import { PUBLIC_URL, SSO_SETTINGS, SsoBrowser, SsoProvider } from './builders/sso-provider.js';
import { TestApp } from './support/app.js';

const START = '/api/auth/oidc/start';
const SESSION = 'passerelle_session';
let app: TestApp;
let provider: SsoProvider;
beforeAll(async () => {
  provider = await SsoProvider.start();
  app = await TestApp.start({ ...SSO_SETTINGS, OIDC_ISSUER: provider.issuer });
});
afterEach(() => {
  provider.rewrite = null;
  provider.forge = false;
});
afterAll(async () => {
  await app.stop();
  await provider.stop();
});

const emailOf = async (who: Member) => (await app.database.row<{ email: string }>('SELECT email FROM account WHERE id = $1', [who.accountId]))?.email ?? '';
const mine = async ({ cookie }: { cookie: string }) => (await app.call('GET', '/api/me/identities', { cookie })).json as unknown as IdentitiesView;
const isCallback = (url: string) => url.startsWith(`${PUBLIC_URL}/api/auth/oidc/callback`);
/** Whose session a browser has. */
const accountIn = async (browser: SsoBrowser) => {
  const { account } = (await app.call('GET', '/api/me', { cookie: `${SESSION}=${browser.cookie(SESSION) ?? ''}` })).json as { account?: { id: string } };
  return account?.id;
};

/** A member with an identity at the provider, and a browser in which they are signed in with the product. */
async function withIdentity(claims: Record<string, unknown> = {}) {
  const member = await buildMember(app);
  const name = provider.add(await emailOf(member), claims);
  const browser = new SsoBrowser(app, name);
  browser.setCookie(member.cookie);
  return { member, name, browser };
}
/** Begins to link: where the browser is sent. */
async function beginLink(browser: SsoBrowser): Promise<string> {
  const answer = await browser.fetch(`${PUBLIC_URL}/api/me/identities/link`, { method: 'POST' });
  return ((await answer.json()) as SsoWayView).url;
}
async function withLink(claims: Record<string, unknown> = {}) {
  const one = await withIdentity(claims);
  expect(await one.browser.go(await beginLink(one.browser))).toBe('/moi/securite#sso=linked');
  return one;
}
const signIn = (name: string, query = '') => {
  const browser = new SsoBrowser(app, name);
  return browser.go(START + query).then((end) => ({ browser, end }));
};

describe('signing in at the provider', () => {
  it('opens the session of the account that was linked, and leads to the page that was asked for', async () => {
    const { member, name } = await withLink();
    const { browser, end } = await signIn(name, '?vers=/villes%3Fq%3Ddakar');
    expect(end).toBe('/connexion?vers=%2Fvilles%3Fq%3Ddakar#sso=entered');
    expect(await accountIn(browser)).toBe(member.accountId);
    expect((await mine(member)).items).toMatchObject([{ issuer: provider.issuer, email: await emailOf(member), lastUsedAt: expect.any(String) }]);
  });

  it('says on the page of the sign-in how the button is called', async () => {
    expect((await app.call('GET', '/api/auth/welcome')).json['sso']).toEqual({ fr: 'Ma mairie', en: 'My city hall' });
  });

  it('makes no account, and opens none by its address alone', async () => {
    const accounts = async () => (await app.database.row<{ n: number }>('SELECT count(*) AS n FROM account'))?.n;
    const before = await accounts();
    const stranger = await signIn(provider.add('inconnue@ailleurs.test'));
    const { name } = await withIdentity();
    const unlinked = await signIn(name);
    expect([stranger.end, unlinked.end]).toEqual(['/connexion#sso=unknown', '/connexion#sso=not-linked']);
    expect([await accountIn(stranger.browser), await accountIn(unlinked.browser), await accounts()]).toEqual([undefined, undefined, Number(before) + 1]);
  });

  it('refuses an address that the provider has not verified, also where the account is there', async () => {
    const { name } = await withIdentity({ email_verified: false });
    expect((await signIn(name)).end).toBe('/connexion#sso=email-not-verified');
  });

  it('opens no account that was closed', async () => {
    const { member, name } = await withLink();
    await app.database.run('UPDATE account SET disabled_at = now() WHERE id = $1', [member.accountId]);
    expect((await signIn(name)).end).toBe('/connexion#sso=unknown');
  });

  it('leads only to pages of this site', async () => {
    const { name } = await withLink();
    for (const vers of ['https://ailleurs.test/', '//ailleurs.test', '/\\ailleurs.test', '/connexion']) expect((await signIn(name, `?vers=${encodeURIComponent(vers)}`)).end).toBe('/connexion#sso=entered');
  });

  it('on a shared device gives a session that ends with the browser', async () => {
    const { member, name } = await withLink();
    expect((await signIn(name, '?partage=1')).end).toBe('/connexion#sso=entered&shared=1');
    expect(await app.database.row('SELECT shared_device FROM session WHERE account_id = $1 ORDER BY created_at DESC LIMIT 1', [member.accountId])).toEqual({ shared_device: true });
  });
});

describe('the own second factor', () => {
  const enrol = async ({ cookie }: Member) => {
    const { secret } = (await app.call('POST', '/api/me/second-factor/totp', { cookie, body: {} })).json as unknown as { secret: string };
    const code = (steps: number) => new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + steps * 30_000 });
    await app.call('POST', '/api/me/second-factor/totp/confirm', { cookie, body: { code: code(-1) } });
    return code;
  };

  it('is asked for after the provider; without it there is no session', async () => {
    const { member, name } = await withLink();
    const code = await enrol(member);
    const { browser, end } = await signIn(name);
    const challenge = /^\/connexion#sso=challenge&challenge=([\w-]+)&factor=totp&factor=recovery$/.exec(end)?.[1] ?? '';
    expect([challenge.length, await accountIn(browser)]).toEqual([43, undefined]);
    expect((await app.call('POST', '/api/auth/second-factor', { body: { challenge, code: code(0) } })).status).toBe(200);
  });

  it('is not asked for again when the provider says that it has asked for several', async () => {
    const { member, name } = await withLink();
    await enrol(member);
    provider.rewrite = (claims) => ({ ...claims, amr: ['pwd', 'otp', 'mfa'] });
    const { browser } = await signIn(name);
    expect(await accountIn(browser)).toBe(member.accountId);
  });

  it('or the password is wanted for sensitive acts when the provider has last seen the person long ago, or does not say', async () => {
    const { name } = await withLink();
    const freshIn = async () => {
      const { browser } = await signIn(name);
      return (await browser.fetch(`${PUBLIC_URL}/api/me/exports`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' })).json() as Promise<{ code: string }>;
    };
    expect((await freshIn()).code).toBe('invalid-input');
    provider.rewrite = (claims) => ({ ...claims, auth_time: Math.round(Date.now() / 1_000) - 3_600 });
    expect((await freshIn()).code).toBe('fresh-sign-in-required');
    provider.rewrite = ({ auth_time: _, ...claims }) => claims;
    expect((await freshIn()).code).toBe('fresh-sign-in-required');
  });
});

describe('what comes back from the provider', () => {
  /** As far as the callback, which is not asked for yet. */
  const asFarAsBack = async (name: string) => {
    const browser = new SsoBrowser(app, name);
    return { browser, callback: await browser.go(START, isCallback) };
  };

  it('is taken once: a code that is replayed opens nothing', async () => {
    const { name } = await withLink();
    const { browser, callback } = await asFarAsBack(name);
    const cookie = browser.cookie('passerelle_sso') ?? '';
    expect(await browser.go(callback)).toBe('/connexion#sso=entered');
    browser.setCookie(`passerelle_sso=${cookie}`);
    expect(await browser.go(callback)).toBe('/connexion#sso=expired');
  });

  it('is taken in the browser in which it began, and in no other', async () => {
    const { name } = await withLink();
    const { callback } = await asFarAsBack(name);
    const other = await asFarAsBack(name);
    expect(await other.browser.go(callback)).toBe('/connexion#sso=expired');
    expect(await new SsoBrowser(app, name).go(callback)).toBe('/connexion#sso=expired');
  });

  it('is refused with another state, or after ten minutes', async () => {
    const { name } = await withLink();
    const wrong = await asFarAsBack(name);
    expect(await wrong.browser.go(wrong.callback.replace(/state=[^&]+/, 'state=un-autre'))).toBe('/connexion#sso=expired');
    const late = await asFarAsBack(name);
    await app.database.run(`UPDATE oidc_attempt SET expires_at = now() - interval '1 second'`);
    expect(await late.browser.go(late.callback)).toBe('/connexion#sso=expired');
  });

  it('is refused with a code that is not the one given out', async () => {
    const { name } = await withLink();
    const { browser, callback } = await asFarAsBack(name);
    expect(await browser.go(callback.replace(/code=[^&]+/, 'code=invente'))).toBe('/connexion#sso=invalid');
  });

  it.each<[string, (claims: Record<string, unknown>) => Record<string, unknown>]>([
    ['another nonce', (claims) => ({ ...claims, nonce: 'une autre' })],
    ['no nonce', ({ nonce: _, ...claims }) => claims],
    ['another audience', (claims) => ({ ...claims, aud: 'un autre service' })],
    ['another issuer', (claims) => ({ ...claims, iss: 'https://ailleurs.test' })],
    ['an end that is past', (claims) => ({ ...claims, iat: 1_000, exp: 2_000 })],
    ['a proof that is older than we asked for', (claims) => ({ ...claims, auth_time: Math.round(Date.now() / 1_000) - 13 * 3_600 })],
  ])('is refused with a token that has %s', async (_, rewrite) => {
    const { name } = await withLink();
    provider.rewrite = rewrite;
    const { browser, end } = await signIn(name);
    expect([end, await accountIn(browser)]).toEqual(['/connexion#sso=invalid', undefined]);
  });

  it('is refused with a token that somebody else has signed', async () => {
    const { name } = await withLink();
    provider.forge = true;
    expect((await signIn(name)).end).toBe('/connexion#sso=invalid');
  });

  it('may be that the person has changed their mind', async () => {
    const browser = new SsoBrowser(app, '');
    const login = await browser.go(START, (url) => url.includes('/interaction/'));
    const back = await browser.go(`${login}/abort`, isCallback);
    expect(await browser.go(back)).toBe('/connexion#sso=refused');
  });
});

describe('linking', () => {
  it('is done by whoever is signed in and has just shown so; it is recorded, and told by mail', async () => {
    const { member } = await withLink();
    expect((await mine(member)).provider).toEqual({ fr: 'Ma mairie', en: 'My city hall' });
    expect(await app.database.rows('SELECT act FROM audit_entry WHERE subject_id = $1', [member.accountId])).toEqual([{ act: 'identity.linked' }]);
    expect(await app.database.row('SELECT count(*) AS n FROM mail_waiting WHERE recipient = $1', [await emailOf(member)])).toEqual({ n: 1 });
    await app.database.run(`UPDATE session SET authenticated_at = now() - interval '11 minutes' WHERE id = $1`, [member.sessionId]);
    expect((await app.call('POST', '/api/me/identities/link', { cookie: member.cookie, body: {} })).json.code).toBe('fresh-sign-in-required');
  });

  it('wants the address of the account, verified', async () => {
    const other = await buildMember(app);
    const foreign = new SsoBrowser(app, provider.add('collegue@ailleurs.test'));
    foreign.setCookie(other.cookie);
    expect(await foreign.go(await beginLink(foreign))).toBe('/moi/securite#sso=other-address');
    const { browser } = await withIdentity({ email_verified: false });
    expect(await browser.go(await beginLink(browser))).toBe('/moi/securite#sso=email-not-verified');
  });

  it('leaves an identity with the account that has it, and an account with one of each provider', async () => {
    const first = await withLink();
    const second = await buildMember(app);
    provider.users.set(first.name, { email: await emailOf(second), email_verified: true });
    const taken = new SsoBrowser(app, first.name);
    taken.setCookie(second.cookie);
    expect(await taken.go(await beginLink(taken))).toBe('/moi/securite#sso=linked-elsewhere');
    const twin = new SsoBrowser(app, provider.add(await emailOf(first.member)));
    twin.setCookie(first.member.cookie);
    expect(await twin.go(await beginLink(twin))).toBe('/moi/securite#sso=already-linked');
    expect(await first.browser.go(START)).toBe('/connexion#sso=entered');
    expect([(await mine(first.member)).items.length, (await mine(second)).items.length]).toEqual([1, 0]);
  });

  it('ends without a link when somebody else is signed in by then, or nobody', async () => {
    for (const cookie of [(await buildMember(app)).cookie, `${SESSION}=`]) {
      const { browser, member } = await withIdentity();
      const callback = await browser.go(await beginLink(browser), isCallback);
      browser.setCookie(cookie);
      expect(await browser.go(callback)).toBe('/moi/securite#sso=signed-out');
      expect((await mine(member)).items).toEqual([]);
    }
  });

  it('is undone by the owner alone; the identity opens nothing from then on', async () => {
    const { member, name } = await withLink();
    const [identity] = (await mine(member)).items;
    const unlink = (cookie: string) => app.call('DELETE', `/api/me/identities/${identity?.id}`, { cookie });
    expect([(await unlink((await buildMember(app)).cookie)).status, (await unlink(member.cookie)).status, (await unlink(member.cookie)).status]).toEqual([404, 204, 404]);
    expect((await signIn(name)).end).toBe('/connexion#sso=not-linked');
  });
});

describe('a linked identity', () => {
  it('is listed among what is stored about a person, is in their copy, and goes with the account', async () => {
    const { member, name } = await withLink();
    const parts = ((await app.call('GET', '/api/me/data', { cookie: member.cookie })).json as unknown as MyDataView).parts;
    // The session and the identity.
    expect(parts.find(({ part }) => part === 'sign-in')?.count).toBe(2);
    const section = SECTIONS.find(({ table }) => table === 'linked_identity');
    if (!section) throw new Error('No section');
    expect(await app.database.rows(rowsOf(section), [member.accountId, member.personId])).toMatchObject([{ row: { issuer: provider.issuer, subject: name } }]);
    const id = uuid();
    await app.call('POST', '/api/me/erasures', { cookie: member.cookie, body: { id, kind: 'account' } });
    await app.database.run('UPDATE erasure SET due_at = now() WHERE id = $1', [id]);
    await app.app.get(ErasureService).work();
    expect(await app.database.rows('SELECT 1 FROM linked_identity WHERE account_id = $1', [member.accountId])).toEqual([]);
    expect((await signIn(name)).end).toBe('/connexion#sso=unknown');
  });
});

describe('a provider that is away', () => {
  const elsewhere = async (issuer: string, work: (other: TestApp) => Promise<void>) => {
    const other = await TestApp.start({ ...SSO_SETTINGS, OIDC_ISSUER: issuer });
    await work(other).finally(() => other.stop());
  };

  it('stops neither the start nor the other ways to sign in, and is told in words', async () => {
    await elsewhere('http://127.0.0.1:9', async (other) => {
      expect(await new SsoBrowser(other, '').go(START)).toBe('/connexion#sso=unavailable');
      expect((await other.call('POST', '/api/auth/link', { body: { email: 'a@b.test' } })).status).toBe(202);
      const member = await buildMember(other);
      expect((await other.call('POST', '/api/me/identities/link', { cookie: member.cookie, body: {} })).status).toBe(503);
    });
  });

  it('and takes the connection without ever answering is given up after seconds, and asked again by the next sign-in', async () => {
    let asked = 0;
    const silent = createServer(() => asked++);
    await new Promise<void>((done) => silent.listen(0, '127.0.0.1', () => done()));
    await elsewhere(`http://127.0.0.1:${(silent.address() as AddressInfo).port}`, async (other) => {
      const begun = Date.now();
      expect(await new SsoBrowser(other, '').go(START)).toBe('/connexion#sso=unavailable');
      expect(Date.now() - begun).toBeLessThan(15_000);
      silent.closeAllConnections();
      silent.close();
      expect(await new SsoBrowser(other, '').go(START)).toBe('/connexion#sso=unavailable');
      expect(asked).toBe(1);
    });
  });
});

describe('the settings', () => {
  it('without a provider have no button and no way', async () => {
    const plain = await TestApp.start();
    expect((await plain.call('GET', '/api/auth/welcome')).json['sso']).toBeNull();
    for (const path of ['start', 'callback?code=1&state=2']) expect((await plain.call('GET', `/api/auth/oidc/${path}`)).status).toBe(404);
    await plain.stop();
  });

  it('are refused by half, and with a provider that anybody on the way could answer for', () => {
    expect(() => parseEnv({ OIDC_ISSUER: 'https://connexion.test' })).toThrow('OIDC_CLIENT_ID');
    expect(() => parseEnv({ OIDC_ISSUER: 'http://connexion.test', OIDC_CLIENT_ID: 'x' })).toThrow('OIDC_ISSUER');
    expect(parseEnv({ OIDC_ISSUER: 'https://connexion.test', OIDC_CLIENT_ID: 'x' }).oidc).toEqual({ issuer: 'https://connexion.test', clientId: 'x', clientSecret: undefined, label: { fr: expect.any(String), en: expect.any(String) } });
  });
});

it('limits how often a way begins from one address', async () => {
  const limited = await TestApp.start({ ...SSO_SETTINGS, OIDC_ISSUER: provider.issuer, RATE_LIMITS: 'on' });
  const ends = new Set<string>();
  for (let n = 0; n < 61; n++) ends.add(((await limited.call('GET', START)).headers.get('location') ?? '').replace(/\?.*/, ''));
  expect([...ends]).toEqual([`${provider.issuer}/auth`, '/connexion#sso=busy']);
  await limited.stop();
});
