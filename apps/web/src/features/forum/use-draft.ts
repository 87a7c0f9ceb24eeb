import type { DraftView } from '@passerelle/contract';
import { useCallback, useEffect, useRef, useState } from 'react';
import { ApiProblem, api } from '../../app/api';
import { useMe } from '../../app/queries';
import { deviceStore, type LocalDraft } from '../../outbox';
import { type DraftText, isEmptyDraft, isSameDraft, newestDraft, type OtherDraft, textOf } from './draft-text';

const DEVICE_AFTER_MS = 250;
const SERVER_AFTER_MS = 1_500;

interface DraftState {
  text: DraftText;
  saved: 'none' | 'device' | 'server';
  /** A newer text from another device or tab; both are kept until the writer chooses. */
  conflict: OtherDraft | null;
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

/** What is being written under `key`: on the device at once, on the server after a pause, never over a newer text. */
export function useDraft(key: string, first: DraftText) {
  const account = useMe().account.id;
  const [state, setState] = useState<DraftState>({ text: first, saved: 'none', conflict: null });
  const sequence = useRef(0);
  const touched = useRef(false);
  const timers = useRef<ReturnType<typeof setTimeout>[]>([]);
  const unsaved = useRef<LocalDraft | null>(null);

  const meet = useCallback((other: OtherDraft, mine: DraftText) => {
    sequence.current = Math.max(sequence.current, other.sequence);
    // An empty newer one says that the text was sent or thrown away elsewhere: what is written here stays.
    if (!isEmptyDraft(other) && !isSameDraft(other, mine)) setState((old) => ({ ...old, conflict: other }));
  }, []);

  const saveOnServer = useCallback(async (text: DraftText, at: number) => {
    try {
      await api.put(`/api/drafts/${key}`, { sequence: at, ...text });
      if (at === sequence.current) setState((old) => ({ ...old, saved: 'server' }));
    } catch (error) {
      // Without a network it stays on the device and is tried again with the next change or the next visit.
      if (!(error instanceof ApiProblem) || error.code !== 'stale-draft') return;
      const known = Number(error.params['sequence']) || 0;
      const other = await api.get<DraftView>(`/api/drafts/${key}`).catch((failure: unknown) => (failure instanceof ApiProblem && failure.status === 404 ? null : undefined));
      if (other) return meet(other, text);
      if (other === undefined || at !== sequence.current) return;
      // The server only remembers that an earlier text was sent: go on above its number.
      sequence.current = known + 1;
      await keepOnDevice({ key, account, sequence: sequence.current, ...text, updatedAt: new Date().toISOString() });
      await api.put(`/api/drafts/${key}`, { sequence: sequence.current, ...text }).then(() => setState((old) => ({ ...old, saved: 'server' })), () => undefined);
    }
  }, [account, key, meet]);

  useEffect(() => {
    let gone = false;
    const restore = async () => {
      const local = await (await deviceStore()).get('drafts', [account, key]);
      if (gone) return;
      sequence.current = Math.max(sequence.current, local?.sequence ?? 0);
      // The device's text shows at once; the server's may be newer and takes longer.
      if (local && !touched.current && !isEmptyDraft(local)) setState({ text: textOf(local), saved: 'device', conflict: null });
      const remote = await api.get<DraftView>(`/api/drafts/${key}`).catch((error: unknown) => (error instanceof ApiProblem && error.status === 404 ? null : undefined));
      if (gone || remote === undefined) return;
      const newest = newestDraft(local, remote);
      sequence.current = Math.max(sequence.current, remote?.sequence ?? 0);
      if (touched.current) return;
      if (newest && newest === remote) setState({ text: textOf(remote), saved: 'server', conflict: null });
      else if (local && !isEmptyDraft(local)) void saveOnServer(textOf(local), local.sequence);
    };
    void restore();
    return () => {
      gone = true;
    };
  }, [account, key, saveOnServer]);

  const store = useCallback(async () => {
    const draft = unsaved.current;
    unsaved.current = null;
    if (!draft) return;
    const newer = await keepOnDevice(draft);
    if (newer) return meet(newer, textOf(draft));
    setState((old) => (old.saved === 'none' && isSameDraft(old.text, draft) ? { ...old, saved: 'device' } : old));
  }, [meet]);

  useEffect(() => {
    const now = () => void store();
    window.addEventListener('pagehide', now);
    return () => {
      window.removeEventListener('pagehide', now);
      for (const timer of timers.current) clearTimeout(timer);
      now();
    };
  }, [store]);

  const change = useCallback((part: Partial<DraftText>) => {
    touched.current = true;
    const at = ++sequence.current;
    setState((old) => {
      const text = { ...old.text, ...part };
      unsaved.current = { key, account, sequence: at, ...text, updatedAt: new Date().toISOString() };
      return { ...old, text, saved: 'none' };
    });
    for (const timer of timers.current) clearTimeout(timer);
    const toServer = async () => {
      const draft = await (await deviceStore()).get('drafts', [account, key]);
      if (draft?.sequence === at) await saveOnServer(textOf(draft), at);
    };
    timers.current = [setTimeout(() => void store(), DEVICE_AFTER_MS), setTimeout(() => void toServer(), SERVER_AFTER_MS)];
  }, [account, key, saveOnServer, store]);

  /** Sent or thrown away: the next one starts empty, here and elsewhere. */
  const finish = useCallback(async (empty: DraftText) => {
    for (const timer of timers.current) clearTimeout(timer);
    unsaved.current = null;
    const at = ++sequence.current;
    setState({ text: empty, saved: 'none', conflict: null });
    await (await deviceStore()).put('drafts', { key, account, sequence: at, ...empty, updatedAt: new Date().toISOString() });
    // Without a network the server keeps the old text; the device's higher sequence wins when it returns.
    await api.delete(`/api/drafts/${key}?sequence=${at}`).catch(() => undefined);
  }, [account, key]);

  const settle = useCallback((choice: 'mine' | 'other' | 'both') => {
    const { conflict, text } = state;
    if (!conflict) return;
    setState((old) => ({ ...old, conflict: null }));
    change({ mine: text, other: textOf(conflict), both: { ...text, title: text.title || conflict.title, body: `${text.body}\n\n${conflict.body}` } }[choice]);
  }, [change, state]);

  return { ...state, change, finish, settle };
}
