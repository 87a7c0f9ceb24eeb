import type { DraftView } from '@passerelle/contract';
import { useCallback, useEffect, useRef, useState } from 'react';
import { ApiProblem, api } from '../../app/api';
import { useMe } from '../../app/queries';
import { deviceStore } from '../../outbox';

const DEVICE_AFTER_MS = 250;
const SERVER_AFTER_MS = 1_500;

export interface DraftText {
  body: string;
  title: string;
}

interface DraftState {
  text: DraftText;
  saved: 'none' | 'device' | 'server';
  /** A newer text from another device; both are kept until the writer chooses. */
  conflict: DraftView | null;
}

const EMPTY: DraftText = { body: '', title: '' };
const isEmpty = (text: DraftText) => text.body.trim() === '' && text.title.trim() === '';

/** What is being written under `key`: on the device at once, on the server after a pause, never over a newer text. */
export function useDraft(key: string, first: DraftText = EMPTY) {
  const account = useMe().account.id;
  const [state, setState] = useState<DraftState>({ text: first, saved: 'none', conflict: null });
  const sequence = useRef(0);
  const touched = useRef(false);
  const timers = useRef<ReturnType<typeof setTimeout>[]>([]);

  useEffect(() => {
    let gone = false;
    const restore = async () => {
      const db = await deviceStore();
      const [local, remote] = await Promise.all([db.get('drafts', [account, key]), api.get<DraftView>(`/api/drafts/${key}`).catch(() => null)]);
      if (gone) return;
      sequence.current = Math.max(sequence.current, local?.sequence ?? 0, remote?.sequence ?? 0);
      const newest = remote && remote.sequence > (local?.sequence ?? 0) ? remote : local;
      if (newest && !touched.current && !isEmpty(newest)) setState({ text: { body: newest.body, title: newest.title }, saved: newest === remote ? 'server' : 'device', conflict: null });
    };
    void restore();
    return () => {
      gone = true;
      for (const timer of timers.current) clearTimeout(timer);
    };
  }, [account, key]);

  const saveOnServer = useCallback(async (text: DraftText, at: number) => {
    try {
      await api.put(`/api/drafts/${key}`, { sequence: at, body: text.body, title: text.title });
      if (at === sequence.current) setState((old) => ({ ...old, saved: 'server' }));
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.code !== 'stale-draft') return; // it stays on the device and is tried again with the next change
      const other = await api.get<DraftView>(`/api/drafts/${key}`).catch(() => null);
      sequence.current = Math.max(sequence.current, Number(error.params['sequence']) || 0);
      if (other && (other.body !== text.body || other.title !== text.title)) setState((old) => ({ ...old, conflict: other }));
    }
  }, [key]);

  const change = useCallback((text: DraftText) => {
    touched.current = true;
    sequence.current++;
    const at = sequence.current;
    setState((old) => ({ ...old, text, saved: 'none' }));
    for (const timer of timers.current) clearTimeout(timer);
    const store = async () => {
      await (await deviceStore()).put('drafts', { key, account, sequence: at, body: text.body, title: text.title, updatedAt: new Date().toISOString() });
      setState((old) => (old.saved === 'none' && old.text === text ? { ...old, saved: 'device' } : old));
    };
    timers.current = [setTimeout(() => void store(), DEVICE_AFTER_MS), setTimeout(() => void saveOnServer(text, at), SERVER_AFTER_MS)];
  }, [account, key, saveOnServer]);

  /** Sent or thrown away: the next one starts empty, here and elsewhere. */
  const finish = useCallback(async () => {
    for (const timer of timers.current) clearTimeout(timer);
    sequence.current++;
    setState({ text: EMPTY, saved: 'none', conflict: null });
    const db = await deviceStore();
    await db.put('drafts', { key, account, sequence: sequence.current, body: '', title: '', updatedAt: new Date().toISOString() });
    // Without a network the server keeps the old text; the device's higher sequence wins when it returns.
    await api.delete(`/api/drafts/${key}?sequence=${sequence.current}`).catch(() => undefined);
  }, [account, key]);

  const settle = useCallback((choice: 'mine' | 'other' | 'both') => {
    setState((old) => {
      if (!old.conflict) return old;
      const other = { body: old.conflict.body, title: old.conflict.title };
      const text = { mine: old.text, other, both: { title: old.text.title || other.title, body: `${old.text.body}\n\n${other.body}` } }[choice];
      queueMicrotask(() => change(text));
      return { ...old, conflict: null };
    });
  }, [change]);

  return { ...state, change, finish, settle };
}
