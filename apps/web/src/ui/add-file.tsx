import type { AttachmentView } from '@passerelle/contract';
import { useEffect, useRef } from 'react';
import { useI18n } from '../i18n';
import { Icon } from './graphics';
import { useUploadProblem } from './upload-problem';
import { useUploads } from './use-uploads';

interface Props {
  label: string;
  /** Types of files to choose from; all without it. */
  accept?: string;
  /** How many more there may be. */
  max: number;
  onDone: (file: AttachmentView) => void;
}

/** Sends a file in pieces; it goes on where it stopped. */
export function AddFile({ label, accept = '', max, onDone }: Props) {
  const { t } = useI18n();
  const problemOf = useUploadProblem();
  const input = useRef<HTMLInputElement>(null);
  const { uploads, add, remove } = useUploads(1);
  const [upload] = uploads;
  const done = upload?.done;
  useEffect(() => {
    if (!done) return;
    onDone(done);
    remove(done.id);
  }, [done, onDone, remove]);
  return (
    <p className="row mt-3">
      <input
        ref={input}
        type="file"
        hidden
        accept={accept}
        aria-hidden="true"
        data-purpose={label}
        onChange={(event) => event.target.files && void add(event.target.files)}
      />
      <button
        type="button"
        className="btn"
        disabled={max <= 0 || (upload !== undefined && !upload.error)}
        onClick={() => (upload && remove(upload.id), input.current?.click())}
      >
        <Icon name="plus" small /> {label}
      </button>
      <span className="meta" role="status">
        {upload && (upload.error ? problemOf(upload) : t('forum.compose.fileProgress', { name: upload.name, percent: upload.percent }))}
      </span>
    </p>
  );
}
