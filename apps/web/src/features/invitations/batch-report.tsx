import type { InvitationBatchReport } from '@passerelle/contract';
import { useI18n } from '../../i18n';
import { Note } from '../../ui';

/** What became of a file, or would become of it: what is wrong first, then each line. */
export function BatchReport({ report }: { report: InvitationBatchReport }) {
  const { t } = useI18n();
  const { lines, invited, known, refused, entries, errors } = report;
  return (
    <div className="mt-4" role="status">
      <Note icon={report.applied ? 'check' : 'doc'}>
        {t(report.applied ? 'invitationFile.sent' : 'invitationFile.found', { lines, invited, known, refused })}{' '}
        {!report.dryRun && !report.applied && t('invitationFile.nothing')}
      </Note>
      {errors.length > 0 && (
        <>
          <h2 className="mt-4">{t('invitationFile.errors', { count: errors.length })}</h2>
          <Table
            name={t('invitationFile.problem')}
            heads={[t('invitationFile.line'), t('invitationFile.column'), t('invitationFile.problem'), t('invitationFile.value')]}
            rows={errors.map(({ line, column, code, value }) => [line, column, t(`invitationFile.codes.${code}`), value])}
          />
        </>
      )}
      {report.dryRun && entries.length > 0 && (
        <details className="mt-4">
          <summary>{t('invitationFile.people')}</summary>
          <Table
            name={t('invitationFile.people')}
            heads={[t('invitationFile.line'), t('invitationFile.address'), t('invitationFile.outcome')]}
            rows={entries.map(({ line, email, outcome }) => [line, email, t(`invitationFile.outcomes.${outcome}`)])}
          />
        </details>
      )}
    </div>
  );
}

function Table({ name, heads, rows }: { name: string; heads: string[]; rows: (string | number)[][] }) {
  return (
    <div className="txt">
      <div className="table" tabIndex={0} role="group" aria-label={name}>
        <table>
          <thead>
            <tr>
              {heads.map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((cells, index) => (
              <tr key={index}>
                {cells.map((cell, place) => (
                  <td key={place}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}
