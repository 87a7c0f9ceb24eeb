import type { AttachmentView } from '@passerelle/contract';
import { v7 as uuid } from 'uuid';
import type { Answer, TestApp } from '../support/app.js';
import type { Member } from './forum.js';

const LENGTH = 10;
const TUS = { 'tus-resumable': '1.0.0' };
const base64 = (text: string) => Buffer.from(text).toString('base64');

/** What a client says of a text that it is going to send. */
export const uploadHeaders = (id = uuid()) => ({
  ...TUS,
  'upload-length': String(LENGTH),
  'upload-metadata': `id ${base64(id)},filename ${base64('note.txt')}`,
});

/** Begins an upload of which nothing has arrived yet. */
export async function buildUpload(app: TestApp, who: Member, id = uuid()): Promise<string> {
  const { status, text } = await app.call('POST', '/api/uploads', { cookie: who.cookie, headers: uploadHeaders(id) });
  if (status !== 201) throw new Error(`buildUpload: ${status} ${text}`);
  return id;
}

/** Sends the ten signs of an upload at once. */
export const sendUpload = (app: TestApp, who: Member, id: string, text = 'Dix signes'): Promise<Answer> =>
  app.call('PATCH', `/api/uploads/${id}`, {
    cookie: who.cookie,
    headers: { ...TUS, 'content-type': 'application/offset+octet-stream', 'upload-offset': '0' },
    body: text.padEnd(LENGTH).slice(0, LENGTH),
  });

/** A file that belongs to no message yet. */
export async function buildAttachment(app: TestApp, who: Member): Promise<AttachmentView> {
  const answer = await sendUpload(app, who, await buildUpload(app, who));
  if (answer.status !== 200) throw new Error(`buildAttachment: ${answer.status} ${answer.text}`);
  return answer.json as unknown as AttachmentView;
}

/** A whole file that belongs to no message yet. */
export async function buildFile(app: TestApp, who: Member, content: Uint8Array, name: string): Promise<AttachmentView> {
  const id = uuid();
  const created = await app.call('POST', '/api/uploads', {
    cookie: who.cookie,
    headers: { ...TUS, 'upload-length': String(content.length), 'upload-metadata': `id ${base64(id)},filename ${base64(name)}` },
  });
  if (created.status !== 201) throw new Error(`buildFile: ${created.status} ${created.text}`);
  const response = await fetch(`${app.url}/api/uploads/${id}`, {
    method: 'PATCH',
    body: new Uint8Array(content),
    headers: { ...TUS, cookie: who.cookie, 'content-type': 'application/offset+octet-stream', 'upload-offset': '0' },
  });
  if (response.status !== 200) throw new Error(`buildFile: ${response.status} ${await response.text()}`);
  return (await response.json()) as AttachmentView;
}
