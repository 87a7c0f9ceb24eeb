import type { PostView, SpaceDetail, ThreadView } from '@passerelle/contract';
import { v7 as uuid } from 'uuid';
import { AttachmentReader } from '../../src/attachment-text/index.js';
import { aPdf } from '../builders/documents.js';
import { aPostBody, aThreadBody, buildMember, buildPost, buildSpace, buildThread, type Member, type Space } from '../builders/forum.js';
import { aNeed, anOffer, aProject, buildIntroduction, buildOffer, buildProject, buildPublishedNeed, slugOf } from '../builders/projects.js';
import { buildRelay } from '../builders/relay.js';
import { indexed } from '../builders/search.js';
import { aSpaceBody, createSpace, invite, mandateOf, memberPath } from '../builders/spaces.js';
import { buildTrialLibrary } from '../builders/trial-library.js';
import { buildFile } from '../builders/uploads.js';
import { buildRule } from '../builders/watch.js';
import { TestApp } from '../support/app.js';

/** Stands in every text of the confidential space and nowhere else. */
export const MARKER = 'Zorglonde';
/** Stands there as well, and in texts that everybody may read. */
export const COMMON = 'lavandières';

interface Stage {
  app: TestApp;
  /** Outside: they must see nothing. `former` was inside until a moment ago. */
  member: Member;
  guest: Member;
  moderator: Member;
  former: Member;
  administrator: Member;
  /** Inside. */
  animator: Member;
  insider: Member;
  /** A moderator who made the space. */
  maker: Member;
  /** What everybody may see. */
  open: Space;
  openThread: ThreadView;
  openPost: PostView;
  city: string;
  practice: string;
  project: string;
  ids: { need: string; offer: string; introduction: string; relay: string; transfer: string; folder: string; mandate: string };
  /** Of what was reported inside. */
  case: string;
  /** Of what is watched inside. */
  rule: string;
  /** The confidential space. */
  space: SpaceDetail;
  thread: ThreadView;
  post: PostView;
  file: string;
  /** Ids of all that was made in it after the former member had left. */
  later: string[];
}
export const stage = {} as Stage;

/** A network with something of each kind, in which everybody may see the same as ever. */
export async function buildStage(): Promise<void> {
  const app = (stage.app = await TestApp.start());
  for (const name of ['member', 'former', 'animator', 'insider'] as const) stage[name] = await buildMember(app);
  stage.guest = await buildMember(app, { role: 'guest' });
  stage.moderator = await buildMember(app, { role: 'moderator' });
  stage.maker = await buildMember(app, { role: 'moderator' });
  stage.administrator = await buildMember(app, { role: 'administrator' });
  await buildSpace(app, { access: 'closed', members: [stage.guest, stage.member] });
  await buildTrialLibrary(app, { published: stage.member });
  stage.practice = 'essai-published';
  stage.open = await buildSpace(app);
  stage.openThread = await buildThread(app, stage.member, stage.open, { title: `Le bassin des ${COMMON}` });
  stage.openPost = await buildPost(app, stage.insider, stage.openThread.id, { body: `Nos ${COMMON} se plaignent du savon.` });
  stage.city = await slugOf(app, stage.insider.organisationId);
  const { member, animator } = stage;
  stage.project = (await buildProject(app, member, aProject({ theme: 'essai', concepts: ['essai'] }))).ref;
  const need = (await buildPublishedNeed(app, member, aNeed({ concept: 'essai' }))).id;
  const introduction = (await buildIntroduction(app, member, { need, organisation: await slugOf(app, animator.organisationId) })).id;
  stage.ids = { need, introduction, offer: (await buildOffer(app, member, anOffer({ concepts: ['essai'] }))).id, relay: (await buildRelay(app, member, animator)).id, transfer: uuid(), folder: uuid(), mandate: await mandateOf(app, animator) };
  await call(member, 'POST', `/api/practices/${stage.practice}/transfers`, { id: stage.ids.transfer, state: 'contact', reason: '', content: {} });
  for (const who of [member, stage.former, stage.moderator]) await call(who, 'POST', '/api/saved-searches', { id: uuid(), q: COMMON });
  await indexed(app);
}

const call = (who: Member, method: string, path: string, body?: unknown) => stage.app.call(method, path, { cookie: who.cookie, ...(body !== undefined && { body }) });

async function must(who: Member, method: string, path: string, body?: unknown): Promise<void> {
  const { status, text } = await call(who, method, path, body);
  if (status >= 300) throw new Error(`${method} ${path}: ${status} ${text}`);
}

/** A confidential space with the marker in every text that a space can hold; one of its members is removed halfway, which is told. */
export async function writeSecrets(onRemoved: () => Promise<void>): Promise<void> {
  const { app, animator, insider, former, maker } = stage;
  const texts = { nameFr: `Cellule ${MARKER}`, nameEn: `${MARKER} cell`, descriptionFr: `Ce que prépare ${MARKER}.`, descriptionEn: `What ${MARKER} prepares.` };
  stage.space = await createSpace(app, maker, { ...aSpaceBody(texts), access: 'confidential' });
  for (const [who, role] of [[animator, 'animator'], [insider, 'member'], [former, 'member']] as const) await enter(maker, who, role);
  stage.thread = await buildThread(app, insider, stage.space, { title: `Le dossier ${MARKER}`, body: `${MARKER} et les ${COMMON}.` });
  await must(former, 'PUT', `/api/threads/${stage.thread.id}/follow`, { level: 'all' });
  await must(former, 'PUT', `/api/drafts/thread:${stage.thread.id}`, { sequence: 1, body: 'Une réponse commencée' });
  await must(animator, 'DELETE', await memberPath(app, stage.space, former));
  await onRemoved();
  await writeLater();
  await app.app.get(AttachmentReader).turn();
  await indexed(app);
}

async function enter(by: Member, who: Member, role: string): Promise<void> {
  const id = uuid();
  await invite(stage.app, by, stage.space, who, { id, role });
  await must(who, 'POST', `/api/space-invitations/${id}/answer`, { accept: true });
}

async function writeLater(): Promise<void> {
  const { app, animator, insider, maker, space, thread } = stage;
  const file = await buildFile(app, insider, await aPdf([`Le plan de ${MARKER} pour les ${COMMON}`]), `${MARKER}.pdf`);
  const waiting = await buildFile(app, insider, Buffer.from(`${MARKER} attend.`), `${MARKER}-plus-tard.txt`);
  const city = await app.database.row<{ name: string }>('SELECT name FROM organisation WHERE id = $1', [stage.member.organisationId]);
  stage.post = await buildPost(app, insider, thread.id, { body: `${MARKER}, dit @${city?.name ?? ''} aux ${COMMON}.`, attachments: [file.id] });
  const reply = await buildPost(app, animator, thread.id, { body: `Oui, ${MARKER}.`, replyTo: stage.post.id });
  const practiceThread = await buildThread(app, insider, space, { title: `La pratique vue par ${MARKER}`, practice: stage.practice, kind: 'practice' });
  const question = await buildThread(app, insider, space, { title: `${MARKER} demande conseil`, kind: 'question', theme: 'essai' });
  const nameless = await buildThread(app, insider, space, { title: `${MARKER} sans nom`, naming: 'withheld' });
  const announcement = await buildThread(app, maker, space, { title: `${MARKER} annonce`, kind: 'announcement' });
  await must(insider, 'PATCH', `/api/posts/${stage.post.id}`, { version: 1, body: `${MARKER} corrige.` });
  await must(animator, 'PUT', `/api/posts/${stage.post.id}/reactions/useful`);
  await must(insider, 'PUT', `/api/threads/${thread.id}/summary`, { version: 0, points: [`Ce que ${MARKER} retient.`], whatChanged: `${MARKER} a changé.` });
  await must(insider, 'PUT', `/api/drafts/thread:${thread.id}`, { sequence: 1, body: `${MARKER} en brouillon` });
  await must(animator, 'POST', '/api/reports', { id: uuid(), targetKind: 'post', targetId: stage.post.id, reason: 'other', text: `${MARKER} signalé` });
  stage.case = (await app.database.row<{ id: string }>('SELECT id FROM moderation_case WHERE target_id = $1', [stage.post.id]))?.id ?? '';
  await must(maker, 'POST', `/api/threads/${question.id}/split`, { id: uuid(), newThread: uuid(), title: `${MARKER} détaché`, posts: [(await buildPost(app, insider, question.id, { body: MARKER })).id], reason: MARKER });
  await must(maker, 'PATCH', `/api/threads/${announcement.id}`, { version: 1, status: 'closed', reason: `${MARKER} clos` });
  stage.rule = (await buildRule(app, animator, space, { name: `${MARKER} en quarantaine`, definition: { kind: 'words', terms: ['quarantaine'] } })).id;
  const held = [uuid(), uuid()];
  await must(insider, 'POST', `/api/threads/${thread.id}/posts`, aPostBody({ id: held[0], body: `${MARKER} en quarantaine` }));
  await must(insider, 'POST', '/api/threads', aThreadBody(space, { id: held[1], title: `${MARKER} en quarantaine` }));
  const removed = await buildPost(app, insider, thread.id, { body: `${MARKER} retiré` });
  await must(insider, 'DELETE', `/api/posts/${removed.id}?version=1`);
  stage.file = file.id;
  stage.later = [file.id, waiting.id, stage.post.id, reply.id, removed.id, practiceThread.id, question.id, nameless.id, announcement.id, stage.rule, ...held];
}
