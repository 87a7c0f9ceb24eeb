import './ui/tokens.css';
import './ui/components.css';
import './ui/additions.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app';
import { queryClient } from './app/queries';
import { applyTheme } from './app/theme';
import { I18nProvider } from './i18n';

applyTheme();
const root = document.getElementById('root');
if (!root) throw new Error('The page has no #root');
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
