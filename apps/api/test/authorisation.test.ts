import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AttachmentView, ThreadView } from '@passerelle/contract';
import { v7 as uuid } from 'uuid';
import { LiveIndex } from '../src/search/index.js';
import { aPostBody, aThreadBody, buildMember, buildPost, buildSpace, buildThread, type Member, type Space } from './builders/forum.js';
import { aNeed, anOffer, aProject, buildIntroduction, buildOffer, buildProject, buildPublishedNeed, slugOf } from './builders/projects.js';
import { buildRelay } from './builders/relay.js';
import { buildTrialLibrary } from './builders/trial-library.js';
import { buildSession } from './builders/sessions.js';
import { buildAttachment, uploadHeaders } from './builders/uploads.js';
import { type Answer, TestApp } from './support/app.js';
import { routesOf, untried } from './support/routes.js';

/** The only routes that answer without a session. */
const PUBLIC = [
  'GET /api/health',
  'GET /api/ready',
  'GET /api/openapi.json',
  'GET /api/auth/welcome',
  'POST /api/auth/login',
  'POST /api/auth/link',
  'POST /api/auth/link/confirm',
  // Pages for visitors and robots (public.test.ts says what they show); the router prints `/public/*` without its last slash.
  'GET /public',
  'GET /public*',
  'GET /public/carte',
  'GET /public/fichiers/:id',
  'GET /public/fichiers/:id/:size',
  'GET /public/pratiques',
  'GET /public/pratiques.atom',
  'GET /public/pratiques/:ref',
  'GET /public/style.css',
  'GET /public/terre.svg',
  'GET /public/villes',
  'GET /public/villes/:slug',
  'GET /robots.txt',
  'GET /sitemap.xml',
];
/** Tried on accounts of their own below: they end the session that asks. */
const ENDING = ['POST /api/auth/logout', 'POST /api/auth/logout-everywhere'];

let app: TestApp;
let member: Member, colleague: Member, outsider: Member, guest: Member, moderator: Member, writer: Member;
let closed: Space, confidential: Space, otherSpace: string, writerCity: string;
const [LISTED, DRAFT, transfer, savedSearch] = ['/api/practices/essai-published', '/api/practices/essai-draft', uuid(), uuid()];
let project: string, relay: string;
let need: string, offer: string, introduction: string;
let thread: string, post: string, hidden: string, hiddenPost: string;
let pending: AttachmentView, attached: AttachmentView, hiddenFile: AttachmentView;
/** Of somebody else, followed by everybody as if they had lost their rights since. */
let closedThread: ThreadView, confidentialThread: ThreadView;

beforeAll(async () => {
  app = await TestApp.start();
  [member, colleague, outsider, guest, moderator, writer] = [
    await buildMember(app),
    await buildMember(app),
    await buildMember(app),
    await buildMember(app, { role: 'guest' }),
    await buildMember(app, { role: 'moderator' }),
    await buildMember(app, { function: 'Secrétaire du conseil' }),
  ];
  closed = await buildSpace(app, { access: 'closed', members: [member, colleague, guest, writer] });
  confidential = await buildSpace(app, { access: 'confidential', members: [member, colleague, writer] });
  otherSpace = (await buildSpace(app)).slug;
  [pending, attached, hiddenFile] = [
    await buildAttachment(app, member),
    await buildAttachment(app, member),
    await buildAttachment(app, member),
  ];
  thread = (await buildThread(app, member, closed)).id;
  post = (await buildPost(app, member, thread, { attachments: [attached.id] })).id;
  hidden = (await buildThread(app, member, confidential)).id;
  hiddenPost = (await buildPost(app, member, hidden, { attachments: [hiddenFile.id] })).id;
  await app.call('POST', '/api/saved-searches', { cookie: member.cookie, body: { id: savedSearch, q: 'compost' } });
  closedThread = await buildThread(app, writer, closed, { title: 'La zibeline du jardin clos' });
  confidentialThread = await buildThread(app, writer, confidential, { title: 'Le quetzal du dossier réservé' });
  await app.call('PUT', '/api/drafts/new-thread', { cookie: member.cookie, body: { sequence: 1, body: 'Un brouillon' } });
  await storeWhatOthersMayNotLearn();
  await app.call('POST', `${LISTED}/transfers`, { cookie: member.cookie, body: { ...aTransfer(), id: transfer } });
});
afterAll(() => app.stop());

const everybody = () => [member, colleague, guest, outsider, moderator];

/** A draft of the member's city, a practice of the writer's with threads about it, and follows and drafts of everybody in them. */
async function storeWhatOthersMayNotLearn(): Promise<void> {
  const { database } = app;
  writerCity = (await database.row<{ slug: string }>('SELECT slug FROM organisation WHERE id = $1', [writer.organisationId]))?.slug ?? '';
  await buildTrialLibrary(app, { published: writer, draft: member });
  project = `/api/projects/${(await buildProject(app, member, aTrialProject())).ref}`;
  need = (await buildPublishedNeed(app, member, aTrialNeed())).id;
  offer = (await buildOffer(app, member, aTrialOffer())).id;
  introduction = (await buildIntroduction(app, member, { need, organisation: await slugOf(app, colleague.organisationId) })).id;
  relay = `/api/relay/${(await buildRelay(app, member, colleague)).id}`;
  const threads = [closedThread.id, confidentialThread.id];
  await database.run(`UPDATE thread SET practice_id = (SELECT id FROM practice WHERE ref = 'essai-published') WHERE id = ANY($1::uuid[])`, [
    threads,
  ]);
  await database.run(
    `INSERT INTO follow (account_id, thread_id, level) SELECT a, t, 'all' FROM unnest($1::uuid[]) a, unnest($2::uuid[]) t`,
    [everybody().map((who) => who.accountId), threads],
  );
  for (const { cookie } of everybody())
    for (const id of threads) await app.call('PUT', `/api/drafts/thread:${id}`, { cookie, body: { sequence: 1, body: 'Un brouillon' } });
}

type Line = [name: string, method: string, path: () => string | Promise<string>, body: (() => unknown) | undefined, statuses: number[]];
// Whoever may change something is told that it has changed since.
const stale = (changes: object) => () => ({ version: 99, ...changes });
const aMove = () => ({ id: uuid(), space: otherSpace, version: 99 });
const aSplit = () => ({ id: uuid(), newThread: uuid(), title: 'Un fil détaché ici', posts: [uuid()] });
const anOpenThread = (kind = 'discussion') => aThreadBody({ id: '', slug: otherSpace }, { kind });
const aSummary = { points: ['Un point'], whatChanged: '' };
// member (author), colleague, guest of the space, outsider, moderator
const inTheClosedSpace: Line[] = [
  ['reads the thread', 'GET', () => `/api/threads/${thread}`, undefined, [200, 200, 200, 404, 200]],
  ['reads the messages', 'GET', () => `/api/threads/${thread}/posts`, undefined, [200, 200, 200, 404, 200]],
  ['reads one message', 'GET', () => `/api/posts/${post}`, undefined, [200, 200, 200, 404, 200]],
  ['reads its history', 'GET', () => `/api/posts/${post}/revisions`, undefined, [200, 200, 200, 404, 200]],
  ['replies', 'POST', () => `/api/threads/${thread}/posts`, () => aPostBody(), [201, 201, 201, 404, 201]],
  ['reacts', 'PUT', () => `/api/posts/${post}/reactions/useful`, undefined, [200, 200, 200, 404, 200]],
  ['marks as read', 'PUT', () => `/api/threads/${thread}/read`, () => ({ position: 1 }), [200, 200, 200, 404, 200]],
  ['follows', 'PUT', () => `/api/threads/${thread}/follow`, () => ({ level: 'all' }), [200, 200, 200, 404, 200]],
  ['edits the message', 'PATCH', () => `/api/posts/${post}`, stale({ body: 'Même texte' }), [409, 403, 403, 404, 403]],
  ['removes the message', 'DELETE', () => `/api/posts/${post}?version=99`, undefined, [409, 403, 403, 404, 409]],
  ['restores what is not removed', 'POST', () => `/api/posts/${post}/restore`, stale({}), [200, 200, 200, 404, 200]],
  ['renames the thread', 'PATCH', () => `/api/threads/${thread}`, stale({ title: 'Un autre titre' }), [409, 403, 403, 404, 409]],
  ['closes the thread', 'PATCH', () => `/api/threads/${thread}`, stale({ status: 'closed' }), [403, 403, 403, 404, 409]],
  ['pins the thread', 'PATCH', () => `/api/threads/${thread}`, stale({ pinnedUntil: '2030-01-01T00:00:00Z' }), [403, 403, 403, 404, 409]],
  ['summarises the thread', 'PUT', () => `/api/threads/${thread}/summary`, stale(aSummary), [409, 403, 403, 404, 409]],
  ['moves the thread', 'POST', () => `/api/threads/${thread}/move`, () => aMove(), [403, 403, 403, 403, 409]],
  ['splits the thread', 'POST', () => `/api/threads/${thread}/split`, () => aSplit(), [403, 403, 403, 403, 400]],
  ['merges the thread', 'POST', () => `/api/threads/${thread}/merge`, () => ({ id: uuid(), into: uuid() }), [403, 403, 403, 403, 404]],
  ['sees the acts of moderation', 'GET', () => `/api/threads/${thread}/acts`, undefined, [403, 403, 403, 403, 200]],
  ['reports the message', 'POST', () => '/api/reports', () => aReport('post', post), [201, 201, 201, 404, 201]],
  ['opens a thread in an open space', 'POST', () => '/api/threads', () => anOpenThread(), [201, 201, 400, 201, 201]],
  ['opens an announcement', 'POST', () => '/api/threads', () => anOpenThread('announcement'), [403, 403, 400, 403, 201]],
  ['lists the directory of mentions', 'GET', () => '/api/mention-targets', undefined, [200, 200, 200, 200, 200]],
  ['takes the reaction back', 'DELETE', () => `/api/posts/${post}/reactions/useful`, undefined, [200, 200, 200, 404, 200]],
  ['marks as unread', 'POST', () => `/api/threads/${thread}/unread`, () => ({ from: 1, generation: 0 }), [200, 200, 200, 404, 200]],
  ['undoes an act that there is not', 'POST', () => `/api/thread-acts/${uuid()}/undo`, undefined, [403, 403, 403, 403, 404]],
  ['opens a thread', 'POST', () => '/api/threads', () => aThreadBody(closed), [201, 201, 201, 400, 201]],
  ['reports the thread', 'POST', () => '/api/reports', () => aReport('thread', thread), [201, 201, 201, 404, 201]],
  ['opens the file of the message', 'GET', () => attached.url, undefined, [200, 200, 200, 404, 200]],
];
const inAConfidentialSpace: Line[] = [
  ['reads the thread', 'GET', () => `/api/threads/${hidden}`, undefined, [200, 200, 404, 404, 404]],
  ['reads the messages', 'GET', () => `/api/threads/${hidden}/posts`, undefined, [200, 200, 404, 404, 404]],
  ['replies', 'POST', () => `/api/threads/${hidden}/posts`, () => aPostBody(), [201, 201, 404, 404, 404]],
  ['follows', 'PUT', () => `/api/threads/${hidden}/follow`, () => ({ level: 'all' }), [200, 200, 404, 404, 404]],
  ['marks as unread', 'POST', () => `/api/threads/${hidden}/unread`, () => ({ from: 1, generation: 0 }), [200, 200, 404, 404, 404]],
  ['removes the message', 'DELETE', () => `/api/posts/${hiddenPost}?version=99`, undefined, [409, 403, 404, 404, 404]],
  ['sees the acts of moderation', 'GET', () => `/api/threads/${hidden}/acts`, undefined, [403, 403, 403, 403, 404]],
  ['opens a thread', 'POST', () => '/api/threads', () => aThreadBody(confidential), [201, 201, 400, 400, 400]],
  ['reports the message', 'POST', () => '/api/reports', () => aReport('post', hiddenPost), [201, 201, 404, 404, 404]],
  ['opens the file of the message', 'GET', () => hiddenFile.url, undefined, [200, 200, 404, 404, 404]],
];
const ofTheMember: Line[] = [
  ['reads the draft', 'GET', () => '/api/drafts/new-thread', undefined, [200, 404, 404, 404, 404]],
  ['saves a draft of the own under the same key', 'PUT', () => '/api/drafts/new-thread', () => aDraft(2), [200, 200, 200, 200, 200]],
  ['throws the own draft away', 'DELETE', () => `/api/drafts/thread:${uuid()}?sequence=1`, undefined, [204, 204, 204, 204, 204]],
  ['ends a session', 'DELETE', async () => `/api/me/sessions/${await buildSession(app, member)}`, undefined, [204, 404, 404, 404, 404]],
  ['opens a file that is in no message yet', 'GET', () => pending.url, undefined, [200, 404, 404, 404, 404]],
  ['joins a file to a message', 'POST', () => `/api/threads/${thread}/posts`, () => aPostWithFile(), [201, 400, 400, 400, 400]],
  ['changes the own profile', 'PATCH', () => '/api/me', () => ({ showPresence: true }), [200, 200, 200, 200, 200]],
  ['begins an upload', 'POST', () => '/api/uploads', undefined, [201, 201, 201, 201, 201]],
  ['removes an upload that there is not', 'DELETE', () => `/api/uploads/${uuid()}`, undefined, [404, 404, 404, 404, 404]],
];
const inTheNetwork: Line[] = [
  ['marks a space as read, seen or not', 'POST', () => `/api/spaces/${confidential.slug}/read`, undefined, [200, 200, 200, 200, 200]],
  ['lists the practices', 'GET', () => '/api/practices', undefined, [200, 200, 200, 200, 200]],
  ['reports a practice', 'POST', () => '/api/reports', () => aReport('practice', 'essai-published'), [201, 201, 404, 201, 201]],
  ['reports a draft', 'POST', () => '/api/reports', () => aReport('practice', 'essai-draft'), [404, 404, 404, 404, 404]],
  ['lists the themes', 'GET', () => '/api/themes', undefined, [200, 200, 200, 200, 200]],
  ['lists the organisations', 'GET', () => '/api/organisations', undefined, [200, 200, 200, 200, 200]],
  ['is shown hits while typing', 'GET', () => '/api/search/suggest?q=essai', undefined, [200, 200, 200, 200, 200]],
  ['reads what was looked for in vain', 'GET', () => '/api/search/empty', undefined, [403, 403, 403, 403, 403]],
  ['lists the own saved searches', 'GET', () => '/api/saved-searches', undefined, [200, 200, 200, 200, 200]],
  ['saves a search', 'POST', () => '/api/saved-searches', () => ({ id: uuid(), q: 'marchés' }), [201, 201, 201, 201, 201]],
  ['has seen a saved search of the member', 'PUT', () => `/api/saved-searches/${savedSearch}/seen`, undefined, [200, 404, 404, 404, 404]],
  ['removes a saved search, there or not', 'DELETE', () => `/api/saved-searches/${uuid()}`, undefined, [204, 204, 204, 204, 204]],
];
// The practice is in the library; the draft and the transfer belong to the city of the member.
const inTheLibrary: Line[] = [
  ['takes the library away as a file', 'GET', () => '/api/practices-export', undefined, [200, 200, 200, 200, 200]],
  ['brings a file of practices in', 'POST', () => '/api/practices-import', () => [], [403, 403, 403, 403, 403]],
  ['starts a practice', 'POST', () => '/api/practices', () => ({ id: uuid(), content: {} }), [201, 201, 403, 201, 201]],
  ['edits the practice of another city', 'PATCH', () => LISTED, stale({ content: {} }), [403, 403, 403, 403, 403]],
  ['reads its revisions', 'GET', () => `${LISTED}/revisions`, undefined, [403, 403, 403, 403, 200]],
  ['sets it aside', 'POST', () => `${LISTED}/actions`, stale({ action: 'archive' }), [403, 403, 403, 403, 409]],
  ['gives an opinion unasked', 'PUT', () => `${LISTED}/review`, () => aReview, [403, 403, 403, 403, 403]],
  ['prints it', 'GET', () => `${LISTED}/pdf`, undefined, [200, 200, 200, 200, 200]],
  ['lists their folders', 'GET', () => '/api/practice-folders', undefined, [200, 200, 200, 200, 200]],
  ['makes a folder', 'PUT', () => '/api/practice-folders', () => ({ id: uuid(), name: 'Dossier' }), [200, 200, 200, 200, 200]],
  ['opens the folder of another', 'GET', () => `/api/practice-folders/${uuid()}`, undefined, [404, 404, 404, 404, 404]],
  ['removes the folder of another', 'DELETE', () => `/api/practice-folders/${uuid()}`, undefined, [204, 204, 204, 204, 204]],
  ['puts a practice in the folder of another', 'PUT', () => `/api/practice-folders/${uuid()}/practices/demo-02`, undefined, [404, 404, 404, 404, 404]],
  ['takes a practice out of the folder of another', 'DELETE', () => `/api/practice-folders/${uuid()}/practices/demo-02`, undefined, [404, 404, 404, 404, 404]],
  ['finds it useful', 'PUT', () => `${LISTED}/useful`, undefined, [200, 200, 403, 200, 200]],
  ['no longer finds it useful', 'DELETE', () => `${LISTED}/useful`, undefined, [200, 200, 403, 200, 200]],
  ['reads the draft', 'GET', () => DRAFT, undefined, [200, 404, 404, 404, 404]],
  ['edits the draft', 'PATCH', () => DRAFT, stale({ content: { title: 'Une fiche' } }), [409, 404, 404, 404, 404]],
  ['reads the revisions of the draft', 'GET', () => `${DRAFT}/revisions`, undefined, [200, 404, 404, 404, 404]],
  ['restores the draft', 'POST', () => `${DRAFT}/restore`, stale({ restore: 1 }), [409, 404, 404, 404, 404]],
  ['submits the draft', 'POST', () => `${DRAFT}/actions`, stale({ action: 'submit' }), [409, 404, 404, 404, 404]],
  ['records a (second) transfer', 'POST', () => `${LISTED}/transfers`, () => aTransfer(), [409, 201, 403, 201, 201]],
  ['reads the transfer', 'GET', () => `/api/transfers/${transfer}`, undefined, [200, 200, 404, 200, 200]],
  ['edits the transfer', 'PATCH', () => `/api/transfers/${transfer}`, () => stale(aTransfer('trial'))(), [409, 403, 404, 403, 403]],
];
// The project is led by the city of the member.
const inAProject: Line[] = [
  ['lists the projects', 'GET', () => '/api/projects', undefined, [200, 200, 404, 200, 200]],
  ['lists them by stage', 'GET', () => '/api/projects/board', undefined, [200, 200, 404, 200, 200]],
  ['starts a project', 'POST', () => '/api/projects', () => ({ id: uuid(), content: aTrialProject() }), [201, 201, 403, 201, 201]],
  ['reads the project', 'GET', () => project, undefined, [200, 200, 404, 200, 200]],
  [
    'edits the project',
    'PATCH',
    () => project,
    () => stale({ content: aTrialProject({ title: 'Un autre' }) })(),
    [409, 403, 404, 403, 403],
  ],
  ['takes a step', 'POST', () => `${project}/actions`, stale({ action: 'prepare', reason: '' }), [409, 403, 404, 403, 403]],
  ['joins with the own city', 'PUT', () => `${project}/membership`, undefined, [200, 200, 404, 200, 200]],
  ['leaves again', 'DELETE', () => `${project}/membership`, undefined, [403, 200, 404, 200, 200]],
  ['follows the project', 'PUT', () => `${project}/follow`, undefined, [200, 200, 404, 200, 200]],
  ['no longer follows it', 'DELETE', () => `${project}/follow`, undefined, [200, 200, 404, 200, 200]],
  ['reads the journal', 'GET', () => `${project}/updates`, undefined, [200, 200, 404, 200, 200]],
  ['writes in the journal', 'POST', () => `${project}/updates`, () => ({ id: uuid(), body: 'Fait.' }), [201, 403, 404, 403, 403]],
  ['removes the note', 'DELETE', () => newNote(), undefined, [200, 403, 404, 403, 200]],
  ['makes a practice of it', 'GET', () => `${project}/practice-draft`, undefined, [409, 403, 404, 403, 403]],
];
// The need and the offer are of the city of the member, who has asked to be introduced to the city of the colleague.
const betweenCities: Line[] = [
  ['lists the needs', 'GET', () => '/api/needs', undefined, [200, 200, 404, 200, 200]],
  ['writes a need', 'POST', () => '/api/needs', () => ({ id: uuid(), content: aTrialNeed() }), [201, 201, 403, 201, 201]],
  ['reads the need', 'GET', () => `/api/needs/${need}`, undefined, [200, 200, 404, 200, 200]],
  [
    'edits the need',
    'PATCH',
    () => `/api/needs/${need}`,
    () => stale({ content: aTrialNeed({ urgency: 'high' }) })(),
    [409, 403, 404, 403, 403],
  ],
  ['moves the need', 'POST', () => `/api/needs/${need}/actions`, stale({ action: 'meet' }), [409, 403, 404, 403, 403]],
  ['asks who could help', 'GET', () => `/api/needs/${need}/suggestions`, undefined, [200, 403, 404, 403, 200]],
  ['lists the offers', 'GET', () => '/api/offers', undefined, [200, 200, 404, 200, 200]],
  ['makes an offer', 'POST', () => '/api/offers', () => ({ id: uuid(), content: aTrialOffer() }), [201, 201, 403, 201, 201]],
  ['reads the offer', 'GET', () => `/api/offers/${offer}`, undefined, [200, 200, 404, 200, 200]],
  [
    'edits the offer',
    'PATCH',
    () => `/api/offers/${offer}`,
    () => stale({ content: aTrialOffer({ capacity: 'Une' }) })(),
    [409, 403, 404, 403, 403],
  ],
  ['suspends the offer', 'POST', () => `/api/offers/${offer}/actions`, stale({ action: 'suspend' }), [409, 403, 404, 403, 409]],
  ['lists the introductions', 'GET', () => '/api/introductions', undefined, [200, 200, 404, 200, 200]],
  ['reads the introduction', 'GET', () => `/api/introductions/${introduction}`, undefined, [200, 200, 404, 404, 200]],
  ['accepts', 'POST', () => `/api/introductions/${introduction}/actions`, stale({ action: 'accept-by-helper' }), [403, 409, 404, 404, 403]],
  [
    'writes to the other',
    'POST',
    () => `/api/introductions/${introduction}/messages`,
    () => ({ id: uuid(), body: 'Bonjour' }),
    [409, 409, 404, 404, 403],
  ],
  ['comes forward', 'POST', () => '/api/introductions', () => ({ id: uuid(), need }), [400, 409, 404, 201, 201]],
];
// A letter of the member to the city of the colleague.
const inARelay: Line[] = [
  ['lists the own conversations', 'GET', () => '/api/relay', undefined, [200, 200, 404, 200, 200]],
  ['asks who would read a letter', 'GET', () => '/api/relay/addressee?practice=essai-published', undefined, [200, 200, 404, 200, 200]],
  ['writes to a city', 'POST', () => '/api/relay', () => ({ id: uuid(), practice: 'essai-published', body: 'Bonjour' }), [201, 201, 403, 201, 201]],
  ['reads the conversation', 'GET', () => relay, undefined, [200, 200, 404, 404, 404]],
  ['reads the letters', 'GET', () => `${relay}/letters`, undefined, [200, 200, 404, 404, 404]],
  ['answers', 'POST', () => `${relay}/letters`, () => ({ id: uuid(), body: 'Bonjour' }), [201, 201, 404, 404, 404]],
  ['marks the letters as read', 'PUT', () => `${relay}/read`, () => ({ position: 1 }), [200, 200, 404, 404, 404]],
];
const aTrialNeed = (changes = {}) => aNeed({ concept: 'essai', ...changes });
const aTrialOffer = (changes = {}) => anOffer({ concepts: ['essai'], ...changes });
const aTrialProject = (changes = {}) => aProject({ theme: 'essai', concepts: ['essai'], ...changes });
async function newNote(): Promise<string> {
  const id = uuid();
  await app.call('POST', `${project}/updates`, { cookie: member.cookie, body: { id, body: 'Une note du journal.' } });
  return `${project}/updates/${id}`;
}
const aTransfer = (state = 'contact') => ({ id: uuid(), state, reason: '', content: {} });
const aReview = { grid: { evidence: 1, usefulness: 1, clarity: 1, sustainability: 1, inclusion: 1 } };
const aReport = (targetKind: string, targetId: string) => ({ id: uuid(), targetKind, targetId, reason: 'other', text: '' });
const aDraft = (sequence: number) => ({ sequence, body: 'Un autre brouillon' });
const aPostWithFile = async () => aPostBody({ attachments: [(await buildAttachment(app, member)).id] });

// Whether an answer that everybody gets tells of a thing: member, colleague, guest of the closed space, outsider, moderator.
type Telling = [name: string, path: (thread: ThreadView) => string, mark: (thread: ThreadView) => string];
const title = (one: ThreadView) => one.title;
const ofThreads: Telling[] = [
  ['the spaces', () => '/api/spaces', (one) => one.space.slug],
  ['the threads', () => '/api/threads?limit=100', title],
  ['the threads that look alike', (one) => `/api/threads/similar?title=${encodeURIComponent(one.title)}`, title],
  ['the search', (one) => `/api/search?q=${encodeURIComponent(one.title)}&limit=50`, title],
  ['the home page, though followed', () => '/api/home', title],
  ['the facts since the beginning', () => '/api/events?since=0&limit=500', title],
  ['the hits while typing', (one) => `/api/search/suggest?q=${encodeURIComponent(one.title)}`, title],
  ['the drafts, though begun', () => '/api/drafts', title],
  ['the draft, though begun', (one) => `/api/drafts/thread:${one.id}`, title],
  ['the page of the practice', () => LISTED, title],
  ['the page of the city', () => `/api/organisations/${writerCity}`, title],
];
const ofPeople: [name: string, path: () => string, mark: () => string, told: boolean[]][] = [
  ['the account of the member', () => '/api/me', () => member.accountId, [true, false, false, false, false]],
  ['what waits for the city of the member', () => '/api/practice-tasks', () => 'essai-draft', [true, false, false, false, false]],
  ['the transfers', () => '/api/transfers', () => 'essai-published', [true, true, false, true, true]],
  ['the sessions of the member', () => '/api/me/sessions', () => member.sessionId, [true, false, false, false, false]],
  ['the functions of a city', () => `/api/organisations/${writerCity}`, () => 'Secrétaire du conseil', [true, true, false, true, true]],
  ['the directory of mentions', () => '/api/mention-targets', () => 'Secrétaire du conseil', [true, true, false, true, true]],
];

/** What each of the five gets; who is not signed in gets nothing. */
async function ask(method: string, path: () => string | Promise<string>, body?: () => unknown): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (const cookie of [undefined, ...everybody().map((who) => who.cookie)]) {
    const place = await path();
    const headers = place.startsWith('/api/uploads') ? uploadHeaders() : {};
    answers.push(await app.call(method, place, { headers, ...(cookie && { cookie }), ...(body && { body: await body() }) }));
  }
  expect(answers.shift()?.status).toBe(401);
  return answers;
}
const statuses = async (method: string, path: () => string | Promise<string>, body?: () => unknown) =>
  (await ask(method, path, body)).map((answer) => answer.status);

describe('who may do what', () => {
  const each = (lines: Line[]) =>
    it.each(lines)('%s', async (_name, method, path, body, expected) => expect(await statuses(method, path, body)).toEqual(expected));
  describe('in a closed space', () => each(inTheClosedSpace));
  describe('in a confidential space', () => each(inAConfidentialSpace));
  describe('with what belongs to the member', () => each(ofTheMember));
  describe('in the network', () => each(inTheNetwork));
  describe('in the library', () => each(inTheLibrary));
  describe('in a project', () => each(inAProject));
  describe('between cities', () => each(betweenCities));
  describe('in a private conversation', () => each(inARelay));
});

describe('who is told', () => {
  beforeAll(() => app.app.get(LiveIndex).settled());
  it.each(ofThreads)('of threads by %s', async (_name, path, mark) => {
    const told = async (one: ThreadView) => (await ask('GET', () => path(one))).map(({ text }) => text.includes(mark(one)));
    expect(await told(closedThread)).toEqual([true, true, true, false, true]);
    expect(await told(confidentialThread)).toEqual([true, true, false, false, false]);
  });
  it.each(ofPeople)('%s', async (_name, path, mark, expected) => {
    expect((await ask('GET', path)).map(({ text }) => text.includes(mark()))).toEqual(expected);
  });
});

describe('signing out', () => {
  it.each(ENDING)('by %s ends sessions of the own account only', async (route) => {
    const [leaving, staying] = [await buildMember(app), await buildMember(app)];
    const [method = '', path = ''] = route.split(' ');
    expect([(await app.call(method, path)).status, (await app.call(method, path, { cookie: leaving.cookie })).status]).toEqual([401, 204]);
    const after = async (who: Member) => (await app.call('GET', '/api/me', { cookie: who.cookie })).status;
    expect([await after(leaving), await after(staying), await after(member)]).toEqual([401, 200, 200]);
  });
});

describe('every route of the application', () => {
  it('refuses who is not signed in, unless it is on the short list of public ones', async () => {
    const open: string[] = [];
    for (const route of routesOf(app)) {
      const [method = '', path = ''] = route.split(' ');
      for (const one of method === 'ALL' ? ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] : [method]) {
        const { status } = await app.call(one, path.replace(/:\w+/g, uuid()), one === 'GET' || one === 'DELETE' ? {} : { body: {} });
        if (status !== 401) open.push(route);
      }
    }
    // A sign-in without credentials is refused as invalid input, hence not 401.
    expect(open.sort()).toEqual([...PUBLIC].sort());
  });

  it('has a line above: a new one says who may use it', async () => {
    const lines = [
      ...[
        ...inTheClosedSpace,
        ...inAConfidentialSpace,
        ...ofTheMember,
        ...inTheNetwork,
        ...inTheLibrary,
        ...inAProject,
        ...betweenCities,
        ...inARelay,
      ].map(([, method, path]) => [method, path] as const),
      ...ofThreads.map(([, path]) => ['GET', () => path(closedThread)] as const),
      ...ofPeople.map(([, path]) => ['GET', path] as const),
    ];
    const asked = await Promise.all(lines.map(async ([method, path]) => `${method} ${(await path()).replace(/\?.*/, '')}`));
    const routes = routesOf(app);
    expect(routes.length).toBeGreaterThan(40);
    expect(untried(routes, [...PUBLIC, ...ENDING, ...asked])).toEqual([]);
  });
});
