import type { LettersPage, RelaysPage, RelayView } from '@passerelle/contract';
import { v7 as uuid } from 'uuid';
import type { Answer, TestApp } from '../support/app.js';
import type { Member } from './forum.js';
import { slugOf } from './projects.js';

type Words = { id?: string; body?: string };

/** Asks to open a conversation: with a city by its id, or about a practice by its reference. */
export async function write(app: TestApp, who: Member, to: { organisationId: string } | { practice: string }, { id = uuid(), body = 'Bonjour, comment avez-vous financé cela ?' }: Words = {}): Promise<Answer> {
  const subject = 'practice' in to ? to : { organisation: await slugOf(app, to.organisationId) };
  return app.call('POST', '/api/relay', { cookie: who.cookie, body: { id, ...subject, body } });
}

/** A conversation that was opened. */
export async function buildRelay(app: TestApp, who: Member, to: { organisationId: string } | { practice: string }, words: Words = {}): Promise<RelayView> {
  const answer = await write(app, who, to, words);
  if (answer.status !== 201) throw new Error(`buildRelay: ${answer.status} ${answer.text}`);
  return answer.json as unknown as RelayView;
}

export const send = (app: TestApp, who: Member, relay: string, { id = uuid(), body = 'Par la taxe de marché, sur trois ans.' }: Words = {}): Promise<Answer> =>
  app.call('POST', `/api/relay/${relay}/letters`, { cookie: who.cookie, body: { id, body } });
export const markRead = (app: TestApp, who: Member, relay: string, position: number): Promise<Answer> => app.call('PUT', `/api/relay/${relay}/read`, { cookie: who.cookie, body: { position } });

const get = (app: TestApp, who: Member, path: string) => app.call('GET', path, { cookie: who.cookie });
export const relayStatus = async (app: TestApp, who: Member, relay: string): Promise<number> => (await get(app, who, `/api/relay/${relay}`)).status;
export const relayOf = async (app: TestApp, who: Member, relay: string): Promise<RelayView> => (await get(app, who, `/api/relay/${relay}`)).json as unknown as RelayView;
export const lettersOf = async (app: TestApp, who: Member, relay: string, query = ''): Promise<LettersPage> => (await get(app, who, `/api/relay/${relay}/letters${query}`)).json as unknown as LettersPage;
export const relaysOf = async (app: TestApp, who: Member, query = ''): Promise<RelaysPage> => (await get(app, who, `/api/relay${query}`)).json as unknown as RelaysPage;

/** The function ended yesterday. The session still remembers it for half a minute: nobody forgets it here. */
export const endMandate = (app: TestApp, who: Member): Promise<number> => app.database.run('UPDATE mandate SET valid_to = current_date - 1 WHERE person_id = $1', [who.personId]);
