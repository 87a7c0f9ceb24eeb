import type { AttachmentView, ThreadView } from '@passerelle/contract';
import { v7 as uuid } from 'uuid';
import { buildMember, buildPost, buildSpace, buildThread, type Member, type Space } from '../builders/forum.js';
import { aNeed, anOffer, aProject, buildIntroduction, buildOffer, buildProject, buildPublishedNeed, slugOf } from '../builders/projects.js';
import { buildRelay } from '../builders/relay.js';
import { buildTrialLibrary } from '../builders/trial-library.js';
import { buildAttachment } from '../builders/uploads.js';
import { TestApp } from '../support/app.js';

export const [LISTED, DRAFT] = ['/api/practices/essai-published', '/api/practices/essai-draft'];

type Role = 'member' | 'colleague' | 'guest' | 'outsider' | 'moderator' | 'administrator' | 'writer';
interface World extends Record<Role, Member> {
  app: TestApp;
  /** The member animates both; the colleague, the guest and the writer belong to the closed space; the guest not to the confidential one. */
  closed: Space;
  confidential: Space;
  /** Slugs of an open space and of the city of the writer. */
  otherSpace: string;
  writerCity: string;
  /** Ids: of the member's threads in the closed and in the confidential space, with their messages. */
  thread: string;
  post: string;
  hidden: string;
  hiddenPost: string;
  /** Files of the member: in no message yet, and in these two. */
  pending: AttachmentView;
  attached: AttachmentView;
  hiddenFile: AttachmentView;
  /** Of the writer, followed by everybody as if they had lost their rights since. */
  closedThread: ThreadView;
  confidentialThread: ThreadView;
  /** Of the member's city. */
  transfer: string;
  savedSearch: string;
  need: string;
  offer: string;
  introduction: string;
  /** Paths. */
  project: string;
  relay: string;
}

/** Who is there and what belongs to whom; filled by `buildWorld`. */
export const world = {} as World;

export const everybody = () => [world.member, world.colleague, world.guest, world.outsider, world.moderator, world.administrator];
export const aTrialNeed = (changes = {}) => aNeed({ concept: 'essai', ...changes });
export const aTrialOffer = (changes = {}) => anOffer({ concepts: ['essai'], ...changes });
export const aTrialProject = (changes = {}) => aProject({ theme: 'essai', concepts: ['essai'], ...changes });

export async function buildWorld(): Promise<void> {
  const app = (world.app = await TestApp.start());
  world.member = await buildMember(app);
  world.colleague = await buildMember(app);
  world.outsider = await buildMember(app);
  world.guest = await buildMember(app, { role: 'guest' });
  world.moderator = await buildMember(app, { role: 'moderator' });
  world.administrator = await buildMember(app, { role: 'administrator' });
  world.writer = await buildMember(app, { function: 'Secrétaire du conseil' });
  await buildForum();
  await buildLibrary();
  await beginDrafts();
}

async function buildForum(): Promise<void> {
  const { app, member, colleague, guest, writer } = world;
  world.closed = await buildSpace(app, { access: 'closed', members: [colleague, guest, writer], animators: [member] });
  world.confidential = await buildSpace(app, { access: 'confidential', members: [colleague, writer], animators: [member] });
  world.otherSpace = (await buildSpace(app)).slug;
  world.pending = await buildAttachment(app, member);
  world.attached = await buildAttachment(app, member);
  world.hiddenFile = await buildAttachment(app, member);
  world.thread = (await buildThread(app, member, world.closed)).id;
  world.post = (await buildPost(app, member, world.thread, { attachments: [world.attached.id] })).id;
  world.hidden = (await buildThread(app, member, world.confidential)).id;
  world.hiddenPost = (await buildPost(app, member, world.hidden, { attachments: [world.hiddenFile.id] })).id;
  world.closedThread = await buildThread(app, writer, world.closed, { title: 'La zibeline du jardin clos' });
  world.confidentialThread = await buildThread(app, writer, world.confidential, { title: 'Le quetzal du dossier réservé' });
}

/** A draft of the member's city, a practice of the writer's with threads about it, and what the member's city has begun with others. */
async function buildLibrary(): Promise<void> {
  const { app, member, colleague, writer } = world;
  const { database } = app;
  world.writerCity = (await database.row<{ slug: string }>('SELECT slug FROM organisation WHERE id = $1', [writer.organisationId]))?.slug ?? '';
  await buildTrialLibrary(app, { published: writer, draft: member });
  world.project = `/api/projects/${(await buildProject(app, member, aTrialProject())).ref}`;
  world.need = (await buildPublishedNeed(app, member, aTrialNeed())).id;
  world.offer = (await buildOffer(app, member, aTrialOffer())).id;
  world.introduction = (await buildIntroduction(app, member, { need: world.need, organisation: await slugOf(app, colleague.organisationId) })).id;
  world.relay = `/api/relay/${(await buildRelay(app, member, colleague)).id}`;
  [world.savedSearch, world.transfer] = [uuid(), uuid()];
  await app.call('POST', '/api/saved-searches', { cookie: member.cookie, body: { id: world.savedSearch, q: 'compost' } });
  await app.call('POST', `${LISTED}/transfers`, { cookie: member.cookie, body: { id: world.transfer, state: 'contact', reason: '', content: {} } });
  await database.run(`UPDATE thread SET practice_id = (SELECT id FROM practice WHERE ref = 'essai-published') WHERE id = ANY($1::uuid[])`, [
    [world.closedThread.id, world.confidentialThread.id],
  ]);
}

/** Follows and drafts of everybody in threads of the writer. */
async function beginDrafts(): Promise<void> {
  const { app, member } = world;
  const threads = [world.closedThread.id, world.confidentialThread.id];
  await app.call('PUT', '/api/drafts/new-thread', { cookie: member.cookie, body: { sequence: 1, body: 'Un brouillon' } });
  await app.database.run(
    `INSERT INTO follow (account_id, thread_id, level) SELECT a, t, 'all' FROM unnest($1::uuid[]) a, unnest($2::uuid[]) t`,
    [everybody().map((who) => who.accountId), threads],
  );
  for (const { cookie } of everybody())
    for (const id of threads) await app.call('PUT', `/api/drafts/thread:${id}`, { cookie, body: { sequence: 1, body: 'Un brouillon' } });
}
