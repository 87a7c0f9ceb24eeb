import { emptyPractice, type PracticeContent, type PracticeView } from '@passerelle/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { v7 as uuid } from 'uuid';
import { ApiProblem, api, NetworkFailure } from '../../../app/api';
import { madeBefore } from '../../../app/made-before';
import { practiceQuery } from '../practices.api';
import { type DeviceCopy, dropCopy, keepCopy, NEW, readCopy } from '../../../ui/practice-copy';

const SAVE_AFTER_MS = 1_500;
const RETRY_MS = 10_000;

export type SaveState = { kind: 'saved' | 'device' | 'saving' | 'offline'; at: string } | { kind: 'refused'; error: ApiProblem };

/**
 * The entry while somebody writes it: kept on the device with every key, sent to the server after a pause, sent again
 * when the network is back. When somebody else has changed it meanwhile, both versions are given back.
 */
export function useEntry(account: string, stored: PracticeView | null, language: PracticeContent['language']) {
  const cache = useQueryClient();
  const [copy, setCopy] = useState<DeviceCopy>(() => firstCopy(account, stored, language));
  const [save, setSave] = useState<SaveState | null>(null);
  const [conflict, setConflict] = useState<PracticeView | null>(null);
  const recovered = stored !== null && copy.at !== '' && JSON.stringify(copy.content) !== JSON.stringify(stored.content);
  const latest = useRef(copy);
  const sent = useRef(stored ? JSON.stringify(stored.content) : '');
  const busy = useRef(false);

  const send = useCallback(async () => {
    const now = latest.current;
    const words = JSON.stringify(now.content);
    if (busy.current || words === sent.current) return;
    busy.current = true;
    setSave({ kind: 'saving', at: now.at });
    const { id, content } = now;
    let { ref } = now;
    const change = (reference: string, version: number) => api.patch<PracticeView>(`/api/practices/${reference}`, { version, content });
    const create = () =>
      api.post<PracticeView>('/api/practices', { id, content }).catch((error: unknown) => {
        ref = madeBefore(error);
        if (ref === null) throw error;
        return change(ref, 1);
      });
    try {
      const view = ref ? await change(ref, now.version) : await create();
      sent.current = words;
      dropCopy(account, now.ref ?? NEW);
      latest.current = { ...latest.current, ref: view.ref, version: view.version };
      setCopy(latest.current);
      cache.setQueryData(practiceQuery(view.ref).queryKey, view);
      setSave({ kind: 'saved', at: new Date().toISOString() });
    } catch (error) {
      if (error instanceof ApiProblem && error.code === 'stale-version' && ref) setConflict(await api.get<PracticeView>(`/api/practices/${ref}`));
      else if (error instanceof ApiProblem && error.status < 500) setSave({ kind: 'refused', error });
      else if (error instanceof NetworkFailure || error instanceof ApiProblem) setSave({ kind: 'offline', at: now.at });
      else throw error;
    } finally {
      busy.current = false;
    }
  }, [account, cache]);

  const write = useCallback(
    (change: Partial<PracticeContent>) => {
      const next = { ...latest.current, content: { ...latest.current.content, ...change }, at: new Date().toISOString() };
      latest.current = next;
      keepCopy(account, next);
      setCopy(next);
      setSave({ kind: 'device', at: next.at });
    },
    [account],
  );

  useEffect(() => {
    if (conflict) return;
    const timer = setTimeout(() => void send(), SAVE_AFTER_MS);
    return () => clearTimeout(timer);
  }, [copy.content, conflict, send]);
  useEffect(() => {
    const again = setInterval(() => void (conflict === null && send()), RETRY_MS);
    const online = () => void send();
    window.addEventListener('online', online);
    return () => {
      clearInterval(again);
      window.removeEventListener('online', online);
    };
  }, [conflict, send]);

  /** Goes on from what was chosen between the two versions. */
  const settle = (content: PracticeContent) => {
    if (!conflict) return;
    if (latest.current.ref === null) dropCopy(account, NEW);
    latest.current = { ...latest.current, ref: conflict.ref, version: conflict.version };
    sent.current = JSON.stringify(conflict.content);
    setConflict(null);
    write(content);
  };
  return { content: copy.content, reference: copy.ref, write, save, send, conflict, settle, recovered };
}

/** What this device has kept and the server has not, else what the server has. */
function firstCopy(account: string, stored: PracticeView | null, language: PracticeContent['language']): DeviceCopy {
  const kept = readCopy(account, stored?.ref ?? NEW);
  if (kept) return kept;
  return stored
    ? { id: stored.id, ref: stored.ref, version: stored.version, content: stored.content, at: '' }
    : { id: uuid(), ref: null, version: 0, content: { ...emptyPractice(), language }, at: '' };
}
