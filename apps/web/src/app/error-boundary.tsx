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
    return this.state.failed ? <Crashed onRetry={() => this.setState({ failed: false })} /> : this.props.children;
  }
}

// Code that could not be fetched comes with the next try once the network is back; after a deployment it needs a reload.
function Crashed({ onRetry }: { onRetry: () => void }) {
  const { t } = useI18n();
  return (
    <Note kind="refusal" icon="alert" role="alert">
      <p>{t('shell.crashed')}</p>
      <p className="row mt-2">
        <button type="button" className="btn" onClick={onRetry}>
          {t('common.retry')}
        </button>
        <button type="button" className="btn btn-q" onClick={() => location.reload()}>
          {t('shell.reload')}
        </button>
      </p>
    </Note>
  );
}
