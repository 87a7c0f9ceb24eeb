import type { ReportBody } from '@passerelle/contract';
import { lazy, Suspense, useState } from 'react';
import { useI18n } from '../i18n';
import { Icon } from './graphics';

const ReportSheet = lazy(() => import('./report-sheet'));

/** The way to say that something is wrong with a thing; `about` tells buttons of one page apart. */
export function ReportButton({ kind, targetId, about }: { kind: ReportBody['targetKind']; targetId: string; about?: string }) {
  const { t } = useI18n();
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="btn btn-q" onClick={() => setOpen(true)}>
        <Icon name="flag" small />
        {about ? t('forum.act.report') : t(`forum.report.title.${kind}`)}
        {about && <span className="vh"> : {about}</span>}
      </button>
      {open && (
        <Suspense>
          <ReportSheet kind={kind} targetId={targetId} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
