import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { AttachmentReader, attachmentsOf, collectAttachments, retryFailedTexts } from '../src/attachment-text/index.js';
import { loadReference } from '../src/demo/index.js';
import { Jobs } from '../src/platform/index.js';
import { EventTail } from '../src/realtime/index.js';
import { aDocx, anOdt, aPdf, wordParagraph } from './builders/documents.js';
import { buildMember, buildPost, buildSpace, buildThread, type Member, type Space } from './builders/forum.js';
import { aShortEntry, buildDraft } from './builders/practices.js';
import { aProject, buildProject } from './builders/projects.js';
import { buildFile } from './builders/uploads.js';
import { TestApp, until } from './support/app.js';

let app: TestApp;
let second: TestApp;
let author: Member;
let space: Space;

beforeAll(async () => {
  app = await TestApp.start();
  second = await TestApp.start({ DATA_DIR: app.dataDir }, app.databaseUrl);
  await loadReference(app.database);
  author = await buildMember(app);
  space = await buildSpace(app);
});
afterAll(async () => {
  await second.stop();
  await app.stop();
});
afterEach(() => app.database.run('DELETE FROM event'));

const read = (server = app) => server.app.get(AttachmentReader).turn();
const stateOf = async (id: string) => (await app.database.row<{ text_state: string; text_tries: number }>('SELECT text_state, text_tries FROM attachment WHERE id = $1', [id])) ?? null;
const pagesOf = async (id: string) => (await app.database.rows<{ page: number; text: string }>('SELECT page, text FROM attachment_page WHERE attachment_id = $1 ORDER BY page', [id])).map(({ page, text }) => `${page} ${text}`);
const facts = () => app.database.rows<Record<string, unknown>>(`SELECT audience, thread_id, post_id, subject_id, detail ->> 'attachment' AS attachment FROM event WHERE type = 'attachment.read'`);
const due = (id: string) => app.database.run(`UPDATE attachment SET text_due_at = now() - interval '1 second' WHERE id = $1`, [id]);
const found = async (id: string) => (await collectAttachments(app.database, [id]))[0];

/** A message with one file. */
async function attach(content: Uint8Array, name: string) {
  const file = await buildFile(app, author, content, name);
  const thread = await buildThread(app, author, space);
  const post = await buildPost(app, author, thread.id, { attachments: [file.id] });
  return { file: file.id, thread: thread.id, post };
}

describe('a file that came in', () => {
  it.each([
    ['a PDF', () => aPdf(['Première page', 'Deuxième']), 'plan.pdf', ['1 Première page', '2 Deuxième']],
    ['a Word document', async () => aDocx(wordParagraph('Délibération')), 'acte.docx', ['1 Délibération']],
    ['an OpenDocument text', async () => anOdt('<text:p>Règlement</text:p>'), 'acte.odt', ['1 Règlement']],
    ['a table', async () => Buffer.from('Quartier;Bacs\nMédina;12'), 'bacs.csv', ['1 Quartier;Bacs Médina;12']],
  ])('is read in the background: %s', async (_name, content, name, pages) => {
    const { file, thread, post } = await attach(await content(), name);
    expect(await stateOf(file)).toEqual({ text_state: 'waiting', text_tries: 0 });
    await read();
    expect([await stateOf(file), await pagesOf(file)]).toEqual([{ text_state: 'read', text_tries: 1 }, pages]);
    expect(await facts()).toEqual([{ audience: 'none', thread_id: thread, post_id: post.id, subject_id: null, attachment: file }]);
  });

  it('is read without waiting for the clock', async () => {
    const server = await TestApp.start({ DATA_DIR: app.dataDir }, app.databaseUrl);
    try {
      await server.app.get(Jobs).start();
      const file = await buildFile(server, author, await aPdf(['Aussitôt']), 'page.pdf');
      await until(async () => (await pagesOf(file.id)).length > 0, 'the text');
    } finally {
      await server.stop();
    }
  });

  it('is not waited for when it holds no text', async () => {
    const scanned = await attach(await aPdf(['']), 'scan.pdf');
    await read();
    expect([await stateOf(scanned.file), await facts()]).toEqual([{ text_state: 'none', text_tries: 1 }, []]);
  });

  it('is found with its message when that is sent after the text was read, and while it is read', async () => {
    const before = await buildFile(app, author, Buffer.from('Lu avant'), 'avant.txt');
    await read();
    expect(await facts()).toEqual([]);
    const during = await buildFile(app, author, await aPdf(['Lu pendant']), 'pendant.pdf');
    const reading = read();
    const thread = await buildThread(app, author, space);
    const post = await buildPost(app, author, thread.id, { attachments: [before.id, during.id] });
    await reading;
    expect((await attachmentsOf(app.database, { posts: [post.id] })).sort()).toEqual([before.id, during.id].sort());
  });

  it('is read once by two processes that look for work at the same time', async () => {
    const files: string[] = [];
    for (const word of ['un', 'deux', 'trois', 'quatre']) files.push((await attach(Buffer.from(word), `${word}.txt`)).file);
    await Promise.all([read(), read(second)]);
    expect(await Promise.all(files.map(stateOf))).toEqual(files.map(() => ({ text_state: 'read', text_tries: 1 })));
    expect((await facts()).map((fact) => fact['attachment']).sort()).toEqual([...files].sort());
  });

  it('loses its text with its message', async () => {
    const { file, post } = await attach(Buffer.from('Un texte'), 'note.txt');
    await read();
    await app.database.run('DELETE FROM post WHERE id = $1', [post.id]);
    expect([await stateOf(file), await pagesOf(file)]).toEqual([null, []]);
  });
});

describe('a file that can not be read', () => {
  it('is tried once more, then given up, until the operator asks again', async () => {
    const { file } = await attach(await aPdf(['Un secret'], { password: 'sésame' }), 'secret.pdf');
    await read();
    expect(await stateOf(file)).toEqual({ text_state: 'waiting', text_tries: 1 });
    await read();
    expect(await stateOf(file)).toEqual({ text_state: 'waiting', text_tries: 1 });
    await due(file);
    await read();
    expect([await stateOf(file), await pagesOf(file), await facts()]).toEqual([{ text_state: 'failed', text_tries: 2 }, [], []]);
    expect([await retryFailedTexts(app.database), await stateOf(file)]).toEqual([1, { text_state: 'waiting', text_tries: 0 }]);
    await app.database.run(`UPDATE attachment SET text_state = 'failed' WHERE id = $1`, [file]);
  });

  it('is told of once when the second try succeeds', async () => {
    const { file } = await attach(await aPdf(['Une page']), 'page.pdf');
    const row = await app.database.row<{ storage_key: string }>('SELECT storage_key FROM attachment WHERE id = $1', [file]);
    const path = join(app.dataDir, 'attachments', row?.storage_key ?? '');
    const content = await readFile(path);
    await writeFile(path, 'abîmé');
    await read();
    await writeFile(path, content);
    await due(file);
    await read();
    await read();
    expect([await stateOf(file), await pagesOf(file), (await facts()).length]).toEqual([{ text_state: 'read', text_tries: 2 }, ['1 Une page'], 1]);
  });

  it('is taken over from a process that went away, and given up when that happens again', async () => {
    const { file } = await attach(Buffer.from('Un texte'), 'note.txt');
    await app.database.run(`UPDATE attachment SET text_tries = 1, text_due_at = now() + interval '1 minute' WHERE id = $1`, [file]);
    await read();
    expect(await stateOf(file)).toEqual({ text_state: 'waiting', text_tries: 1 });
    await app.database.run('UPDATE attachment SET text_tries = 2, text_due_at = now() WHERE id = $1', [file]);
    await read();
    expect(await stateOf(file)).toEqual({ text_state: 'failed', text_tries: 3 });
  });

  it('is left as it was by a server that stops', async () => {
    const third = await TestApp.start({ DATA_DIR: app.dataDir }, app.databaseUrl);
    const { file } = await attach(await aPdf(['Une page']), 'page.pdf');
    const reading = third.app.get(AttachmentReader).turn();
    await third.stop();
    await reading;
    expect(await stateOf(file)).toEqual({ text_state: 'waiting', text_tries: 0 });
    await read();
    expect(await pagesOf(file)).toEqual(['1 Une page']);
  });
});

describe('the texts that search gets', () => {
  it('are those of visible messages, with the space that decides who finds them', async () => {
    const { file, thread, post } = await attach(await aPdf(['Budget', 'Annexe']), 'budget.pdf');
    expect(await found(file)).toBeUndefined();
    await read();
    const owner = { kind: 'post', id: post.id, threadId: thread, spaceId: space.id };
    const pages = [{ page: 1, text: 'Budget' }, { page: 2, text: 'Annexe' }];
    expect(await found(file)).toEqual({ attachmentId: file, owner, fileName: 'budget.pdf', title: '', openToVisitors: false, pages });
    expect((await collectAttachments(app.database, null)).map((text) => text.attachmentId)).toContain(file);
    await app.call('DELETE', `/api/posts/${post.id}?version=1`, { cookie: author.cookie });
    expect(await found(file)).toBeUndefined();
  });

  it('are not those of files that belong to nothing', async () => {
    const file = await buildFile(app, author, Buffer.from('Un brouillon'), 'brouillon.txt');
    await read();
    expect([(await stateOf(file.id))?.text_state, await found(file.id)]).toEqual(['read', undefined]);
  });

  it('are those that a practice of the library names; visitors find public documents of open ones', async () => {
    const [open, inner, proof, dropped] = await Promise.all(['ouvert', 'interne', 'preuve', 'retiré'].map((name) => buildFile(app, author, Buffer.from(name), `${name}.txt`)));
    const documents = [
      { attachment: open?.id ?? '', title: 'Le guide', access: 'public' as const }, { attachment: inner?.id ?? '', title: '', access: 'members' as const }, { attachment: dropped?.id ?? '', title: '', access: 'public' as const },
    ];
    const evidence = [{ kind: 'data' as const, label: 'Le registre', attachment: proof?.id ?? '' }];
    const draft = await buildDraft(app, author, aShortEntry({ documents, evidence }));
    await read();
    const ids = [open, inner, proof, dropped].map((file) => file?.id ?? '');
    const shown = async () => new Map((await collectAttachments(app.database, ids)).map(({ fileName, title, openToVisitors, owner }) => [fileName, [title, openToVisitors, owner.kind]]));
    expect((await shown()).size).toBe(0);
    await app.database.run(`UPDATE practice SET state = 'published', content = jsonb_set(content, '{documents}', (content -> 'documents') - 2) WHERE ref = $1`, [draft.ref]);
    expect(await shown()).toEqual(new Map([['ouvert.txt', ['Le guide', false, 'practice']], ['interne.txt', ['', false, 'practice']], ['preuve.txt', ['Le registre', false, 'practice']]]));
    await app.database.run(`UPDATE practice SET source_url = 'https://exemple.test' WHERE ref = $1`, [draft.ref]);
    expect([...(await shown())].filter(([, [, isOpen]]) => isOpen).map(([name]) => name)).toEqual(['ouvert.txt']);
    await app.database.run(`UPDATE practice SET state = 'archived' WHERE ref = $1`, [draft.ref]);
    expect((await shown()).size).toBe(0);
    expect((await facts()).map((fact) => fact['subject_id'])).toEqual(Array(4).fill((await app.database.row<{ id: string }>('SELECT id FROM practice WHERE ref = $1', [draft.ref]))?.id));
  });

  it('are those that a project names', async () => {
    const file = await buildFile(app, author, Buffer.from('Étude'), 'etude.txt');
    const project = await buildProject(app, author, aProject({ documents: [{ attachment: file.id, title: 'Étude du froid' }] }));
    await read();
    expect(await found(file.id)).toMatchObject({ owner: { kind: 'project' }, title: 'Étude du froid', openToVisitors: false });
    await app.database.run(`UPDATE project SET content = jsonb_set(content, '{documents}', '[]') WHERE ref = $1`, [project.ref]);
    expect(await found(file.id)).toBeUndefined();
  });
});

describe('the fact that a text was read', () => {
  it('reaches no client, live or later', async () => {
    const { file, thread } = await attach(Buffer.from('Un texte'), 'note.txt');
    const { socket, events } = await app.socket(author.cookie);
    await socket.emitWithAck('watch', { thread });
    const { cursor } = (await app.call('GET', '/api/events', { cookie: author.cookie })).json as unknown as { cursor: string };
    await read();
    await app.app.get(EventTail).settled();
    // An answer on the same connection comes after all that was sent before it.
    await socket.emitWithAck('unwatch', { thread });
    const later = await app.call('GET', `/api/events?since=${cursor}`, { cookie: author.cookie });
    expect([(await facts()).length, events.filter((event) => event.type === 'attachment.read'), later.text.includes(file)]).toEqual([1, [], false]);
  });
});
