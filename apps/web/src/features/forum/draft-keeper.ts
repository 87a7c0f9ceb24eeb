import type { DraftView } from '@passerelle/contract';
import { ApiProblem, api } from '../../app/api';
import { deviceStore, type LocalDraft } from '../../outbox';
import { type DraftText, isEmptyDraft, isSameDraft, newestDraft, type OtherDraft, textOf } from './draft-text';

const DEVICE_AFTER_MS = 250;
const SERVER_AFTER_MS = 1_500;

export interface DraftEvents {
  /** A text was found that goes on here. */
  onText: (text: DraftText, saved: 'device' | 'server') => void;
  onSaved: (text: DraftText, saved: 'device' | 'server') => void;
  /** A newer text from another device or tab; both are kept until the writer chooses. */
  onConflict: (other: OtherDraft) => void;
}

/** What is being written under one key: on the device at once, on the server after a pause, never over a newer text. */
export class DraftKeeper {
  private sequence = 0;
  private touched = false;
  private unsaved: LocalDraft | null = null;
  private timers: ReturnType<typeof setTimeout>[] = [];

  constructor(
    private readonly account: string,
    private readonly key: string,
    private readonly events: DraftEvents,
  ) {}

  /** Shows the device's text at once, then the server's if that is newer; a newer one of the device goes to the server. */
  async restore(): Promise<void> {
    const local = await (await deviceStore()).get('drafts', [this.account, this.key]);
    this.sequence = Math.max(this.sequence, local?.sequence ?? 0);
    if (local && !isEmptyDraft(local)) this.show(textOf(local), 'device');
    const remote = await this.askServer();
    if (remote === undefined) return;
    this.sequence = Math.max(this.sequence, remote?.sequence ?? 0);
    const newest = newestDraft(local, remote);
    if (newest && newest === remote) {
      // Somebody types already: the server's newer text is offered, not put over theirs.
      if (this.touched) this.events.onConflict(remote);
      else this.show(textOf(remote), 'server');
    }
    if (newest !== remote && local && !isEmptyDraft(local) && !this.touched) await this.saveOnServer(textOf(local), local.sequence);
  }

  change(text: DraftText): void {
    this.touched = true;
    this.stopTimers();
    const at = ++this.sequence;
    this.unsaved = this.localOf(text, at);
    this.timers = [
      setTimeout(() => void this.keep(), DEVICE_AFTER_MS),
      setTimeout(() => void this.saveOnServer(text, at), SERVER_AFTER_MS),
    ];
  }

  /** Sent or thrown away: the next one starts empty, here and elsewhere. */
  async finish(empty: DraftText): Promise<void> {
    this.stopTimers();
    this.unsaved = null;
    const at = ++this.sequence;
    await (await deviceStore()).put('drafts', this.localOf(empty, at));
    // Without a network the server keeps the old text; the device's higher sequence wins when it returns.
    void api.delete(`/api/drafts/${this.key}?sequence=${at}`).catch(() => undefined);
  }

  /** Stores on the device what is not there yet, unless another tab wrote something newer. */
  async keep(): Promise<void> {
    const draft = this.unsaved;
    this.unsaved = null;
    if (!draft) return;
    const newer = await keepOnDevice(draft);
    if (newer) this.meet(newer, draft);
    else this.events.onSaved(textOf(draft), 'device');
  }

  /** A draft on the server; null when there is none, undefined when nobody answers. */
  private askServer(): Promise<DraftView | null | undefined> {
    return api
      .get<DraftView>(`/api/drafts/${this.key}`)
      .catch((error: unknown) => (error instanceof ApiProblem && error.status === 404 ? null : undefined));
  }

  private async saveOnServer(text: DraftText, at: number): Promise<void> {
    // Another tab's newer text was met meanwhile: the writer chooses first.
    if (at !== this.sequence) return;
    try {
      await api.put(`/api/drafts/${this.key}`, { sequence: at, ...text });
      this.events.onSaved(text, 'server');
    } catch (error) {
      // Without a network it stays on the device and is tried again with the next change or the next visit.
      if (error instanceof ApiProblem && error.code === 'stale-draft')
        await this.resolveStale(text, at, Number(error.params['sequence']) || 0);
    }
  }

  private async resolveStale(text: DraftText, at: number, known: number): Promise<void> {
    const other = await this.askServer();
    if (other) return this.meet(other, text);
    if (other === undefined || at !== this.sequence || known < at) return;
    // The server only remembers that an earlier text was sent: go on above its number.
    this.sequence = known + 1;
    await keepOnDevice(this.localOf(text, this.sequence));
    await this.saveOnServer(text, this.sequence);
  }

  private meet(other: OtherDraft, mine: DraftText): void {
    this.sequence = Math.max(this.sequence, other.sequence);
    // An empty newer one says that the text was sent or thrown away elsewhere: what is written here stays.
    if (!isEmptyDraft(other) && !isSameDraft(other, mine)) this.events.onConflict(other);
  }

  private show(text: DraftText, saved: 'device' | 'server'): void {
    if (!this.touched) this.events.onText(text, saved);
  }

  private localOf(text: DraftText, sequence: number): LocalDraft {
    return { key: this.key, account: this.account, sequence, ...text, updatedAt: new Date().toISOString() };
  }

  private stopTimers(): void {
    for (const timer of this.timers) clearTimeout(timer);
  }
}

/** Stores a draft unless the device holds a newer one, which another tab wrote. @returns that newer one. */
async function keepOnDevice(draft: LocalDraft): Promise<LocalDraft | null> {
  const tx = (await deviceStore()).transaction('drafts', 'readwrite');
  const stored = await tx.store.get([draft.account, draft.key]);
  const newer = stored && stored.sequence >= draft.sequence && !isSameDraft(stored, draft) ? stored : null;
  if (!newer) await tx.store.put(draft);
  await tx.done;
  return newer;
}
