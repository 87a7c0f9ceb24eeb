import { useRef } from 'react';
import { useI18n } from '../../i18n';
import { Icon } from '../../ui';
import { useUploadProblem } from '../../ui/upload-problem';
import type { Upload } from '../../ui/use-uploads';

export function UploadList({ uploads, onRemove }: { uploads: Upload[]; onRemove: (id: string) => void }) {
  const { t, formatBytes } = useI18n();
  const problemOf = useUploadProblem();
  if (uploads.length === 0) return null;
  return (
    <ul className="list" aria-label={t('forum.compose.attachments')}>
      {uploads.map((upload) => (
        <li key={upload.id}>
          <Icon name={upload.error ? 'alert' : 'doc'} small />
          <span role="status">
            {upload.error
              ? problemOf(upload)
              : upload.done
                ? t('forum.compose.fileDone', { name: upload.done.name, size: formatBytes(upload.done.bytes) })
                : t('forum.compose.fileProgress', { name: upload.name, percent: upload.percent })}
          </span>
          <button
            type="button"
            className="btn btn-q btn-i right"
            aria-label={t('forum.compose.removeFile', { name: upload.name })}
            onClick={() => onRemove(upload.id)}
          >
            <Icon name="close" small />
          </button>
        </li>
      ))}
    </ul>
  );
}

/** The button behind which the file dialog is. */
export function AttachButton({ onFiles, disabled }: { onFiles: (files: FileList) => void; disabled: boolean }) {
  const { t } = useI18n();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-hidden="true"
        onChange={(event) => event.target.files && onFiles(event.target.files)}
      />
      <button
        type="button"
        className="btn btn-q btn-i"
        aria-label={t('forum.compose.attach')}
        disabled={disabled}
        onClick={() => input.current?.click()}
      >
        <Icon name="attach" />
      </button>
    </>
  );
}
