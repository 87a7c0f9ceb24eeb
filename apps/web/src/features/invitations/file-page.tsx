import { BATCH_MAX_BYTES, type InvitationBatchReport, type InvitationBatchView } from '@passerelle/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type SyntheticEvent, useMemo, useState } from 'react';
import { v7 as uuid } from 'uuid';
import { api } from '../../app/api';
import { usePage } from '../../app/page';
import { useI18n } from '../../i18n';
import { ErrorNote, Icon, Loaded } from '../../ui';
import { Check } from '../../ui/fields';
import { ForWriters } from '../../ui/gate';
import { BatchReport } from './batch-report';
import { INVITATIONS } from './invitation-form';
import { readBase64, Unreadable } from './read-base64';

const BATCHES = ['invitation-batches'];

/** Invites the people of a file: checked line by line first, sent only then. */
export default function InvitationFilePage() {
  const { t } = useI18n();
  usePage(t('invitationFile.title'), { back: { href: '/invitations', label: t('invitations.title') } });
  return (
    <ForWriters>
      <div>
        <h1>{t('invitationFile.title')}</h1>
        <p className="soft mt-2">{t('invitationFile.lead')}</p>
        <p className="soft mt-2">{t('invitationFile.columns')}</p>
        <p className="mt-2">
          <Model />
        </p>
        <FileForm />
        <Past />
      </div>
    </ForWriters>
  );
}

type Options = { language: string; note: string; skipErrors: boolean };

/** Checks and sends one file; what was checked is what is sent. */
function useBatch() {
  const { lang } = useI18n();
  const cache = useQueryClient();
  const [file, setFile] = useState<File>();
  const [options, setOptions] = useState<Options>({ language: lang, note: '', skipErrors: false });
  // A file that is sent once more, as after a cut of the network, is the same sending; with other options it is another.
  const [id, setId] = useState(() => uuid());
  const run = useMutation({
    mutationFn: async ({ file: sent, dryRun }: { file: File; dryRun: boolean }) =>
      api.post<InvitationBatchReport>('/api/invitation-batches', {
        id,
        dryRun,
        fileName: sent.name.slice(-200),
        content: await readBase64(sent),
        ...options,
      }),
    onSuccess: async ({ applied }) => {
      if (!applied) return;
      setId(uuid());
      await Promise.all([cache.invalidateQueries({ queryKey: BATCHES }), cache.invalidateQueries({ queryKey: INVITATIONS })]);
    },
  });
  const change = (part: Partial<Options>) => {
    setOptions({ ...options, ...part });
    setId(uuid());
  };
  const choose = (chosen: File | undefined) => {
    setFile(chosen);
    setId(uuid());
    run.reset();
  };
  return { file, choose, options, change, run };
}

/** A file with nothing but the headings. */
function Model() {
  const { t } = useI18n();
  const head = t('invitationFile.modelHead');
  const href = useMemo(() => URL.createObjectURL(new Blob([`\ufeff${head}\r\n`], { type: 'text/csv' })), [head]);
  return (
    <a href={href} download={t('invitationFile.modelName')}>
      {t('invitationFile.model')}
    </a>
  );
}

function FileForm() {
  const { t } = useI18n();
  const { file, choose, options, change, run } = useBatch();
  const report = run.data;
  const ready = report?.dryRun === true && report.invited > 0 && (report.errors.length === 0 || options.skipErrors);
  const tooLarge = file !== undefined && file.size > BATCH_MAX_BYTES;
  const ask = (dryRun: boolean) => file && run.mutate({ file, dryRun });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    ask(true);
  };
  return (
    <section className="sec">
      <form onSubmit={submit}>
        <div className="field">
          <label htmlFor="people">{t('invitationFile.file')}</label>
          <input
            id="people"
            className="in"
            type="file"
            accept=".csv,.txt,text/csv"
            required
            onChange={(event) => choose(event.target.files?.[0])}
          />
          {tooLarge && (
            <p className="err" role="alert">
              <Icon name="alert" small /> {t('invitationFile.tooLarge')}
            </p>
          )}
        </div>
        <OptionFields options={options} change={change} />
        <p className="row mt-4">
          <button type="submit" className={ready ? 'btn' : 'btn btn-p'} disabled={!file || tooLarge || run.isPending}>
            {run.isPending && run.variables.dryRun ? t('invitationFile.checking') : t('invitationFile.check')}
          </button>
          {ready && (
            <button type="button" className="btn btn-p" disabled={run.isPending} onClick={() => ask(false)}>
              {run.isPending && !run.variables.dryRun ? t('invitationFile.sending') : t('invitationFile.send', { count: report.invited })}
            </button>
          )}
        </p>
      </form>
      {run.error &&
        (run.error instanceof Unreadable ? <p className="err">{t('invitationFile.changed')}</p> : <ErrorNote error={run.error} />)}
      {report && <BatchReport report={report} />}
    </section>
  );
}

function OptionFields({ options, change }: { options: Options; change: (part: Partial<Options>) => void }) {
  const { t } = useI18n();
  return (
    <>
      <div className="field">
        <label htmlFor="mail-language">{t('invitationFile.language')}</label>
        <select className="in" id="mail-language" value={options.language} onChange={(event) => change({ language: event.target.value })}>
          <option value="fr">{t('account.french')}</option>
          <option value="en">{t('account.english')}</option>
        </select>
      </div>
      <div className="field">
        <label htmlFor="welcome-note">{t('invitationFile.note')}</label>
        <textarea
          className="in"
          id="welcome-note"
          rows={3}
          maxLength={1_000}
          value={options.note}
          onChange={(event) => change({ note: event.target.value })}
        />
      </div>
      <Check label={t('invitationFile.skip')} value={options.skipErrors} onChange={(skipErrors) => change({ skipErrors })} />
    </>
  );
}

function Past() {
  const { t, formatDay } = useI18n();
  const past = useQuery({ queryKey: BATCHES, queryFn: () => api.get<{ items: InvitationBatchView[] }>('/api/invitation-batches') });
  return (
    <Loaded query={past}>
      {({ items }) =>
        items.length > 0 && (
          <section className="sec">
            <h2>{t('invitationFile.past')}</h2>
            <p className="soft mt-2">{t('invitationFile.pastLead')}</p>
            <ul className="list mt-3">
              {items.map(({ id, fileName, createdAt, ...counts }) => (
                <li key={id}>
                  <div className="min0">
                    {fileName}
                    <span className="meta">
                      {formatDay(createdAt)} · {t('invitationFile.counts', counts)}
                    </span>
                  </div>
                  <a
                    className="btn right"
                    href={`/api/invitation-batches/${id}/file`}
                    download
                    aria-label={t('invitationFile.reportOf', { file: fileName })}
                  >
                    {t('invitationFile.report')}
                  </a>
                </li>
              ))}
            </ul>
          </section>
        )
      }
    </Loaded>
  );
}
