import { type ReactNode, useEffect, useRef } from 'react';
import { useI18n } from '../../../i18n';
import { ErrorNote, Note } from '../../../ui';
import { NotYours } from '../../../ui/gate';
import { focusProblem } from '../words';

interface FormProps {
  draft: { error: unknown; saving: boolean; kept: boolean; conflict: unknown; save: () => Promise<void>; discard: () => void };
  submit: string;
  stored: { abilities: { edit: boolean } } | null;
  /** Its page. */
  address: string;
  /** Where problems were placed beside their fields. */
  children: ReactNode;
}

/** The frame of a sheet that is written: what the device still keeps, what went wrong, the button at the end. */
export function DraftForm({ draft, submit, stored, address, children }: FormProps) {
  const { t } = useI18n();
  const form = useRef<HTMLFormElement>(null);
  const { error, saving, kept, conflict } = draft;
  useEffect(() => {
    if (error && !conflict) focusProblem(form.current);
  }, [error, conflict]);
  if (stored && !stored.abilities.edit && !kept) return <NotYours address={address} />;
  return (
    <form
      ref={form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!saving && !conflict) void draft.save();
      }}
    >
      {children}
      <div className="mt-4" aria-live="polite">
        {error && !conflict ? <ErrorNote error={error} /> : null}
        {kept && !error && (
          <Note icon="doc">
            {t('projects.kept')}{' '}
            {stored && (
              <button type="button" className="linkish" onClick={draft.discard}>
                {t('projects.discard')}
              </button>
            )}
          </Note>
        )}
      </div>
      <p className="row mt-4">
        <button type="submit" className="btn btn-p" disabled={saving || conflict !== null}>
          {submit}
        </button>
      </p>
    </form>
  );
}
