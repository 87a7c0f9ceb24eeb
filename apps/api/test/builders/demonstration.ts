import { DEMO_PASSWORD, hashPassword } from '../../src/accounts/index.js';
import { loadDemonstration, loadReference } from '../../src/demo/index.js';
import { LiveIndex } from '../../src/search/index.js';
import { TestApp } from '../support/app.js';

/** A server over the demonstration network, with its index. */
export async function startWithDemonstration(): Promise<TestApp> {
  const app = await TestApp.start({ DEMO: '1' });
  await loadReference(app.database);
  await loadDemonstration(app.database, () => hashPassword(DEMO_PASSWORD));
  await app.app.get(LiveIndex).rebuild();
  return app;
}

/** The cookie of a demonstration account. */
export async function signIn(app: TestApp, email: string): Promise<string> {
  const answer = await app.call('POST', '/api/auth/login', { body: { email, password: DEMO_PASSWORD } });
  const [cookie = ''] = (answer.headers.get('set-cookie') ?? '').split(';');
  if (answer.status !== 200 || !cookie) throw new Error(`signIn: ${answer.status} ${answer.text}`);
  return cookie;
}

/** A GET as somebody, read as the shape that the contract gives it. */
export async function read<T>(app: TestApp, cookie: string, path: string): Promise<T> {
  const answer = await app.call('GET', path, { cookie });
  if (answer.status !== 200) throw new Error(`GET ${path}: ${answer.status} ${answer.text}`);
  return answer.json as unknown as T;
}
