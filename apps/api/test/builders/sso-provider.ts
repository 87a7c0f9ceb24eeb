import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { jest } from '@jest/globals';
import type Provider from 'oidc-provider';

/** Where the product under test says that it is; the browser below knows where it really is. */
export const PUBLIC_URL = 'https://passerelle.test';
const CLIENT = { client_id: 'passerelle', client_secret: 'un-secret-assez-long-pour-un-essai' };
export const SSO_SETTINGS = { OIDC_CLIENT_ID: CLIENT.client_id, OIDC_CLIENT_SECRET: CLIENT.client_secret, OIDC_LABEL_FR: 'Ma mairie', OIDC_LABEL_EN: 'My city hall', PUBLIC_URL };

type Claims = Record<string, unknown>;
const newKey = () => generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey;
const base64 = (value: unknown) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

/** A real provider of OpenID Connect on this machine, whose users and misbehaviour the test decides. */
export class SsoProvider {
  readonly users = new Map<string, Claims>();
  /** Changes the claims of tokens; they are signed again with the provider's key, or with a foreign one. */
  rewrite: ((claims: Claims) => Claims) | null = null;
  forge = false;
  private readonly key = newKey();
  private server: Server | null = null;

  private constructor(readonly issuer: string) {}

  static async start(): Promise<SsoProvider> {
    let listener: RequestListener = (_, response) => response.end();
    const server = createServer((request, response) => void listener(request, response));
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', () => done()));
    const own = new SsoProvider(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    own.server = server;
    listener = (await own.make()).callback();
    return own;
  }

  /** A user with this address, verified unless said otherwise. @returns the name to sign in with, which is the subject. */
  add(email: string, claims: Claims = {}): string {
    const name = `sujet-${this.users.size + 1}`;
    this.users.set(name, { email, email_verified: true, ...claims });
    return name;
  }

  async stop(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise((done) => this.server?.close(done));
  }

  private async make(): Promise<Provider> {
    // It warns that its pages and its memory are made for tests.
    for (const level of ['warn', 'info'] as const) jest.spyOn(console, level).mockImplementation(() => undefined);
    const { default: OpenIdProvider } = await import('oidc-provider');
    const provider = new OpenIdProvider(this.issuer, {
      clients: [{ ...CLIENT, redirect_uris: [`${PUBLIC_URL}/api/auth/oidc/callback`] }],
      jwks: { keys: [{ ...this.key.export({ format: 'jwk' }), use: 'sig', alg: 'RS256', kid: 'essai' }] },
      cookies: { keys: ['cookies-of-the-trial'] },
      claims: { openid: ['sub'], email: ['email', 'email_verified'] },
      pkce: { required: () => true },
      findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ sub, ...this.users.get(sub) }) }),
      ttl: { AccessToken: 600, AuthorizationCode: 60, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
    });
    provider.use(async (context, next) => {
      await next();
      const body = context.body as { id_token?: string } | undefined;
      if (context.path === '/token' && body?.id_token && (this.rewrite ?? this.forge)) body.id_token = this.sign(body.id_token);
    });
    return provider;
  }

  private sign(token: string): string {
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Claims;
    const signed = `${base64({ alg: 'RS256', kid: 'essai', typ: 'JWT' })}.${base64(this.rewrite?.(claims) ?? claims)}`;
    return `${signed}.${sign('sha256', Buffer.from(signed), this.forge ? newKey() : createPrivateKey(this.key.export({ type: 'pkcs8', format: 'pem' }))).toString('base64url')}`;
  }
}

/** A browser without script: cookies by origin, redirects, and forms of the provider filled in with a name. */
export class SsoBrowser {
  private readonly jar = new Map<string, Map<string, string>>();

  constructor(
    private readonly app: { url: string },
    private readonly name: string,
  ) {}

  /** A cookie of the product. */
  cookie(name: string): string | undefined {
    return this.jar.get(PUBLIC_URL)?.get(name);
  }

  setCookie(cookie: string): void {
    this.keep(PUBLIC_URL, cookie);
  }

  /** One request, without following. */
  async fetch(url: string, init: RequestInit = {}): Promise<Response> {
    const { origin } = new URL(url);
    const cookie = [...(this.jar.get(origin) ?? [])].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url.replace(PUBLIC_URL, this.app.url), { ...init, redirect: 'manual', headers: { ...init.headers, ...(cookie && { cookie }) } });
    for (const line of response.headers.getSetCookie()) this.keep(origin, line);
    return response;
  }

  /** Goes from an address over the provider until the product shows a page, or until `stop` says so. @returns that address. */
  async go(from: string, stop: (url: string) => boolean = () => false): Promise<string> {
    let url = from.startsWith('/') ? PUBLIC_URL + from : from;
    for (let steps = 0; steps < 20; steps++) {
      const isPage = url.startsWith(PUBLIC_URL) && !url.startsWith(`${PUBLIC_URL}/api/`);
      if (isPage || stop(url)) return url.replace(PUBLIC_URL, '');
      let response = await this.fetch(url);
      if (response.status === 200) response = await this.submit(url, await response.text());
      const location = response.headers.get('location');
      if (!location) throw new Error(`${url}: ${response.status} ${(/error_description.*/.exec(await response.text()) ?? [])[0]}`);
      url = new URL(location, url).href;
    }
    throw new Error(`Round in circles: ${url}`);
  }

  private submit(page: string, html: string): Promise<Response> {
    const action = /<form[^>]*action="([^"]+)"/.exec(html)?.[1] ?? '';
    const prompt = /name="prompt" value="(\w+)"/.exec(html)?.[1] ?? '';
    return this.fetch(new URL(action, page).href, { method: 'POST', body: new URLSearchParams({ prompt, ...(prompt === 'login' && { login: this.name, password: 'peu importe' }) }) });
  }

  private keep(origin: string, line: string): void {
    const [pair = ''] = line.split(';');
    const [name = '', value = ''] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];
    const own = this.jar.get(origin) ?? new Map<string, string>();
    this.jar.set(origin, own);
    if (value === '' || /expires=Thu, 01 Jan 1970/i.test(line)) own.delete(name);
    else own.set(name, value);
  }
}
