import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { ApiProblem, NetworkFailure } from '../app/api';
import { useI18n } from '../i18n';
import { Icon, Note, Via } from './graphics';
import type { IconName } from './icons';

const SKELETON_AFTER_MS = 400;

/** Bars where text will be, after 400 ms: what is quick shows no placeholder. */
export function Skeleton({ lines = 6 }: { lines?: number }) {
  const [shown, setShown] = useState(false);
  const { t } = useI18n();
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), SKELETON_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  if (!shown) return <div aria-busy="true" />;
  return (
    <div aria-busy="true" className="stack" role="status">
      <span className="vh">{t('common.loading')}</span>
      {Array.from({ length: lines }, (_, k) => (
        <div key={k} className="sk" />
      ))}
    </div>
  );
}

/** Keeps the room of a map that is still loading, so that nothing below it moves. */
export const MapWait = ({ world = false }: { world?: boolean }) => (
  <div className={world ? 'map-wait' : 'map-wait map-wait-s'} aria-busy="true" />
);

/** An empty screen: why, and what to do next. */
export function Empty({
  title,
  text,
  heading: Heading = 'h2',
  children,
}: {
  title: string;
  text?: string;
  heading?: 'h1' | 'h2';
  children?: ReactNode;
}) {
  return (
    <section className="empty">
      <Via built={0} total={3} large />
      <Heading>{title}</Heading>
      {text && <p className="soft mt-2">{text}</p>}
      {children && <div className="row mt-4">{children}</div>}
    </section>
  );
}

/** What happened, that nothing was lost, and what to do. */
export function ErrorNote({ error, onRetry }: { error: unknown; onRetry?: (() => void) | undefined }) {
  const { problem, t } = useI18n();
  return (
    <Note kind="refusal" icon="alert" role="alert">
      <p>{problem(error)}</p>
      {onRetry && (
        <p className="mt-2">
          <button type="button" className="btn" onClick={onRetry}>
            {t('common.retry')}
          </button>
        </p>
      )}
    </Note>
  );
}

/** Absent or out of bounds stays so, however often one asks. */
const isFinal = (error: unknown) => error instanceof ApiProblem && (error.status === 404 || error.status === 403);

interface QueryLike<T> {
  data: T | undefined;
  error: unknown;
  failureReason: unknown;
  refetch: () => unknown;
}

/** The four states of a view over one query: loading, error, offline with what is on the device, ready. */
export function Loaded<T>({ query, children }: { query: QueryLike<T>; children: (data: T) => ReactNode }) {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  // Asking goes on in the background while the reader is told why nothing shows yet.
  const failure = query.error ?? (query.failureReason instanceof NetworkFailure ? query.failureReason : null);
  if (failure) return <ErrorNote error={failure} onRetry={isFinal(failure) ? undefined : () => void query.refetch()} />;
  return <Skeleton />;
}

/** A modal sheet: rises from below on phones, stands in the middle on desktops. Escape closes, focus returns. */
export function Sheet({
  title,
  onClose,
  children,
  footer,
}: {
  title: string;
  onClose: () => void;
  children: ReactNode;
  footer?: ReactNode;
}) {
  const ref = useRef<HTMLDialogElement>(null);
  const id = useId();
  const { t } = useI18n();
  useEffect(() => {
    const dialog = ref.current;
    const opener = document.activeElement;
    dialog?.showModal();
    return () => {
      dialog?.close();
      if (opener instanceof HTMLElement) opener.focus();
    };
  }, []);
  return (
    <dialog ref={ref} className="sheet" aria-labelledby={id} onCancel={(event) => (event.preventDefault(), onClose())}>
      <div className="sheet-h">
        <h2 id={id}>{title}</h2>
        <button type="button" className="btn btn-q btn-i" aria-label={t('common.close')} onClick={onClose}>
          <Icon name="close" />
        </button>
      </div>
      <div className="sheet-b">{children}</div>
      {footer && <div className="sheet-f">{footer}</div>}
    </dialog>
  );
}

export interface MenuItem {
  label: string;
  icon: IconName;
  onSelect: () => void;
}

/** The acts behind "…": a disclosure list of real buttons. */
export function Menu({ label, items }: { label: string; items: MenuItem[] }) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!open) return;
    // Low on the screen the list would open below its edge.
    root.current?.querySelector('ul')?.scrollIntoView({ block: 'nearest' });
    const away = (event: Event) => !root.current?.contains(event.target as Node) && setOpen(false);
    document.addEventListener('pointerdown', away);
    document.addEventListener('focusin', away);
    return () => {
      document.removeEventListener('pointerdown', away);
      document.removeEventListener('focusin', away);
    };
  }, [open]);
  if (items.length === 0) return null;
  const escape = (key: string) => {
    if (key !== 'Escape') return;
    setOpen(false);
    button.current?.focus();
  };
  return (
    <div className="menu" ref={root} onKeyDown={(event) => escape(event.key)}>
      <button ref={button} type="button" className="btn btn-q btn-i" aria-label={label} aria-expanded={open} onClick={() => setOpen(!open)}>
        <Icon name="more" />
      </button>
      {open && (
        <ul>
          {items.map((item) => (
            <li key={item.label}>
              <button type="button" onClick={() => (setOpen(false), button.current?.focus(), item.onSelect())}>
                <Icon name={item.icon} small />
                {item.label}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

let announcer: HTMLElement | null = null;

/** Says a short line to screen readers without moving the focus. */
export function announce(text: string): void {
  if (!announcer) {
    announcer = document.createElement('div');
    announcer.className = 'vh';
    announcer.setAttribute('role', 'status');
    document.body.append(announcer);
  }
  announcer.textContent = text;
}
