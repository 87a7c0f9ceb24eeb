import { ACCESSION_FILES_MAX, type AccessionDocumentView, AccessionDocumentState, type AccessionView, FEES } from '@passerelle/contract';
import { api } from '../../app/api';
import { useI18n } from '../../i18n';
import { AddFile } from '../../ui/add-file';
import { Problem } from './problem';
import { useAct } from './use-act';

const isFee = ({ kind }: AccessionDocumentView) => FEES.includes(kind);

/** What is asked of the candidate, where each document stands, who moved it last. Others are told that there is a file. */
export function Documents({ accession }: { accession: AccessionView }) {
  const { t } = useI18n();
  const { documents, state } = accession;
  return (
    <section className="sec">
      <h2>{t('accessions.documents')}</h2>
      {documents === null ? (
        <p className="soft">{t('accessions.documentsHidden')}</p>
      ) : (
        <>
          <ul className="list">
            {documents
              .filter((one) => !isFee(one))
              .map((one) => (
                <Document key={one.kind} document={one} accession={accession} open={state === 'open' || state === 'deferred'} />
              ))}
          </ul>
          <h3 className="mt-4">{t('accessions.afterwards')}</h3>
          <ul className="list">
            {documents.filter(isFee).map((one) => (
              <Document key={one.kind} document={one} accession={accession} open={state === 'accepted'} />
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function Document({ document, accession, open }: { document: AccessionDocumentView; accession: AccessionView; open: boolean }) {
  const { t, formatDateTime } = useI18n();
  const { kind, state, moved } = document;
  const { manage, handIn } = accession.abilities;
  return (
    <li>
      <div className="min0 grow">
        {t(`accessions.document.${kind}`)}
        <span className="meta">
          <b>{t(`accessions.documentState.${state}`)}</b>
          {moved && `. ${t('accessions.moved', { function: moved.function, when: formatDateTime(moved.at) })}`}
        </span>
        <Files document={document} />
        {open && manage && <Move accession={accession} document={document} />}
        {open && handIn && (manage || state !== 'accepted') && <HandIn accession={accession} document={document} />}
      </div>
    </li>
  );
}

function Files({ document }: { document: AccessionDocumentView }) {
  const { formatBytes, formatDateTime } = useI18n();
  return (
    <>
      {document.files.map((file) => (
        <p key={file.id} className="mt-1">
          <a href={`/api/attachments/${file.id}`}>{file.name}</a>
          <span className="meta">
            {formatBytes(file.bytes)}. {file.by}, {formatDateTime(file.at)}
          </span>
        </p>
      ))}
    </>
  );
}

function Move({ accession, document }: { accession: AccessionView; document: AccessionDocumentView }) {
  const { t } = useI18n();
  const move = useAct(
    accession.id,
    (state: AccessionDocumentState, version) =>
      api.put<AccessionView>(`/api/accessions/${accession.id}/documents/${document.kind}`, { version, state }),
    t('common.saved'),
  );
  return (
    <>
      <div className="seg mt-2" role="group" aria-label={t('accessions.setState', { document: t(`accessions.document.${document.kind}`) })}>
        {AccessionDocumentState.options.map((state) => (
          <button
            key={state}
            type="button"
            aria-pressed={document.state === state}
            aria-disabled={move.isPending}
            onClick={() => move.mutate(state)}
          >
            {t(`accessions.documentState.${state}`)}
          </button>
        ))}
      </div>
      <Problem error={move.error} />
    </>
  );
}

function HandIn({ accession, document }: { accession: AccessionView; document: AccessionDocumentView }) {
  const { t } = useI18n();
  const handIn = useAct(
    accession.id,
    (attachment: string, version) =>
      api.post<AccessionView>(`/api/accessions/${accession.id}/documents/${document.kind}/files`, {
        version,
        attachment,
      }),
    t('accessions.handedIn'),
  );
  return (
    <>
      <AddFile label={t('accessions.handIn')} max={ACCESSION_FILES_MAX - document.files.length} onDone={({ id }) => handIn.mutate(id)} />
      <Problem error={handIn.error} />
    </>
  );
}
