import type { GuestCandidateView, ThreadGuestView, ThreadView } from '@passerelle/contract';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { v7 as uuid } from 'uuid';
import { api, withQuery } from '../../app/api';
import { useI18n } from '../../i18n';
import { capacityText, ErrorNote, Flag } from '../../ui';

type Items<T> = { items: T[] };
const guestsQuery = (thread: string) => queryOptions({ queryKey: ['thread-guests', thread], queryFn: () => api.get<Items<ThreadGuestView>>(`/api/threads/${thread}/guests`) });
const candidatesQuery = (thread: string, q: string) =>
  queryOptions({ queryKey: ['thread-guests', thread, q], enabled: q.length >= 2, queryFn: () => api.get<Items<GuestCandidateView>>(withQuery(`/api/threads/${thread}/guest-candidates`, { q })) });

/** Guests who read this thread and nothing else of its space. */
export function ThreadGuests({ thread }: { thread: ThreadView }) {
  const { t } = useI18n();
  const cache = useQueryClient();
  const [words, setWords] = useState('');
  const refresh = () => cache.invalidateQueries({ queryKey: ['thread-guests', thread.id] });
  const guests = useQuery(guestsQuery(thread.id));
  const candidates = useQuery(candidatesQuery(thread.id, useDeferredValue(words.trim())));
  const admit = useMutation({ mutationFn: (mandate: string) => api.post(`/api/threads/${thread.id}/guests`, { id: uuid(), mandate }), onSuccess: refresh });
  const dismiss = useMutation({ mutationFn: (id: string) => api.delete(`/api/thread-guests/${id}`), onSuccess: refresh });
  const error = admit.error ?? dismiss.error;
  return (
    <section>
      <h3>{t('forum.guests.title')}</h3>
      <p className="hint">{t('forum.guests.hint')}</p>
      {error && <ErrorNote error={error} />}
      <ul className="list">
        {guests.data?.items.map((guest) => (
          <Line key={guest.id} who={guest} act={t('forum.guests.dismiss')} onAct={() => dismiss.mutate(guest.id)} />
        ))}
      </ul>
      <label htmlFor="guest">{t('forum.guests.label')}</label>
      <input className="in" id="guest" type="search" autoComplete="off" maxLength={80} value={words} onChange={(event) => setWords(event.target.value)} />
      <div role="status">{candidates.data?.items.length === 0 && <p className="soft">{t('forum.guests.none')}</p>}</div>
      <ul className="list">
        {candidates.data?.items.map((guest) => (
          <Line key={guest.id} who={guest} act={t('forum.guests.admit')} onAct={() => admit.mutate(guest.id)} />
        ))}
      </ul>
    </section>
  );
}

function Line({ who, act, onAct }: { who: GuestCandidateView; act: string; onAct: () => void }) {
  const name = capacityText(who.function, who.organisation);
  return (
    <li>
      {who.country && <Flag country={who.country} />}
      <span className="min0 grow">{name}</span>
      <button type="button" className="btn btn-q right" onClick={onAct}>
        {act} <span className="vh">{name}</span>
      </button>
    </li>
  );
}
