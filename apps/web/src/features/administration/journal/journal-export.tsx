import { AUDIT_EXPORT_MAX_LINES, type AuditExportBody, type AuditFilters } from '@passerelle/contract';
import { ApiProblem } from '../../../app/api';
import { useI18n } from '../../../i18n';
import { announce, ErrorNote } from '../../../ui';
import { useFreshAct } from '../../../ui/fresh-sign-in';
import { downloadJournal } from './journal.api';

/** Takes the lines that the filters keep away as a file. */
export function JournalExport({ filters }: { filters: AuditFilters }) {
  const { t, lang } = useI18n();
  const save = useFreshAct(
    (format: AuditExportBody['format']) => downloadJournal({ format, language: lang, filters }),
    () => announce(t('journal.exported')),
  );
  const isTooLarge = save.error instanceof ApiProblem && save.error.code === 'too-large';
  return (
    <section className="sec">
      <p className="soft">{t('journal.exportText', { max: AUDIT_EXPORT_MAX_LINES })}</p>
      <p className="row mt-3">
        <button type="button" className="btn" disabled={save.pending} onClick={() => save.run('csv')}>
          {t('journal.csv')}
        </button>
        <button type="button" className="btn btn-q" disabled={save.pending} onClick={() => save.run('json')}>
          {t('journal.json')}
        </button>
      </p>
      {isTooLarge && <p role="alert">{t('journal.tooLarge')}</p>}
      {save.error && !isTooLarge && <ErrorNote error={save.error} />}
      {save.asking}
    </section>
  );
}
