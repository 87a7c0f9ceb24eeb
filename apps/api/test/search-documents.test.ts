import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SearchResult } from '@passerelle/contract';
import { AttachmentReader } from '../src/attachment-text/index.js';
import { loadReference } from '../src/demo/index.js';
import { LiveIndex } from '../src/search/index.js';
import { aPdf } from './builders/documents.js';
import { buildMember, buildPost, buildSpace, buildThread, type Member, type Space } from './builders/forum.js';
import { buildFile } from './builders/uploads.js';
import { TestApp } from './support/app.js';

let app: TestApp;
let author: Member, outsider: Member;
let open: Space, confidential: Space;
beforeAll(async () => {
  app = await TestApp.start();
  await loadReference(app.database);
  [author, outsider] = [await buildMember(app), await buildMember(app)];
  [open, confidential] = [await buildSpace(app), await buildSpace(app, { access: 'confidential', members: [author] })];
});
afterAll(() => app.stop());

const find = async (words: string, { cookie } = author) => (await app.call('GET', `/api/search?q=${encodeURIComponent(words)}`, { cookie })).json as unknown as SearchResult;
const documentsIn = ({ hits }: SearchResult) => hits.filter((hit) => hit.kind === 'document');
/** A message with a file of these pages, read and indexed. */
async function attach(pages: string[], space: Space) {
  const file = await buildFile(app, author, await aPdf(pages), 'guide.pdf');
  const thread = await buildThread(app, author, space);
  const post = await buildPost(app, author, thread.id, { attachments: [file.id] });
  await app.app.get(AttachmentReader).turn();
  await app.app.get(LiveIndex).settled();
  return { file, thread, post };
}

describe('an attachment', () => {
  it('is found by the text of its pages, and leads to the message and the page', async () => {
    const { file, thread, post } = await attach(['Sommaire du guide', 'Le gardiennage des vespasiennes du marché couvert'], open);
    const [hit] = documentsIn(await find('gardiennage vespasiennes', outsider));
    expect(hit).toMatchObject({ id: file.id, title: 'guide.pdf', page: 2, file: { type: 'application/pdf', bytes: file.bytes }, threadKind: null, url: `/fils/${thread.id}#m${post.position}` });
    expect(hit?.excerpt).toContain('\u0002gardiennage\u0003');
    expect(hit?.why).toContain('Dans la pièce jointe, page\u00a02.');
  });

  it('is found by those only who may read the message', async () => {
    await attach(['Un protocole xylographique'], confidential);
    expect(documentsIn(await find('xylographique'))).toHaveLength(1);
    const others = await find('xylographique', outsider);
    expect([others.total, others.facets.kind]).toEqual([0, []]);
  });

  it('is gone with the message', async () => {
    const { post } = await attach(['Une note ornithologique'], open);
    expect(documentsIn(await find('ornithologique'))).toHaveLength(1);
    await app.call('DELETE', `/api/posts/${post.id}?version=${post.version}`, { cookie: author.cookie });
    expect(documentsIn(await find('ornithologique'))).toHaveLength(0);
  });
});
