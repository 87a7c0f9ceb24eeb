import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { DraftView } from '@passerelle/contract';

// A channel that listens would keep the test process alive.
Reflect.deleteProperty(globalThis, 'BroadcastChannel');
const { DraftKeeper } = await import('../src/outbox/draft-keeper');
const { EMPTY_DRAFT } = await import('../src/outbox/draft-text');
const { deviceStore } = await import('../src/outbox/outbox-store');

const KEY = 'thread:t1';
const text = (body: string) => ({ ...EMPTY_DRAFT, body });
const until = async (done: () => boolean) => {
  for (let turn = 0; turn < 800 && !done(); turn++) await new Promise((next) => setTimeout(next, 5));
  expect(done()).toBe(true);
};

/** The drafts of one account as the API keeps them: only a higher sequence replaces a text; a removed one stays as its number. */
class Server {
  readonly kept = new Map<string, { sequence: number; text: Partial<DraftView> | null }>();
  readonly asked: string[] = [];
  away = false;

  write(sequence: number, body: string): void {
    this.kept.set(KEY, { sequence, text: text(body) });
  }

  readonly fetch = (path: string, init: { method?: string; body?: string } = {}): Promise<Response> => {
    if (this.away) return Promise.reject(new TypeError('no network'));
    const { method = 'GET' } = init;
    this.asked.push(`${method} ${path}`);
    const key = /^\/api\/drafts\/([^?]+)/.exec(path)?.[1];
    if (!key)
      return this.answer(200, {
        items: [...this.kept].flatMap(([of, { sequence, text: content }]) =>
          content ? [{ key: of, sequence, ...content, updatedAt: new Date().toISOString() }] : [],
        ),
      });
    const { sequence, ...content } =
      method === 'PUT' ? (JSON.parse(init.body ?? '{}') as DraftView) : { sequence: Number(/sequence=(\d+)/.exec(path)?.[1]) };
    const stored = this.kept.get(key);
    const same = JSON.stringify(stored?.text) === JSON.stringify(content);
    if (stored && (stored.sequence > sequence || (stored.sequence === sequence && method === 'PUT' && !same)))
      return this.answer(409, { code: 'stale-draft', params: { sequence: stored.sequence } });
    this.kept.set(key, { sequence, text: method === 'PUT' ? content : null });
    return this.answer(200, {});
  };

  private answer(status: number, body: unknown): Promise<Response> {
    return Promise.resolve(new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } }));
  }
}

/** A page with the composer open; closing it ends its timers. */
class Tab {
  shown = '';
  saved = '';
  offered: string[] = [];
  readonly keeper = new DraftKeeper('a', KEY, {
    onText: (found) => (this.shown = found.body),
    onSaved: (found, where) => (this.saved = `${found.body} ${where}`),
    onConflict: (other) => this.offered.push(other.body),
  });

  static async open(): Promise<Tab> {
    const tab = new Tab();
    tabs.push(tab);
    await tab.keeper.restore();
    return tab;
  }

  async type(body: string): Promise<void> {
    this.keeper.change(text(body));
    await this.keeper.keep();
  }
}

let server: Server;
// A pause that ends after its test would write into the next one.
const tabs: Tab[] = [];
const original = globalThis.fetch;
beforeEach(async () => {
  server = new Server();
  globalThis.fetch = server.fetch as typeof fetch;
  await (await deviceStore()).clear('drafts');
});
afterEach(() => {
  for (const tab of tabs.splice(0)) tab.keeper['stopTimers']();
  globalThis.fetch = original;
});

describe('two tabs that write one text', () => {
  it('lose neither: after a reload the newer one goes on and the older one is offered', async () => {
    server.away = true;
    const [one, two] = [await Tab.open(), await Tab.open()];
    await one.type('from the first tab');
    await two.type('from the second tab');
    expect(two.offered).toEqual(['from the first tab']);
    const reloaded = await Tab.open();
    expect(reloaded.shown).toBe('from the second tab');
    expect(reloaded.offered).toEqual(['from the first tab']);
  });

  it('lose neither when the first one goes on', async () => {
    server.away = true;
    const [one, two] = [await Tab.open(), await Tab.open()];
    await one.type('first');
    await two.type('second');
    await one.type('first, longer');
    const reloaded = await Tab.open();
    expect([reloaded.shown, ...reloaded.offered]).toEqual(['first, longer', 'second']);
  });

  it('stop offering once the writer has chosen', async () => {
    server.away = true;
    const [one, two] = [await Tab.open(), await Tab.open()];
    await one.type('first');
    await two.type('second');
    const reloaded = await Tab.open();
    await reloaded.keeper.settle({ ...text('first'), sequence: 1, updatedAt: '' });
    expect((await Tab.open()).offered).toEqual([]);
  });

  it('keep the text of one when the other is sent', async () => {
    server.away = true;
    const [one, two] = [await Tab.open(), await Tab.open()];
    await one.type('first');
    await two.type('second');
    await two.keeper.finish(EMPTY_DRAFT);
    const reloaded = await Tab.open();
    expect(reloaded.shown).toBe('');
    expect(reloaded.offered).toEqual(['first']);
  });

  it('go on from each other without a question when one began with the text of the other', async () => {
    server.away = true;
    await (await Tab.open()).type('begun');
    const later = await Tab.open();
    await later.type('begun and continued');
    expect(later.offered).toEqual([]);
    expect((await Tab.open()).offered).toEqual([]);
  });

  it('keep a stored text that was not read yet when typing began', async () => {
    server.away = true;
    await (await Tab.open()).type('stored');
    const hasty = new Tab();
    const restoring = hasty.keeper.restore();
    hasty.keeper.change(text('hasty'));
    await restoring;
    await hasty.keeper.keep();
    expect(hasty.offered).toEqual(['stored']);
  });
});

describe('a draft and the server', () => {
  it('asks for no draft that is not there', async () => {
    await Tab.open();
    expect(server.asked).toEqual(['GET /api/drafts']);
  });

  it('shows the text of another device', async () => {
    server.write(4, 'from the phone');
    expect((await Tab.open()).shown).toBe('from the phone');
  });

  it('offers what was written here without a network when another device was faster', async () => {
    server.away = true;
    await (await Tab.open()).type('here, without a network');
    server.away = false;
    server.write(9, 'from the phone');
    const back = await Tab.open();
    expect([back.shown, ...back.offered]).toEqual(['from the phone', 'here, without a network']);
    expect((await Tab.open()).offered).toEqual(['here, without a network']);
  });

  it('keeps the text of another device through typing and a reload', async () => {
    const tab = await Tab.open();
    server.write(3, 'from the phone');
    await tab.type('here');
    await until(() => tab.offered.length > 0);
    await tab.type('here, longer');
    const reloaded = await Tab.open();
    expect([reloaded.shown, ...reloaded.offered]).toEqual(['here, longer', 'from the phone']);
    expect(server.kept.get(KEY)?.text?.body).toBe('from the phone');
  });

  it('goes on above the number of a text that was sent', async () => {
    server.kept.set(KEY, { sequence: 7, text: null });
    const tab = await Tab.open();
    await tab.type('a new one');
    await until(() => tab.saved === 'a new one server');
    expect(server.kept.get(KEY)).toMatchObject({ sequence: 8, text: { body: 'a new one' } });
  });

  it('lets a text go that was sent or thrown away elsewhere', async () => {
    const tab = await Tab.open();
    await tab.type('sent from the phone');
    await until(() => tab.saved.endsWith('server'));
    server.kept.set(KEY, { sequence: 5, text: null });
    const reloaded = await Tab.open();
    expect(reloaded.shown).toBe('');
    expect(server.kept.get(KEY)?.text).toBeNull();
  });

  it('does not come back once sent', async () => {
    const tab = await Tab.open();
    await tab.type('to be sent');
    await until(() => tab.saved.endsWith('server'));
    server.away = true;
    await tab.keeper.finish(EMPTY_DRAFT);
    server.away = false;
    expect((await Tab.open()).shown).toBe('');
  });
});
