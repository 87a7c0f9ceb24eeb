import { Component, type ReactNode } from 'react';
import { useI18n } from '../i18n';
import { Note } from '../ui';

/** A screen that fails says so in words and leaves the rest of the page alive. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override render() {
    return this.state.failed ? <Crashed /> : this.props.children;
  }
}

// A part of the page that could not be loaded (no network, or a new version took its place) comes back with a reload.
function Crashed() {
  const { t } = useI18n();
  return (
    <Note kind="refusal" icon="alert" role="alert">
      <p>{t('shell.crashed')}</p>
      <p className="mt-2">
        <button type="button" className="btn" onClick={() => location.reload()}>
          {t('shell.reload')}
        </button>
      </p>
    </Note>
  );
}
