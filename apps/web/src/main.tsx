import './ui/tokens.css';
import './ui/components.css';
import './ui/additions.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app';
import { preloadOnApproach, preloadPage } from './app/pages';
import { meQuery, queryClient } from './app/queries';
import { applyTheme } from './app/theme';
import { I18nProvider, loadLanguage } from './i18n';

applyTheme();
preloadOnApproach();
const root = document.getElementById('root');
if (!root) throw new Error('The page has no #root');
const signingIn = location.pathname.startsWith('/connexion');
// Words, first page and account are asked for at the same time, not one after the other.
if (!signingIn) void queryClient.prefetchQuery(meQuery);
await Promise.all([loadLanguage('first'), preloadPage(location.pathname)]);
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <Suspense>
        <I18nProvider>
          <App />
        </I18nProvider>
      </Suspense>
    </QueryClientProvider>
  </StrictMode>,
);
