import type { AttachmentView } from '@passerelle/contract';
import { useState } from 'react';
import { v7 as uuid } from 'uuid';
import { ApiProblem } from '../app/api';

export interface Upload {
  id: string;
  name: string;
  percent: number;
  done: AttachmentView | null;
  error: ApiProblem | null;
}

const CHUNK_BYTES = 256 * 1024;
const RETRY_MS = [0, 1_000, 3_000, 10_000, 30_000];

/** At most `max` files on their way: each is sent in pieces and goes on where it stopped. */
export function useUploads(max: number) {
  const [uploads, setUploads] = useState<Upload[]>([]);
  const change = (id: string, part: Partial<Upload>) =>
    setUploads((all) => all.map((upload) => (upload.id === id ? { ...upload, ...part } : upload)));
  const add = async (files: FileList) => {
    const { Upload: Tus } = await import('tus-js-client');
    for (const file of [...files].slice(0, max - uploads.length)) {
      const id = uuid();
      setUploads((all) => [...all, { id, name: file.name, percent: 0, done: null, error: null }]);
      new Tus(file, {
        endpoint: '/api/uploads',
        chunkSize: CHUNK_BYTES,
        retryDelays: RETRY_MS,
        metadata: { id, filename: file.name, filetype: file.type },
        storeFingerprintForResuming: true,
        removeFingerprintOnSuccess: true,
        onProgress: (sent, total) => change(id, { percent: Math.round((sent / total) * 100) }),
        onSuccess: ({ lastResponse }) => change(id, { percent: 100, done: JSON.parse(lastResponse.getBody()) as AttachmentView }),
        onError: (error) => change(id, { error: toProblem(error) }),
      }).start();
    }
  };
  const remove = (id: string) => setUploads((all) => all.filter((upload) => upload.id !== id));
  return {
    uploads,
    add,
    remove,
    clear: () => setUploads([]),
    ready: uploads.every((upload) => upload.done),
    ids: uploads.flatMap((upload) => (upload.done ? [upload.id] : [])),
  };
}

function toProblem(error: Error): ApiProblem {
  const response = (error as Error & { originalResponse?: { getStatus(): number; getBody(): string } | null }).originalResponse;
  if (!response) return new ApiProblem(0, { code: 'unavailable' }, undefined);
  const body = response.getBody();
  return new ApiProblem(response.getStatus(), body.startsWith('{') ? (JSON.parse(body) as object) : {}, undefined);
}
