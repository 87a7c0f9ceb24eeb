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

describe('an upload belongs to who began it', () => {
  it('so that a reader of the message cannot write over its file', async () => {
    const file = await buildAttachment(app, owner);
    const thread = await buildThread(app, owner, await buildSpace(app, { members: [owner, reader] }));
    await buildPost(app, owner, thread.id, { attachments: [file.id] });
    await app.call('POST', '/api/uploads', { cookie: reader.cookie, headers: uploadHeaders(file.id) });
    await sendUpload(app, reader, file.id, 'Un faux !!');
    expect((await app.call('GET', file.url, { cookie: owner.cookie })).text).toBe('Dix signes');
  });

  it('so that nobody else sends it, removes it or takes its id', async () => {
    const id = await buildUpload(app, owner);
    const headers = uploadHeaders(id);
    const sent = await sendUpload(app, reader, id);
    const removed = await app.call('DELETE', `/api/uploads/${await buildUpload(app, owner)}`, { cookie: reader.cookie, headers });
    expect([sent.status, removed.status]).toEqual([404, 404]);
    // With the same id of their own they begin something apart; whose is complete first keeps the id.
    await buildUpload(app, reader, id);
    expect((await sendUpload(app, owner, id)).status).toBe(200);
    expect((await sendUpload(app, reader, id, 'Un faux !!')).status).toBe(409);
    expect((await app.call('GET', `/api/attachments/${id}`, { cookie: owner.cookie })).text).toBe('Dix signes');
  });

  it('so that nobody else reads what was refused', async () => {
    const id = await buildUpload(app, owner);
    const refused = await sendUpload(app, owner, id, 'MZ\0secret');
    const read = await app.call('GET', `/api/uploads/${id}`, { cookie: reader.cookie });
    const kept = await app.call('GET', `/api/attachments/${id}`, { cookie: owner.cookie });
    expect([refused.status, read.status, kept.status]).toEqual([415, 404, 404]);
  });
});
