import { v7 as uuid } from 'uuid';
import { request } from '../app/api';
import { afterFailure, nextItem, type OutboxItem, revive } from './outbox-machine';
import { deviceStore } from './outbox-store';

type NewItem = Pick<OutboxItem, 'lane' | 'kind' | 'method' | 'path' | 'body'> & { id?: string };
type ChannelMessage = { type: 'opened' | 'changed'; account: string | null };
type SentListener = (item: OutboxItem, answer: unknown) => void;

const LOCK = 'passerelle-outbox';
const CHANNEL = 'passerelle-outbox';

/**
 * The one way out for everything that is written. An item is stored before anything is sent and leaves the store only
 * when the server has it; whatever happens in between, it is sent again, and ids make that harmless.
 */
export class Outbox {
  private items: OutboxItem[] = [];
  private account: string | null = null;
  private paused = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly listeners = new Set<() => void>();
  private readonly sentListeners = new Set<SentListener>();
  private readonly channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(CHANNEL);
  private pumping = false;
  private readonly sentAt = new Map<string, Date>();

  constructor(
    private readonly send: (item: OutboxItem) => Promise<unknown> = (item) => request(item.method, item.path, item.body),
    private readonly onSessionEnded: () => void = () => undefined,
  ) {
    this.channel?.addEventListener('message', (event: MessageEvent<ChannelMessage>) => void this.hear(event.data));
  }

  /** When this page saw the item arrive; undefined for what arrived before or elsewhere. */
  arrivedAt = (id: string): Date | undefined => this.sentAt.get(id);

  /** Whether something was written here: on its way, or arrived while this page was open. */
  knows = (id: string): boolean => this.sentAt.has(id) || this.items.some((item) => item.id === id);

  /** Items of the present account, in order. */
  snapshot = (): OutboxItem[] => this.items;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Told with the server's answer when an item has arrived. */
  onSent(listener: SentListener): () => void {
    this.sentListeners.add(listener);
    return () => this.sentListeners.delete(listener);
  }

  /** Somebody is signed in: their items may leave, nobody else's. */
  async open(account: string): Promise<void> {
    this.account = account;
    this.paused = false;
    this.channel?.postMessage({ type: 'opened', account } satisfies ChannelMessage);
    await this.reload();
    void this.pump();
  }

  close(): void {
    this.account = null;
    clearTimeout(this.timer);
    this.show([]);
  }

  /** Stores an item; resolves when it is safe on the device, then it leaves by itself. */
  async add(item: NewItem): Promise<OutboxItem> {
    if (!this.account) throw new Error('Nobody is signed in');
    const sequence = Math.max(Date.now(), (this.items.at(-1)?.sequence ?? 0) + 1);
    const stored: OutboxItem = {
      id: uuid(),
      ...item,
      account: this.account,
      sequence,
      state: 'waiting',
      reason: null,
      createdAt: new Date().toISOString(),
      attempts: 0,
      notBefore: 0,
    };
    await this.store(stored);
    void this.pump();
    return stored;
  }

  /** Sends a refused or waiting item again, at once; `changes` replaces its text or its destination. */
  async retry(id: string, changes: Partial<Pick<OutboxItem, 'body' | 'path' | 'lane'>> = {}): Promise<void> {
    const item = this.items.find((candidate) => candidate.id === id);
    if (!item || item.state === 'sending') return;
    const next = { ...item, ...changes, state: 'waiting' as const, reason: null, attempts: 0, notBefore: 0 };
    // A refused text that was changed is a new one: under its old id it could be taken for the old one. What only waits
    // keeps its id, for the server may already have it.
    if (item.state !== 'refused' || Object.keys(changes).length === 0 || item.body?.['id'] === undefined) {
      await this.store(next);
    } else {
      const id = uuid();
      await this.store({ ...next, id, lane: item.kind === 'thread' ? id : next.lane, body: { ...next.body, id } });
      await this.discard(item.id);
    }
    void this.pump();
  }

  async discard(id: string): Promise<void> {
    await (await deviceStore()).delete('outbox', id);
    this.show(this.items.filter((item) => item.id !== id));
    this.channel?.postMessage({ type: 'changed', account: this.account } satisfies ChannelMessage);
  }

  /** The network is back: what waits for a pause need not wait any longer. */
  wake(): void {
    this.items = this.items.map((item) => (item.state === 'waiting' ? { ...item, notBefore: 0 } : item));
    void this.pump();
  }

  private async hear(message: ChannelMessage): Promise<void> {
    if (!this.account || !message.account) return;
    if (message.account !== this.account) {
      // Another tab signed somebody else in: the cookie is theirs now, and what I hold must not leave under their name.
      this.paused = true;
      this.onSessionEnded();
      return;
    }
    await this.reload();
    if (message.type !== 'opened') return;
    this.paused = false;
    void this.pump();
  }

  private async reload(): Promise<void> {
    const all = await (await deviceStore()).getAll('outbox');
    const mine = all.filter((item) => item.account === this.account).sort((a, b) => a.sequence - b.sequence);
    this.show(this.pumping ? mine : mine.map(revive));
  }

  private async store(item: OutboxItem): Promise<void> {
    await (await deviceStore()).put('outbox', item);
    if (item.account === this.account)
      this.show([...this.items.filter((other) => other.id !== item.id), item].sort((a, b) => a.sequence - b.sequence));
    this.channel?.postMessage({ type: 'changed', account: this.account } satisfies ChannelMessage);
  }

  private show(items: OutboxItem[]): void {
    this.items = items;
    for (const listener of this.listeners) listener();
  }

  /** Only one tab sends; the others hear of it. */
  private async pump(): Promise<void> {
    if (this.pumping || this.paused || !this.account) return;
    this.pumping = true;
    try {
      if (typeof navigator !== 'undefined' && navigator.locks) await navigator.locks.request(LOCK, () => this.sendAll());
      else await this.sendAll();
    } finally {
      this.pumping = false;
    }
    // Something may have been written between the last look and the end of the lock.
    const next = this.account && !this.paused ? nextItem(this.items, this.account, Date.now()) : null;
    if (next && 'item' in next) void this.pump();
  }

  private async sendAll(): Promise<void> {
    while (this.account && !this.paused) {
      const next = nextItem(this.items, this.account, Date.now());
      if (!next) return;
      if ('at' in next) {
        clearTimeout(this.timer);
        this.timer = setTimeout(() => void this.pump(), Math.max(next.at - Date.now(), 50));
        return;
      }
      await this.sendOne(next.item);
    }
  }

  private async sendOne(item: OutboxItem): Promise<void> {
    // Another tab may have sent it while this one waited for the lock.
    if (!(await (await deviceStore()).get('outbox', item.id))) return this.show(this.items.filter((other) => other.id !== item.id));
    await this.store({ ...item, state: 'sending' });
    try {
      const answer = await this.send(item);
      this.sentAt.set(item.id, new Date());
      for (const listener of this.sentListeners) listener(item, answer);
      await this.discard(item.id);
    } catch (error) {
      const { item: next, sessionEnded } = afterFailure(item, error, Date.now());
      // Another tab may have cleared a shared device meanwhile.
      if (await (await deviceStore()).get('outbox', item.id)) await this.store(next);
      if (!sessionEnded) return;
      this.paused = true;
      this.onSessionEnded();
    }
  }
}
