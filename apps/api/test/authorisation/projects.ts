import { v7 as uuid } from 'uuid';
import { type Line, stale } from './lines.js';
import { aTrialNeed, aTrialOffer, aTrialProject, world } from './world.js';

async function newNote(): Promise<string> {
  const id = uuid();
  await world.app.call('POST', `${world.project}/updates`, { cookie: world.member.cookie, body: { id, body: 'Une note du journal.' } });
  return `${world.project}/updates/${id}`;
}

// The project is led by the city of the member.
export const inAProject: Line[] = [
  ['lists the projects', 'GET', () => '/api/projects', undefined, [200, 200, 404, 200, 200]],
  ['lists them by stage', 'GET', () => '/api/projects/board', undefined, [200, 200, 404, 200, 200]],
  ['starts a project', 'POST', () => '/api/projects', () => ({ id: uuid(), content: aTrialProject() }), [201, 201, 403, 201, 201]],
  ['reads the project', 'GET', () => world.project, undefined, [200, 200, 404, 200, 200]],
  [
    'edits the project',
    'PATCH',
    () => world.project,
    () => stale({ content: aTrialProject({ title: 'Un autre' }) })(),
    [409, 403, 404, 403, 403],
  ],
  ['takes a step', 'POST', () => `${world.project}/actions`, stale({ action: 'prepare', reason: '' }), [409, 403, 404, 403, 403]],
  ['joins with the own city', 'PUT', () => `${world.project}/membership`, undefined, [200, 200, 404, 200, 200]],
  ['leaves again', 'DELETE', () => `${world.project}/membership`, undefined, [403, 200, 404, 200, 200]],
  ['follows the project', 'PUT', () => `${world.project}/follow`, undefined, [200, 200, 404, 200, 200]],
  ['no longer follows it', 'DELETE', () => `${world.project}/follow`, undefined, [200, 200, 404, 200, 200]],
  ['reads the journal', 'GET', () => `${world.project}/updates`, undefined, [200, 200, 404, 200, 200]],
  ['writes in the journal', 'POST', () => `${world.project}/updates`, () => ({ id: uuid(), body: 'Fait.' }), [201, 403, 404, 403, 403]],
  ['removes the note', 'DELETE', () => newNote(), undefined, [200, 403, 404, 403, 200]],
  ['makes a practice of it', 'GET', () => `${world.project}/practice-draft`, undefined, [409, 403, 404, 403, 403]],
];

// The need and the offer are of the city of the member, who has asked to be introduced to the city of the colleague.
export const betweenCities: Line[] = [
  ['lists the needs', 'GET', () => '/api/needs', undefined, [200, 200, 404, 200, 200]],
  ['writes a need', 'POST', () => '/api/needs', () => ({ id: uuid(), content: aTrialNeed() }), [201, 201, 403, 201, 201]],
  ['reads the need', 'GET', () => `/api/needs/${world.need}`, undefined, [200, 200, 404, 200, 200]],
  [
    'edits the need',
    'PATCH',
    () => `/api/needs/${world.need}`,
    () => stale({ content: aTrialNeed({ urgency: 'high' }) })(),
    [409, 403, 404, 403, 403],
  ],
  ['moves the need', 'POST', () => `/api/needs/${world.need}/actions`, stale({ action: 'meet' }), [409, 403, 404, 403, 403]],
  ['asks who could help', 'GET', () => `/api/needs/${world.need}/suggestions`, undefined, [200, 403, 404, 403, 200]],
  ['lists the offers', 'GET', () => '/api/offers', undefined, [200, 200, 404, 200, 200]],
  ['makes an offer', 'POST', () => '/api/offers', () => ({ id: uuid(), content: aTrialOffer() }), [201, 201, 403, 201, 201]],
  ['reads the offer', 'GET', () => `/api/offers/${world.offer}`, undefined, [200, 200, 404, 200, 200]],
  [
    'edits the offer',
    'PATCH',
    () => `/api/offers/${world.offer}`,
    () => stale({ content: aTrialOffer({ capacity: 'Une' }) })(),
    [409, 403, 404, 403, 403],
  ],
  ['suspends the offer', 'POST', () => `/api/offers/${world.offer}/actions`, stale({ action: 'suspend' }), [409, 403, 404, 403, 409]],
  ['lists the introductions', 'GET', () => '/api/introductions', undefined, [200, 200, 404, 200, 200]],
  ['reads the introduction', 'GET', () => `/api/introductions/${world.introduction}`, undefined, [200, 200, 404, 404, 200]],
  ['accepts', 'POST', () => `/api/introductions/${world.introduction}/actions`, stale({ action: 'accept-by-helper' }), [403, 409, 404, 404, 403]],
  ['reads earlier messages', 'GET', () => `/api/introductions/${world.introduction}/messages`, undefined, [200, 200, 404, 404, 404]],
  [
    'writes to the other',
    'POST',
    () => `/api/introductions/${world.introduction}/messages`,
    () => ({ id: uuid(), body: 'Bonjour' }),
    [409, 409, 404, 404, 403],
  ],
  ['comes forward', 'POST', () => '/api/introductions', () => ({ id: uuid(), need: world.need }), [400, 409, 404, 201, 201]],
];
