import type { LetterView, RelayView } from '@passerelle/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api } from '../../app/api';
import { relayQuery } from './relay.api';

/** Tells the server what somebody has looked at, once the window is in front and the network is there. */
export function useReading({ id, unread }: RelayView, letters: LetterView[]): void {
  const cache = useQueryClient();
  const position = letters.at(-1)?.position ?? 0;
  useEffect(() => {
    if (unread === 0 || position === 0) return;
    const read = async () => {
      if (!document.hasFocus()) return;
      const view = await api.put<RelayView>(`/api/relay/${id}/read`, { position });
      cache.setQueryData(relayQuery(id).queryKey, view);
      for (const queryKey of [['relays', 'list'], ['relays', 'unread'], ['home']]) void cache.invalidateQueries({ queryKey });
    };
    // What could not be told is told with the next look.
    const look = () => void read().catch(() => undefined);
    look();
    for (const event of ['focus', 'online']) window.addEventListener(event, look);
    return () => {
      for (const event of ['focus', 'online']) window.removeEventListener(event, look);
    };
  }, [cache, id, unread, position]);
}

/** The first letter that was new when the conversation was opened; it stays marked while the page is open. */
export function useFirstUnread({ side, unread }: RelayView, letters: LetterView[]): number | null {
  const [first] = useState(() => (unread > 0 ? (letters.filter((letter) => letter.side !== side).at(-unread)?.position ?? null) : null));
  return first;
}
