import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useMe } from '../app/queries';
import { DraftKeeper } from './draft-keeper';
import { type DraftText, isSameDraft, type OtherDraft, textOf } from './draft-text';

interface DraftState {
  text: DraftText;
  saved: 'none' | 'device' | 'server';
  conflict: OtherDraft | null;
}

/** The text being written under `key`, with where it is saved and what contradicts it. */
export function useDraft(key: string, first: DraftText) {
  const account = useMe().account.id;
  const [state, setState] = useState<DraftState>({ text: first, saved: 'none', conflict: null });
  const latest = useRef(first);
  const keeper = useMemo(
    () =>
      new DraftKeeper(account, key, {
        onText: (text, saved) => {
          latest.current = text;
          setState((old) => ({ ...old, text, saved }));
        },
        onSaved: (text, saved) => setState((old) => (isSameDraft(old.text, text) ? { ...old, saved } : old)),
        onConflict: (conflict) => setState((old) => ({ ...old, conflict })),
      }),
    [account, key],
  );

  useEffect(() => {
    void keeper.restore();
    const keep = () => void keeper.keep();
    window.addEventListener('pagehide', keep);
    return () => {
      window.removeEventListener('pagehide', keep);
      keep();
    };
  }, [keeper]);

  const change = useCallback(
    (part: Partial<DraftText>) => {
      const text = { ...latest.current, ...part };
      latest.current = text;
      keeper.change(text);
      setState((old) => ({ ...old, text, saved: 'none' }));
    },
    [keeper],
  );

  const finish = useCallback(
    (empty: DraftText) => {
      latest.current = empty;
      setState((old) => ({ text: empty, saved: 'none', conflict: old.conflict }));
      return keeper.finish(empty);
    },
    [keeper],
  );

  const settle = (choice: 'mine' | 'other' | 'both') => {
    const { conflict, text } = state;
    if (!conflict) return;
    setState((old) => ({ ...old, conflict: null }));
    change(
      {
        mine: text,
        other: textOf(conflict),
        both: { ...text, title: text.title || conflict.title, body: `${text.body}\n\n${conflict.body}` },
      }[choice],
    );
    void keeper.keep().then(() => keeper.settle(conflict));
  };

  return { ...state, change, finish, settle };
}
