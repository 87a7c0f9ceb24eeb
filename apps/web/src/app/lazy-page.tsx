import { type ComponentType, use } from 'react';
import { loadLanguage } from '../i18n';

interface LazyPage<P> {
  (props: P): React.ReactNode;
  /** Fetches the page's code ahead of its first showing. */
  preload: () => Promise<unknown>;
}

/**
 * As React.lazy, but a page that was preloaded shows at once: React.lazy suspends even then, and React delays
 * what follows a fallback by 300 ms.
 */
export function lazyPage<P extends object>(
  load: () => Promise<{ default: ComponentType<P> }>,
  words: 'first' | 'all' = 'all',
): LazyPage<P> {
  let loading: Promise<ComponentType<P>> | undefined;
  let loaded: ComponentType<P> | undefined;
  const start = () => {
    loading ??= Promise.all([load(), loadLanguage(words), words === 'all' && import('../ui/components-later.css')]).then(
      ([module]) => (loaded = module.default),
      (error: unknown) => {
        // The next attempt asks the network again.
        loading = undefined;
        throw error;
      },
    );
    return loading;
  };
  function Page(props: P) {
    const Component = loaded ?? use(start());
    return <Component {...props} />;
  }
  Page.preload = start;
  return Page;
}
