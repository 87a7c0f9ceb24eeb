import { type RefObject, useEffect, useRef } from 'react';

const GIVE_UP_MS = 5_000;

/**
 * On a new page the focus goes to its title, so that the keyboard and the voice start there; not on the first load.
 * The title may come after the page's code and data: until then the focus waits on the page itself, and it is left
 * alone as soon as the person has moved it.
 */
export function useFocusOnNavigation(location: string, main: RefObject<HTMLElement | null>): void {
  const first = useRef(true);
  useEffect(() => {
    const page = main.current;
    if (first.current || !page) {
      first.current = false;
      return;
    }
    if (!window.location.hash) window.scrollTo(0, 0);
    page.focus({ preventScroll: true });
    return focusTitle(page);
  }, [location, main]);
}

function focusTitle(page: HTMLElement): () => void {
  const observer = new MutationObserver(() => tryFocus());
  const timer = setTimeout(() => observer.disconnect(), GIVE_UP_MS);
  const stop = () => {
    clearTimeout(timer);
    observer.disconnect();
  };
  function tryFocus(): void {
    const active = document.activeElement;
    if (active !== page && active !== document.body && active !== null) return stop();
    // A hidden title stands in while data are on their way.
    const title = page.querySelector<HTMLElement>('h1:not(.vh)');
    if (!title) return;
    title.tabIndex = -1;
    title.focus({ preventScroll: true });
    stop();
  }
  observer.observe(page, { childList: true, subtree: true });
  tryFocus();
  return stop;
}
