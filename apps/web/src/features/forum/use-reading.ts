import type { PostView, ReadView, ThreadView } from '@passerelle/contract';
import { useQueryClient } from '@tanstack/react-query';
import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { ApiProblem, api } from '../../app/api';
import { useMe } from '../../app/queries';
import { readMoved } from './forum.live';
import { dropPosition, heldPosition, holdPosition } from './reading-position';

const SEND_AFTER_MS = 1_200;
/** A message counts as seen when a fifth of it, or two fifths of the window, is visible: long ones never fit whole. */
const SEEN_OF_POST = 0.2;
const SEEN_OF_WINDOW = 0.4;
const THRESHOLDS = [0, 0.02, 0.05, 0.1, SEEN_OF_POST];

const isSeen = (entry: IntersectionObserverEntry) =>
  entry.isIntersecting && (entry.intersectionRatio >= SEEN_OF_POST || entry.intersectionRect.height >= SEEN_OF_WINDOW * window.innerHeight);

/** Moves my read position with what I have had on the screen; kept on the device until the server has it. */
export function useReading(thread: ThreadView, posts: PostView[]): { position: number; markUnread: (from: number) => Promise<void> } {
  const cache = useQueryClient();
  const account = useMe().account.id;
  const { id, readGeneration, readPosition } = thread;
  const [position, setPosition] = useState(() => Math.max(readPosition, heldPosition(account, id, readGeneration) ?? 0));
  const highest = useRef(position);
  const confirmed = useRef(readPosition);
  const generation = useRef(readGeneration);
  const paused = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    generation.current = Math.max(generation.current, readGeneration);
  }, [readGeneration]);

  const send = useCallback(async () => {
    if (paused.current || highest.current <= confirmed.current) return;
    const wanted = highest.current;
    try {
      const read = await api.put<ReadView>(`/api/threads/${id}/read`, { position: wanted, generation: generation.current });
      confirmed.current = Math.max(confirmed.current, read.position, wanted);
      if (highest.current === wanted) dropPosition(account, id);
      readMoved(cache, read);
    } catch (error) {
      // Held on the device: sent when the network is back, with the next position, or when the thread is opened again.
      if (error instanceof ApiProblem && error.status < 500 && error.status !== 401 && error.status !== 429) dropPosition(account, id);
    }
  }, [account, cache, id]);

  const reach = useCallback(
    (top: number) => {
      if (top <= highest.current) return;
      highest.current = top;
      setPosition(top);
      holdPosition(account, id, { position: top, generation: generation.current });
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void send(), SEND_AFTER_MS);
    },
    [account, id, send],
  );

  useSeen(posts, paused, reach);

  useEffect(() => {
    const now = () => void send();
    now();
    window.addEventListener('online', now);
    return () => {
      window.removeEventListener('online', now);
      clearTimeout(timer.current);
      now();
    };
  }, [send]);

  /** The one way back; nothing on this screen counts as read again until it is opened anew. */
  const markUnread = useCallback(
    async (from: number) => {
      const read = await api.post<ReadView>(`/api/threads/${id}/unread`, { from, generation: generation.current });
      paused.current = true;
      clearTimeout(timer.current);
      dropPosition(account, id);
      readMoved(cache, read);
    },
    [account, cache, id],
  );
  return { position, markUnread };
}

/** Calls `reach` with the highest position that somebody looks at. */
function useSeen(posts: PostView[], paused: RefObject<boolean>, reach: (position: number) => void): void {
  useEffect(() => {
    const seen = new IntersectionObserver(
      (entries) => {
        if (paused.current || !document.hasFocus()) return;
        reach(Math.max(0, ...entries.filter(isSeen).map((entry) => Number((entry.target as HTMLElement).dataset['position']))));
      },
      { threshold: THRESHOLDS },
    );
    const observe = () => {
      seen.disconnect();
      for (const element of document.querySelectorAll('[data-position]')) seen.observe(element);
    };
    observe();
    // What came while the window was in the background is read when somebody looks at it.
    window.addEventListener('focus', observe);
    return () => {
      window.removeEventListener('focus', observe);
      seen.disconnect();
    };
  }, [posts, paused, reach]);
}
