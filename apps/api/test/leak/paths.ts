import { v7 as uuid } from 'uuid';
import { COMMON, MARKER, stage } from './secret.js';

type Paths = () => string[];
const q = encodeURIComponent;
/** What stands in the place of ids before there is anything inside. */
const NOBODYS = { slug: 'nulle-part', thread: uuid(), post: uuid(), file: uuid(), case: uuid(), rule: uuid() };

/** Addresses of things inside and outside of the confidential space for each route with places or a needed question. */
const FILLED: Record<string, Paths> = {
  'ALL /api/uploads/:id': () => [`/api/uploads/${stage.file}`],
  'GET /api/accessions/:id': () => [`/api/accessions/${NOBODYS.file}`],
  'GET /api/attachments/:id': () => [`/api/attachments/${stage.file}`],
  'GET /api/drafts/:key': () => [`/api/drafts/thread:${stage.thread.id}`],
  'GET /api/events': () => ['/api/events?since=0&limit=500'],
  'GET /api/invitation-batches/:id/file': () => [`/api/invitation-batches/${NOBODYS.file}/file`],
  'GET /api/introductions/:id': () => [`/api/introductions/${stage.ids.introduction}`],
  'GET /api/introductions/:id/messages': () => [`/api/introductions/${stage.ids.introduction}/messages`],
  'GET /api/me/exports/:id/file': () => [`/api/me/exports/${NOBODYS.file}/file`],
  'GET /api/mandates/:id/successors': () => [`/api/mandates/${stage.ids.mandate}/successors`],
  'GET /api/moderation/cases/:id': () => [`/api/moderation/cases/${stage.case}`],
  'GET /api/moderation/rules/:id/versions': () => ['/api/moderation/rules/sujet/versions'],
  'GET /api/moderation/newcomers/:id': () => [`/api/moderation/newcomers/${stage.insider.accountId}`],
  'GET /api/moderation/watch-rules/:id': () => [`/api/moderation/watch-rules/${stage.rule}`],
  'GET /api/needs/:id': () => [`/api/needs/${stage.ids.need}`],
  'GET /api/needs/:id/suggestions': () => [`/api/needs/${stage.ids.need}/suggestions`],
  'GET /api/offers/:id': () => [`/api/offers/${stage.ids.offer}`],
  'GET /api/organisations/:slug': () => [`/api/organisations/${stage.city}`],
  'GET /api/people/:id': () => [`/api/people/${stage.animator.personId}`],
  'GET /api/posts/:id': () => [`/api/posts/${stage.post.id}`, `/api/posts/${stage.openPost.id}`],
  'GET /api/posts/:id/revisions': () => [`/api/posts/${stage.post.id}/revisions`],
  'GET /api/practice-folders/:id': () => [`/api/practice-folders/${stage.ids.folder}`],
  'GET /api/practices/:ref': () => [`/api/practices/${stage.practice}`],
  'GET /api/practices/:ref/pdf': () => [`/api/practices/${stage.practice}/pdf`],
  'GET /api/practices/:ref/revisions': () => [`/api/practices/${stage.practice}/revisions`],
  'GET /api/projects/:ref': () => [`/api/projects/${stage.project}`],
  'GET /api/projects/:ref/practice-draft': () => [`/api/projects/${stage.project}/practice-draft`],
  'GET /api/projects/:ref/updates': () => [`/api/projects/${stage.project}/updates`],
  'GET /api/relay/:id': () => [`/api/relay/${stage.ids.relay}`],
  'GET /api/relay/:id/letters': () => [`/api/relay/${stage.ids.relay}/letters`],
  'GET /api/relay/addressee': () => [`/api/relay/addressee?practice=${stage.practice}`],
  'GET /api/role-mailboxes/:slug': () => [`/api/role-mailboxes/${stage.city}`],
  'GET /api/search': () => ['', `?q=${q(COMMON)}&limit=50`, '?q=Zorglonda', `?q=${q(`${COMMON} -savon`)}`].map((rest) => `/api/search${rest}`),
  'GET /api/search/suggest': () => [`/api/search/suggest?q=${q(COMMON)}`, '/api/search/suggest?q=Zorglon'],
  'GET /api/spaces/:slug': () => [`/api/spaces/${stage.space.slug}`],
  'GET /api/spaces/:slug/candidates': () => [`/api/spaces/${stage.space.slug}/candidates?q=ville`],
  'GET /api/spaces/:slug/invitations': () => [`/api/spaces/${stage.space.slug}/invitations`],
  'GET /api/spaces/:slug/members': () => [`/api/spaces/${stage.space.slug}/members`],
  'GET /api/spaces/:slug/requests': () => [`/api/spaces/${stage.space.slug}/requests`],
  'GET /api/spaces/directory': () => ['/api/spaces/directory', '/api/spaces/directory?archived=true'],
  'GET /api/threads': () => ['', `?space=${stage.space.slug}`, `?organisation=${stage.city}`, '?filter=unanswered', '?filter=followed', '?kind=announcement', '?theme=essai'].map((rest) => `/api/threads${rest}`),
  'GET /api/threads/:id': () => [`/api/threads/${stage.thread.id}`, `/api/threads/${stage.openThread.id}`],
  'GET /api/threads/:id/acts': () => [`/api/threads/${stage.thread.id}/acts`],
  'GET /api/threads/:id/guest-candidates': () => [`/api/threads/${stage.thread.id}/guest-candidates?q=ville`],
  'GET /api/threads/:id/guests': () => [`/api/threads/${stage.thread.id}/guests`],
  'GET /api/threads/:id/posts': () => [`/api/threads/${stage.thread.id}/posts`, `/api/threads/${stage.openThread.id}/posts`],
  'GET /api/threads/similar': () => [`/api/threads/similar?title=${q(`Le bassin des ${COMMON}`)}`, '/api/threads/similar?title=Le%20dossier%20Zorglon'],
  'GET /api/transfers/:id': () => [`/api/transfers/${stage.ids.transfer}`],
  'GET /public*': () => ['/public/'],
  'GET /public/fichiers/:id': () => [`/public/fichiers/${stage.file}`],
  'GET /public/fichiers/:id/:size': () => [`/public/fichiers/${stage.file}/thumbnail`],
  'GET /public/pratiques/:ref': () => [`/public/pratiques/${stage.practice}`],
  'GET /public/villes/:slug': () => [`/public/villes/${stage.city}`],
};

/** A route without places is asked as it is; one with places that nobody has filled gives null. */
export function pathsOf(route: string): string[] | null {
  const [, path = ''] = route.split(' ');
  const filled = FILLED[route]?.();
  return filled ?? (/[:*]/.test(path) ? null : [path]);
}

/** As if there were a space: its addresses lead to nothing. */
export const imagineSecrets = () => Object.assign(stage, { space: { slug: NOBODYS.slug }, thread: { id: NOBODYS.thread }, post: { id: NOBODYS.post }, file: NOBODYS.file, case: NOBODYS.case, rule: NOBODYS.rule });
/** A text with ids of what was never there in the place of those of the confidential space. */
export const disguised = (text: string) =>
  [[stage.space.slug, NOBODYS.slug], [stage.thread.id, NOBODYS.thread], [stage.post.id, NOBODYS.post], [stage.file, NOBODYS.file], [stage.case, NOBODYS.case], [stage.rule, NOBODYS.rule]].reduce((now, [real = '', none = '']) => now.replaceAll(real, none), text);

export const tellsOf = (text: string) => text.toLowerCase().includes(MARKER.toLowerCase());
