import type { ReportBody } from '@passerelle/contract';
import { lazy, Suspense, useState } from 'react';
import { useI18n } from '../i18n';
import { Icon } from './graphics';

const ReportSheet = lazy(() => import('./report-sheet'));

/** The way to say that something is wrong with a thing. In a list the button is but a flag, and `about` says what it is of. */
export function ReportButton({ kind, targetId, about }: { kind: ReportBody['targetKind']; targetId: string; about?: string }) {
  const { t } = useI18n();
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        className={about ? 'btn btn-q right' : 'btn btn-q'}
        title={about && t('forum.act.report')}
        onClick={() => setOpen(true)}
      >
        <Icon name="flag" small />
        {about ? (
          <span className="vh">
            {t('forum.act.report')}, {about}
          </span>
        ) : (
          t(`forum.report.title.${kind}`)
        )}
      </button>
      {open && (
        <Suspense>
          <ReportSheet kind={kind} targetId={targetId} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
