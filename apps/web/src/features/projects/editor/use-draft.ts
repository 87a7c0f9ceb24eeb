import { useRef, useState } from 'react';
import { v7 as uuid } from 'uuid';
import { ApiProblem } from '../../../app/api';
import { EDITED, isShared } from '../../../app/forget';

interface Stored<C> {
  id: string;
  version: number;
  content: C;
}
interface Copy<C> extends Stored<C> {
  /** These words are on the device and not yet on the server. */
  kept: boolean;
}
interface Source<C, V extends Stored<C>> {
  /** Where the device keeps it: account, kind, and which one. */
  place: string;
  stored: V | null;
  empty: () => C;
  create: (body: { id: string; content: C }) => Promise<V>;
  edit: (body: { version: number; content: C }) => Promise<V>;
  read: () => Promise<V>;
  onSaved: (view: V) => void;
}

/**
 * A sheet while somebody writes it: kept on the device with every key, sent when asked. When somebody else has saved
 * meanwhile, their sheet is given back beside the own one.
 */
export function useDraft<C, V extends Stored<C>>({ place, stored, empty, create, edit, read, onSaved }: Source<C, V>) {
  const [keeper] = useState(() => keeperOf<C>(place));
  const [copy, setCopy] = useState<Copy<C>>(() => keeper.read() ?? fresh(stored, empty));
  const [error, setError] = useState<unknown>(null);
  const [conflict, setConflict] = useState<V | null>(null);
  const [saving, setSaving] = useState(false);
  const latest = useRef(copy);
  const take = (next: Copy<C>) => {
    latest.current = next;
    setCopy(next);
    if (next.kept) keeper.keep(next);
    else keeper.drop();
  };

  const save = async () => {
    const { id, version, content } = latest.current;
    setSaving(true);
    setError(null);
    try {
      const view = stored ? await edit({ version, content }) : await create({ id, content });
      keeper.drop();
      onSaved(view);
    } catch (cause) {
      setError(cause);
      if (cause instanceof ApiProblem && cause.code === 'stale-version') await read().then(setConflict, setError);
    } finally {
      setSaving(false);
    }
  };
  return {
    content: copy.content, kept: copy.kept, error, conflict, saving, save,
    write: (change: Partial<C>) => take({ ...latest.current, content: { ...latest.current.content, ...change }, kept: true }),
    discard: () => (setError(null), take(fresh(stored, empty))),
    /** Goes on from what was chosen between the two sheets, and saves it. */
    settle: (content: C) => {
      if (!conflict) return;
      take({ id: conflict.id, version: conflict.version, content, kept: true });
      setConflict(null);
      void save();
    },
  };
}

const fresh = <C>(stored: Stored<C> | null, empty: () => C): Copy<C> =>
  stored ? { id: stored.id, version: stored.version, content: stored.content, kept: false } : { id: uuid(), version: 0, content: empty(), kept: false };

/** A device that is shared keeps it for this tab only, under the name that signing out clears. */
function keeperOf<C>(place: string) {
  const [store, key] = isShared() ? [sessionStorage, `${EDITED}${place}`] : [localStorage, `passerelle.${place}`];
  return {
    read: (): Copy<C> | null => {
      const text = store.getItem(key);
      return text ? (JSON.parse(text) as Copy<C>) : null;
    },
    keep: (copy: Copy<C>) => store.setItem(key, JSON.stringify(copy)),
    drop: () => store.removeItem(key),
  };
}
