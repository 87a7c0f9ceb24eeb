import type { DraftView } from '@passerelle/contract';
import { v7 as uuid } from 'uuid';
import { ApiProblem, api } from '../app/api';
import { actsFor, mayKeep } from '../app/forget';
import { FROM_SERVER, type LocalDraft } from './outbox-store';
import { keepDraft, markSaved, putBeside, putMain, readDrafts, removeBeside } from './draft-device';
import { type DraftText, EMPTY_DRAFT, isEmptyDraft, isSameDraft, type OtherDraft, textOf } from './draft-text';

const DEVICE_AFTER_MS = 250;
const SERVER_AFTER_MS = 1_500;

export interface DraftEvents {
  /** A text was found that goes on here. */
  onText: (text: DraftText, saved: 'none' | 'device' | 'server') => void;
  onSaved: (text: DraftText, saved: 'device' | 'server') => void;
  /** A text from another device or tab; both are kept, also over a reload, until the writer chooses. */
  onConflict: (other: OtherDraft) => void;
}

/** What is being written under one key: on the device at once, on the server after a pause, never over another text. */
export class DraftKeeper {
  private readonly writer = uuid();
  /** The text under the key as this page last showed or stored it. */
  private main: LocalDraft | undefined;
  private sequence = 0;
  private touched = false;
  private unsaved: DraftText | null = null;
  /** The server holds another text: nothing goes there before the choice. */
  private held = false;
  private timers: ReturnType<typeof setTimeout>[] = [];

  constructor(
    private readonly account: string,
    private readonly key: string,
    private readonly events: DraftEvents,
  ) {}

  /** Shows the device's text at once, then the server's if that is newer; a newer one of the device goes to the server. */
  async restore(): Promise<void> {
    const { main, others } = await readDrafts(this.account, this.key);
    // What is typed already was typed without having seen the stored text: that one will be put beside it.
    if (!this.touched) this.main = main;
    this.reach(main?.sequence ?? 0);
    this.held = others.some((other) => other.writer === FROM_SERVER);
    if (main && !isEmptyDraft(main)) this.show(textOf(main), 'device');
    await this.offerNext();
    const remote = await this.askServer();
    if (remote === undefined) return;
    this.reach(remote?.sequence ?? 0);
    if (remote && remote.sequence > (main?.sequence ?? 0)) return this.takeUp(remote, main);
    if (!main || isEmptyDraft(main) || this.touched) return;
    // The server had this text and has none now: it was sent or thrown away elsewhere.
    if (main.saved && remote === null) return this.letGo();
    if (!main.saved) await this.saveOnServer();
  }

  change(text: DraftText): void {
    this.touched = true;
    this.stopTimers();
    this.sequence++;
    this.unsaved = text;
    this.timers = [setTimeout(() => void this.keep(), DEVICE_AFTER_MS), setTimeout(() => void this.saveOnServer(), SERVER_AFTER_MS)];
  }

  /** Sent or thrown away: the next one starts empty, here and elsewhere. */
  async finish(empty: DraftText): Promise<void> {
    this.stopTimers();
    this.sequence++;
    this.unsaved = empty;
    await this.keep();
    if (!actsFor(this.account)) return;
    // Without a network the server keeps the old text; the device's higher sequence wins when it returns.
    void api.delete(`/api/drafts/${this.key}?sequence=${this.sequence}`).catch(() => undefined);
  }

  /** Stores on the device what is not there yet. */
  async keep(): Promise<void> {
    const text = this.unsaved;
    this.unsaved = null;
    if (!text || !mayKeep(this.account)) return;
    const { main, overtaken } = await keepDraft(this.localOf(text, this.sequence), this.main);
    this.main = main;
    this.reach(main.sequence);
    if (!isEmptyDraft(text)) this.events.onSaved(text, 'device');
    if (overtaken) this.events.onConflict(overtaken);
  }

  /** The writer chose: `other` needs no keeping any more; the next one, if any, is offered. */
  async settle(other: OtherDraft): Promise<void> {
    const { others } = await readDrafts(this.account, this.key);
    await removeBeside(others.filter((one) => isSameDraft(one, other)));
    this.held = others.some((one) => one.writer === FROM_SERVER && !isSameDraft(one, other));
    await this.offerNext();
  }

  private async offerNext(): Promise<void> {
    const { main, others } = await readDrafts(this.account, this.key);
    const same = others.filter((other) => isEmptyDraft(other) || (main && isSameDraft(main, other)));
    await removeBeside(same);
    const next = others.find((other) => !same.includes(other));
    if (next) this.events.onConflict(next);
  }

  /** The server's text is newer than the device's. */
  private async takeUp(remote: DraftView, main: LocalDraft | undefined): Promise<void> {
    // Somebody types already: the server's text is offered, not put over theirs.
    if (this.touched) return this.meet(remote);
    const unsent = main && !main.saved && !isEmptyDraft(main) && !isSameDraft(main, remote);
    if (unsent) await putBeside(main, this.key);
    this.main = { ...this.localOf(textOf(remote), remote.sequence), writer: FROM_SERVER, updatedAt: remote.updatedAt, saved: true };
    await putMain(this.main);
    this.show(textOf(remote), 'server');
    if (unsent) this.events.onConflict(main);
  }

  private async letGo(): Promise<void> {
    this.main = this.localOf(EMPTY_DRAFT, ++this.sequence);
    await putMain(this.main);
    this.show(EMPTY_DRAFT, 'none');
  }

  /**
   * A draft on the server; null when there is none, undefined when nobody answers. Asked from the list: mostly there is
   * none, and a refusal of each browser's first question would stand in its console as an error.
   */
  private askServer(): Promise<DraftView | null | undefined> {
    return api
      .get<{ items: DraftView[] }>('/api/drafts')
      .then(({ items }) => items.find((draft) => draft.key === this.key) ?? null)
      .catch(() => undefined);
  }

  private async saveOnServer(): Promise<void> {
    await this.keep();
    const draft = this.main;
    if (!draft || this.held || !actsFor(this.account)) return;
    try {
      await api.put(`/api/drafts/${this.key}`, { sequence: draft.sequence, ...textOf(draft) });
      await markSaved(draft);
      this.events.onSaved(textOf(draft), 'server');
    } catch (error) {
      // Without a network it stays on the device and is tried again with the next change or the next visit.
      if (error instanceof ApiProblem && error.code === 'stale-draft')
        await this.resolveStale(draft, Number(error.params['sequence']) || 0);
    }
  }

  private async resolveStale(draft: LocalDraft, known: number): Promise<void> {
    const other = await this.askServer();
    if (other === undefined || draft !== this.main || known < draft.sequence) return;
    this.reach(known);
    if (other && !isEmptyDraft(other) && !isSameDraft(other, draft)) return this.meet(other);
    // The server only remembers that an earlier text was sent: go on above its number.
    this.unsaved ??= textOf(draft);
    this.sequence++;
    await this.saveOnServer();
  }

  /** Keeps the server's text beside the one that is written here; after a reload the latter goes on. */
  private async meet(remote: DraftView): Promise<void> {
    this.reach(remote.sequence);
    this.sequence++;
    this.unsaved ??= this.main ? textOf(this.main) : null;
    await this.keep();
    if (this.main && isSameDraft(this.main, remote)) return;
    if (isEmptyDraft(remote)) return;
    this.held = true;
    await putBeside({ ...this.localOf(textOf(remote), remote.sequence), writer: FROM_SERVER, updatedAt: remote.updatedAt }, this.key);
    this.events.onConflict(remote);
  }

  private show(text: DraftText, saved: 'none' | 'device' | 'server'): void {
    if (!this.touched) this.events.onText(text, saved);
  }

  private reach(sequence: number): void {
    this.sequence = Math.max(this.sequence, sequence);
  }

  private localOf(text: DraftText, sequence: number): LocalDraft {
    return {
      key: this.key,
      account: this.account,
      writer: this.writer,
      sequence,
      saved: false,
      ...text,
      updatedAt: new Date().toISOString(),
    };
  }

  private stopTimers(): void {
    for (const timer of this.timers) clearTimeout(timer);
  }
}
