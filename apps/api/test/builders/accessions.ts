import type { AccessionDocumentKind, AccessionView } from '@passerelle/contract';
import { v7 as uuid } from 'uuid';
import type { Answer, TestApp } from '../support/app.js';
import { buildCity, type Member } from './forum.js';

/** A day as the clock of the server has it. */
export const today = () => new Date().toISOString().slice(0, 10);
export const read = (answer: Answer): AccessionView => {
  if (answer.status > 201) throw new Error(`${answer.status} ${answer.text}`);
  return answer.json as unknown as AccessionView;
};
const path = ({ id }: Pick<AccessionView, 'id'>, rest: string) => `/api/accessions/${id}${rest}`;
type Seen = Pick<AccessionView, 'id' | 'version'>;

export const slugOfCity = async (app: TestApp, id: string) => (await app.database.row<{ slug: string }>('SELECT slug FROM organisation WHERE id = $1', [id]))?.slug ?? '';
export const anAccessionBody = async (app: TestApp, changes: Record<string, unknown> = {}) => ({ id: uuid(), organisation: await slugOfCity(app, await buildCity(app)), sought: 'member', instrument: 'deliberation', ...changes });
export const open = async (app: TestApp, by: Member, changes: Record<string, unknown> = {}): Promise<AccessionView> =>
  read(await app.call('POST', '/api/accessions', { cookie: by.cookie, body: await anAccessionBody(app, changes) }));
export const look = (app: TestApp, who: Member, one: Pick<AccessionView, 'id'>) => app.call('GET', path(one, ''), { cookie: who.cookie });
export const moveDocument = (app: TestApp, who: Member, one: Seen, kind: AccessionDocumentKind, state: string) => app.call('PUT', path(one, `/documents/${kind}`), { cookie: who.cookie, body: { version: one.version, state } });
export const handIn = (app: TestApp, who: Member, one: Seen, kind: AccessionDocumentKind, attachment: string) => app.call('POST', path(one, `/documents/${kind}/files`), { cookie: who.cookie, body: { version: one.version, attachment } });
export const askOpinion = (app: TestApp, who: Member, one: Seen) => app.call('POST', path(one, '/opinion-request'), { cookie: who.cookie, body: { version: one.version } });
export const giveOpinion = (app: TestApp, who: Member, one: Seen, changes: Record<string, unknown> = {}) =>
  app.call('PUT', path(one, '/opinion'), { cookie: who.cookie, body: { version: one.version, opinion: 'favourable', words: 'Une ville voisine et sérieuse.', ...changes } });
export const aDecision = ({ version }: Seen, changes: Record<string, unknown> = {}) => ({ id: uuid(), version, outcome: 'accepted', body: 'assembly', session: '46e Assemblée générale', on: today(), words: 'La candidature est acceptée à l’unanimité.', ...changes });
export const decide = (app: TestApp, who: Member, one: Seen, changes: Record<string, unknown> = {}) => app.call('POST', path(one, '/decisions'), { cookie: who.cookie, body: aDecision(one, changes) });

/** Everything is there that an acceptance needs. */
export async function readyToDecide(app: TestApp, secretariat: Member, changes: Record<string, unknown> = {}): Promise<AccessionView> {
  let view = await open(app, secretariat, changes);
  for (const { kind } of (view.documents ?? []).slice(0, 3)) view = read(await moveDocument(app, secretariat, view, kind, 'accepted'));
  return view.opinion.state === 'not-needed' ? view : read(await askOpinion(app, secretariat, view));
}

/** Member cities of a country, as many as asked. */
export async function fillSeats(app: TestApp, country: string, count: number, state = 'member'): Promise<void> {
  for (let n = 0; n < count; n++) await app.database.run('INSERT INTO membership (id, organisation_id, state) VALUES ($1, $2, $3)', [uuid(), await buildCity(app, { country }), state]);
}
