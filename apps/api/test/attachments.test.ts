import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AttachmentView } from '@passerelle/contract';
import sharp from 'sharp';
import { v7 as uuid } from 'uuid';
import { buildMember, buildPost, buildSpace, buildThread, type Member, type Space } from './builders/forum.js';
import { type Answer, TestApp } from './support/app.js';

let app: TestApp;
let author: Member;
let outsider: Member;
let space: Space;

beforeAll(async () => {
  app = await TestApp.start({ MAX_UPLOAD_MB: '1' });
  [author, outsider] = [await buildMember(app), await buildMember(app)];
  space = await buildSpace(app, { access: 'closed', members: [author] });
});
afterAll(() => app.stop());

const base64 = (text: string) => Buffer.from(text).toString('base64');

/** Uploads by tus in two pieces, as a client does that was cut off in between. */
async function upload(
  content: Buffer,
  name: string,
  { id = uuid(), who = author } = {},
): Promise<{ created: Answer; last: Answer | null; view: AttachmentView | null }> {
  const tus = { 'tus-resumable': '1.0.0' };
  const created = await app.call('POST', '/api/uploads', {
    cookie: who.cookie,
    headers: { ...tus, 'upload-length': String(content.length), 'upload-metadata': `id ${base64(id)},filename ${base64(name)}` },
  });
  if (created.status !== 201) return { created, last: null, view: null };
  const half = Math.floor(content.length / 2);
  let last: Answer | null = null;
  for (const [offset, piece] of [
    [0, content.subarray(0, half)],
    [half, content.subarray(half)],
  ] as const) {
    const response = await fetch(`${app.url}/api/uploads/${id}`, {
      method: 'PATCH',
      body: new Uint8Array(piece),
      headers: { ...tus, cookie: who.cookie, 'content-type': 'application/offset+octet-stream', 'upload-offset': String(offset) },
    });
    const text = await response.text();
    last = { status: response.status, text, headers: response.headers, json: text.startsWith('{') ? JSON.parse(text) : {} };
  }
  return { created, last, view: last?.status === 200 ? (last.json as unknown as AttachmentView) : null };
}

describe('an upload', () => {
  it('of a picture is made anew, without the place where it was taken, with a thumbnail', async () => {
    const picture = await sharp({ create: { width: 2400, height: 1200, channels: 3, background: '#0A4F45' } })
      .withExif({ IFD0: { Copyright: 'SECRET-EXIF' } })
      .jpeg()
      .toBuffer();
    expect(picture.includes('SECRET-EXIF')).toBe(true);
    const { view } = await upload(picture, 'Photo prise à Dakar.JPG');
    expect(view).toMatchObject({ type: 'image/webp', width: 1920, height: 960, name: 'Photo prise à Dakar.webp' });
    const stored = await fetch(app.url + (view?.url ?? ''), { headers: { cookie: author.cookie } });
    const bytes = Buffer.from(await stored.arrayBuffer());
    expect([stored.status, bytes.includes('SECRET-EXIF')]).toEqual([200, false]);
    const thumbnail = await fetch(app.url + (view?.thumbnailUrl ?? ''), { headers: { cookie: author.cookie } });
    expect((await sharp(Buffer.from(await thumbnail.arrayBuffer())).metadata()).width).toBe(320);
  });

  it('is read by those who may read its message, and by nobody else', async () => {
    const { view } = await upload(Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n'.repeat(5)), 'grille.pdf');
    const thread = await buildThread(app, author, space);
    const post = await buildPost(app, author, thread.id, { attachments: [view?.id] });
    expect(post.attachments).toMatchObject([{ name: 'grille.pdf', type: 'application/pdf' }]);
    const read = async (who: Member) => (await app.call('GET', view?.url ?? '', { cookie: who.cookie })).status;
    expect([await read(author), await read(outsider)]).toEqual([200, 404]);
    await app.call('DELETE', `/api/posts/${post.id}?version=1`, { cookie: author.cookie });
    expect(await read(author)).toBe(404);
  });

  it('belongs to one message of its owner', async () => {
    const { view } = await upload(Buffer.from('Un texte simple.'), 'note.txt');
    const thread = await buildThread(app, author, space);
    await buildPost(app, author, thread.id, { attachments: [view?.id] });
    const again = await app.call('POST', `/api/threads/${thread.id}/posts`, {
      cookie: author.cookie,
      body: { id: uuid(), body: 'Encore', attachments: [view?.id] },
    });
    expect([again.status, again.json.errors?.[0]?.path]).toEqual([400, 'attachments']);
  });

  it.each([
    ['a program that calls itself a picture', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(400)]), 'photo.jpg', 'unsupported-type'],
    [
      'a picture that is broken',
      Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]), Buffer.from('JFIF'), Buffer.alloc(200)]),
      'photo.jpg',
      'image-unreadable',
    ],
    ['a page with scripts', Buffer.from('<html><script>alert(1)</script></html>'), 'page.html', 'unsupported-type'],
  ])('of %s is refused', async (_name, content, name, code) => {
    const { last } = await upload(content, name);
    expect([last?.status, last?.json.code]).toEqual([415, code]);
  });

  it('of a decompression bomb is refused without being unpacked', async () => {
    const bomb = await sharp({ create: { width: 12_000, height: 12_000, channels: 3, background: '#fff' } })
      .png({ compressionLevel: 9 })
      .toBuffer();
    const { last } = await upload(bomb, 'blanc.png');
    expect([last?.status, last?.json.code]).toEqual([415, 'image-unreadable']);
  });

  it('over the limit is refused before it is sent', async () => {
    const { created } = await upload(Buffer.alloc(1_100_000), 'gros.pdf');
    expect([created.status, JSON.parse(created.text)]).toEqual([413, expect.objectContaining({ code: 'too-large', params: { maxBytes: 1024 * 1024 } })]);
  });

  it('needs a session', async () => {
    const answer = await app.call('POST', '/api/uploads', { headers: { 'tus-resumable': '1.0.0', 'upload-length': '10' } });
    expect(answer.status).toBe(401);
  });
});
