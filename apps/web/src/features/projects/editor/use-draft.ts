import { useRef, useState } from 'react';
import { v7 as uuid } from 'uuid';
import { ApiProblem } from '../../../app/api';
import { madeBefore } from '../../../app/made-before';
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
  /** The name by which the server knows what is stored. */
  reference: string | undefined;
  create: (body: { id: string; content: C }) => Promise<V>;
  edit: (reference: string, body: { version: number; content: C }) => Promise<V>;
  read: (reference: string) => Promise<V>;
  onSaved: (view: V) => void;
}

/**
 * A sheet while somebody writes it: kept on the device with every key, sent when asked. When somebody else has saved
 * meanwhile, their sheet is given back beside the own one.
 */
export function useDraft<C, V extends Stored<C>>({ place, stored, empty, reference, create, edit, read, onSaved }: Source<C, V>) {
  const [keeper] = useState(() => keeperOf<C>(place));
  const [copy, setCopy] = useState<Copy<C>>(() => keeper.read() ?? fresh(stored, empty));
  const [error, setError] = useState<unknown>(null);
  const [conflict, setConflict] = useState<V | null>(null);
  const [saving, setSaving] = useState(false);
  const latest = useRef(copy);
  const known = useRef(reference);
  const take = (next: Copy<C>) => {
    latest.current = next;
    setCopy(next);
    if (next.kept) keeper.keep(next);
    else keeper.drop();
  };

  const createOrChange = (body: { id: string; content: C }) =>
    create(body).catch((cause: unknown) => {
      const made = madeBefore(cause);
      if (made === null) throw cause;
      known.current = made;
      take({ ...latest.current, version: 1, kept: true });
      return edit(made, { version: 1, content: body.content });
    });
  const save = async () => {
    const { id, version, content } = latest.current;
    setSaving(true);
    setError(null);
    try {
      const view = known.current ? await edit(known.current, { version, content }) : await createOrChange({ id, content });
      keeper.drop();
      onSaved(view);
    } catch (cause) {
      setError(cause);
      if (known.current && cause instanceof ApiProblem && cause.code === 'stale-version') await read(known.current).then(setConflict, setError);
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
