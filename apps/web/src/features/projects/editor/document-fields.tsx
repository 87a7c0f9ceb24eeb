import type { ProjectView } from '@passerelle/contract';
import { useState } from 'react';
import { useI18n } from '../../../i18n';
import { AddFile } from '../../../ui/add-file';
import { Line, Rows } from '../../../ui/fields';
import { type FieldsProps, Fold, Problem } from './sheet-fields';

const DOCUMENTS_MAX = 20;
type Files = ProjectView['files'];

/** Documents with their titles; each leads to its file and says how much it weighs. `files`: those that the server has with the sheet. */
export function DocumentFields({ content, write, problem, files }: FieldsProps & { files: Files }) {
  const { t, formatBytes } = useI18n();
  const [added, setAdded] = useState<Files>([]);
  const { documents } = content;
  return (
    <Fold title={t('projects.field.documents')}>
      <Rows name={t('editor.part.document')} rows={documents} max={0} empty={() => ({ attachment: '', title: '' })} onChange={(rows) => write({ documents: rows })}>
        {(row, set, index) => {
          const file = [...files, ...added].find(({ id }) => id === row.attachment);
          return (
            <>
              <Line label={t('editor.part.label')} problem={problem(`documents.${index}.title`)} value={row.title} onChange={(title) => set({ title })} />
              <p className="meta mt-2">
                <a href={`/api/attachments/${row.attachment}`}>{file?.name ?? t('editor.part.document')}</a>
                {file && `, ${formatBytes(file.bytes)}`}
              </p>
              <Problem text={problem(`documents.${index}.attachment`)} />
            </>
          );
        }}
      </Rows>
      <AddFile
        label={t('editor.part.addDocument')}
        max={DOCUMENTS_MAX - documents.length}
        onDone={(file) => {
          setAdded([...added, file]);
          write({ documents: [...documents, { attachment: file.id, title: file.name.replace(/\.[a-z0-9]{1,5}$/i, '') }] });
        }}
      />
    </Fold>
  );
}
