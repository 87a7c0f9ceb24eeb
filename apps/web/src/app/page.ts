import { useEffect, useSyncExternalStore } from 'react';

export interface PageState {
  /** Link of the phone's bar back to the list above; null on the five main screens. */
  back: { href: string; label: string } | null;
  /** Pages with a composer hide the phone's bottom bar. */
  task: boolean;
  /** Columns of the page: the design's `page-l`, `page-1`, `page-m`. */
  columns: '' | 'page-l' | 'page-1' | 'page-m';
  /** The search screen itself needs no way to the search. */
  search: boolean;
}

const PLAIN: PageState = { back: null, task: false, columns: '', search: false };
let state = PLAIN;
const listeners = new Set<() => void>();

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
export const usePageState = (): PageState => useSyncExternalStore(subscribe, () => state);

/** Title of the document and shape of the shell for the screen that calls it. */
export function usePage(title: string, { back, task = false, columns = '', search = false }: Partial<PageState> = {}): void {
  const href = back?.href;
  const label = back?.label;
  useEffect(() => {
    document.title = title ? `${title} · Passerelle` : 'Passerelle';
  }, [title]);
  useEffect(() => {
    state = { back: href !== undefined && label !== undefined ? { href, label } : null, task, columns, search };
    for (const listener of listeners) listener();
    document.body.className = [href === undefined ? '' : 'inner', task ? 'task' : '', search ? 'nofind' : ''].join(' ').trim();
  }, [href, label, task, columns, search]);
}
