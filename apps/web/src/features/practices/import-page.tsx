import { PRACTICE_GAP_CODES, PRACTICE_IMPORT_CODES, type PracticeImportError, type PracticeImportReport } from '@passerelle/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { request, withQuery } from '../../app/api';
import { usePage } from '../../app/page';
import { useI18n } from '../../i18n';
import { ErrorNote, Note } from '../../ui';
import { Check } from '../../ui/fields';
import './entry.css';

const SHOWN = 200;

/** For the secretariat: a file is checked line by line first, and written only then. */
export default function ImportPage() {
  const { t } = useI18n();
  const id = useId();
  const cache = useQueryClient();
  const [file, setFile] = useState<File>();
  const [skip, setSkip] = useState(false);
  usePage(t('exchange.title'), { back: { href: '/pratiques', label: t('practices.title') } });
  const run = useMutation({
    mutationFn: ({ dryRun }: { dryRun: boolean }) =>
      request<PracticeImportReport>(
        'POST',
        withQuery('/api/practices-import', { dryRun: String(dryRun), skipErrors: String(skip) }),
        new Blob(file ? [file] : [], { type: file?.name.endsWith('.json') ? 'application/json' : 'text/csv' }),
      ),
    onSuccess: (report) => report.applied && void cache.invalidateQueries({ queryKey: ['practices'] }),
  });
  const report = run.data;
  const ready = report !== undefined && report.dryRun && (report.errorCount === 0 || skip) && report.created + report.updated > 0;
  return (
    <div>
      <h1>{t('exchange.title')}</h1>
      <p className="soft mt-2">{t('exchange.lead')}</p>
      <form
        className="mt-4"
        onSubmit={(event) => {
          event.preventDefault();
          run.mutate({ dryRun: true });
        }}
      >
        <div className="field">
          <label htmlFor={id}>{t('exchange.file')}</label>
          <input
            id={id}
            className="in"
            type="file"
            accept=".csv,.json,text/csv,application/json"
            onChange={(event) => (setFile(event.target.files?.[0]), run.reset())}
          />
        </div>
        <Check label={t('exchange.skip')} value={skip} onChange={setSkip} />
        <p className="row mt-3">
          <button type="submit" className={ready ? 'btn' : 'btn btn-p'} disabled={!file || run.isPending}>
            {run.isPending ? t('exchange.checking') : t('exchange.check')}
          </button>
          {ready && (
            <button type="button" className="btn btn-p" disabled={run.isPending} onClick={() => run.mutate({ dryRun: false })}>
              {t('exchange.write')}
            </button>
          )}
        </p>
      </form>
      {run.error && <ErrorNote error={run.error} />}
      {report && <Report report={report} />}
    </div>
  );
}

const isOf = <T extends string>(codes: readonly T[], code: string): code is T => (codes as readonly string[]).includes(code);
const FIELD_CODES = ['too_small', 'too_big', 'invalid_type', 'invalid_format'] as const;

/** What is wrong with a value, in words: of the file, of the entry, or of its form. */
function useErrorWords() {
  const { t } = useI18n();
  return ({ code, min = 0, max = 0 }: PracticeImportError): string => {
    if (isOf(PRACTICE_IMPORT_CODES, code)) return t(`exchange.codes.${code}`);
    if (isOf(PRACTICE_GAP_CODES, code)) return t(`editor.gap.${code}`, { min, max });
    return isOf(FIELD_CODES, code) ? t(`errors.field.${code}`) : t('exchange.otherCode', { code });
  };
}

function Report({ report }: { report: PracticeImportReport }) {
  const { t } = useI18n();
  const words = useErrorWords();
  return (
    <section className="sec" role="status">
      <Note icon={report.applied ? 'check' : 'doc'}>
        {t('exchange.result', {
          lines: report.lines,
          created: report.created,
          updated: report.updated,
          unchanged: report.unchanged,
          refused: report.refused,
        })}{' '}
        {!report.dryRun && t(report.applied ? 'exchange.applied' : 'exchange.nothing')}
      </Note>
      {report.errorCount > 0 && (
        <>
          <h2 className="mt-4">{t('exchange.errors', { count: report.errorCount })}</h2>
          <div className="table" tabIndex={0} role="group" aria-label={t('exchange.problem')}>
            <table className="res even">
              <thead>
                <tr>
                  {(['line', 'column', 'problem', 'value'] as const).map((column) => (
                    <th key={column} scope="col">
                      {t(`exchange.${column}`)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {report.errors.slice(0, SHOWN).map((error, index) => (
                  <tr key={index}>
                    <td>{error.line}</td>
                    <td>{error.column}</td>
                    <td>{words(error)}</td>
                    <td>{error.value}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          {report.errorCount > SHOWN && <p className="meta">{t('exchange.tooMany', { count: SHOWN })}</p>}
        </>
      )}
    </section>
  );
}
