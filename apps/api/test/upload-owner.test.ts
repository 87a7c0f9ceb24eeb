import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildMember, buildPost, buildSpace, buildThread, type Member } from './builders/forum.js';
import { buildAttachment, buildUpload, sendUpload, uploadHeaders } from './builders/uploads.js';
import { TestApp } from './support/app.js';

let app: TestApp;
let owner: Member;
let reader: Member;
beforeAll(async () => {
  app = await TestApp.start();
  [owner, reader] = [await buildMember(app), await buildMember(app)];
});
afterAll(() => app.stop());

// Marked as failing until it holds: whoever mends it takes the mark away, as Jest then demands.
describe('an upload belongs to who began it', () => {
  it.failing('so that a reader of the message cannot write over its file', async () => {
    const file = await buildAttachment(app, owner);
    const thread = await buildThread(app, owner, await buildSpace(app, { members: [owner, reader] }));
    await buildPost(app, owner, thread.id, { attachments: [file.id] });
    await app.call('POST', '/api/uploads', { cookie: reader.cookie, headers: uploadHeaders(file.id) });
    await sendUpload(app, reader, file.id, 'Un faux !!');
    expect((await app.call('GET', file.url, { cookie: owner.cookie })).text).toBe('Dix signes');
  });

  it.failing('so that nobody else begins it anew, sends it, or removes it', async () => {
    const id = await buildUpload(app, owner);
    const headers = uploadHeaders(id);
    const begun = await app.call('POST', '/api/uploads', { cookie: reader.cookie, headers });
    const sent = await sendUpload(app, reader, id);
    const removed = await app.call('DELETE', `/api/uploads/${await buildUpload(app, owner)}`, { cookie: reader.cookie, headers });
    expect([begun.status, sent.status, removed.status]).toEqual([409, 404, 404]);
  });

  it.failing('so that nobody else reads what was refused', async () => {
    const id = await buildUpload(app, owner);
    const refused = await sendUpload(app, owner, id, 'MZ\0secret');
    const read = await app.call('GET', `/api/uploads/${id}`, { cookie: reader.cookie });
    const kept = await app.call('GET', `/api/attachments/${id}`, { cookie: owner.cookie });
    expect([refused.status, read.status, kept.status]).toEqual([415, 404, 404]);
  });
});
