import type { PostView, ReadView, ThreadView } from '@passerelle/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef } from 'react';
import { api } from '../../app/api';

const SEND_AFTER_MS = 1_200;
const stored = (thread: string) => `passerelle.read.${thread}`;

/** Moves my read position with what I have had on the screen; kept on the device until the server has it. */
export function useReading(thread: ThreadView, posts: PostView[]) {
  const cache = useQueryClient();
  const highest = useRef(Math.max(thread.readPosition, Number(localStorage.getItem(stored(thread.id))) || 0));
  const confirmed = useRef(thread.readPosition);
  const generation = useRef(thread.readGeneration);
  const paused = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  generation.current = thread.readGeneration;

  const send = useCallback(async () => {
    if (paused.current || highest.current <= confirmed.current) return;
    const position = highest.current;
    try {
      const read = await api.put<ReadView>(`/api/threads/${thread.id}/read`, { position, generation: generation.current });
      confirmed.current = Math.max(confirmed.current, read.position);
      localStorage.removeItem(stored(thread.id));
      void cache.invalidateQueries({ queryKey: ['spaces'] });
    } catch {
      // Kept on the device: sent with the next position, or when the thread is opened again.
      localStorage.setItem(stored(thread.id), String(position));
    }
  }, [cache, thread.id]);

  useEffect(() => {
    const seen = new IntersectionObserver((entries) => {
      if (paused.current || !document.hasFocus()) return;
      const positions = entries.filter((entry) => entry.isIntersecting).map((entry) => Number((entry.target as HTMLElement).dataset['position']));
      const top = Math.max(0, ...positions);
      if (top <= highest.current) return;
      highest.current = top;
      localStorage.setItem(stored(thread.id), String(top));
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void send(), SEND_AFTER_MS);
    }, { threshold: 0.2 });
    for (const element of document.querySelectorAll('[data-position]')) seen.observe(element);
    return () => seen.disconnect();
  }, [posts, send, thread.id]);

  useEffect(() => () => {
    clearTimeout(timer.current);
    void send();
  }, [send]);

  /** The one way back; nothing on this screen counts as read again until it is opened anew. */
  return useCallback(async (from: number) => {
    paused.current = true;
    localStorage.removeItem(stored(thread.id));
    await api.post(`/api/threads/${thread.id}/unread`, { from, generation: generation.current });
    void cache.invalidateQueries({ queryKey: ['threads'] });
    void cache.invalidateQueries({ queryKey: ['spaces'] });
  }, [cache, thread.id]);
}
