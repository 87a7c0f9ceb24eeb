import { PracticeContent, type PracticeAction, type PracticeTask, type PracticeView } from '@passerelle/contract';
import { v7 as uuid } from 'uuid';
import { loadReference } from '../../src/demo/index.js';
import type { Answer, TestApp } from '../support/app.js';
import { buildCity, buildMember, type Member } from './forum.js';

const words = (count: number) => Array.from({ length: count }, (_, n) => `mot${n}`).join(' ');

/** An entry that fulfils the short form. */
export const aShortEntry = (changes: Partial<PracticeContent> = {}): PracticeContent =>
  PracticeContent.parse({
    title: 'Des marchés couverts tenus propres par les vendeuses',
    theme: 'dechets-proprete',
    concepts: ['dechets'],
    start: '2022-03',
    problem: words(40),
    solution: words(60),
    summary: words(70),
    contact: 'Direction des marchés',
    ...changes,
  });

/** An entry with all that an expert's mark asks for, except pictures: `photo` is the id of one. */
export const aFullEntry = (photo: string, changes: Partial<PracticeContent> = {}): PracticeContent =>
  PracticeContent.parse({
    ...aShortEntry(),
    resources: 'Deux agents et un magasin',
    costRange: '<50k',
    partners: [{ name: 'Association des vendeuses', support: ['technical'] }],
    beneficiaries: { count: 1200, estimated: true },
    results: [
      { indicator: 'Jours de fermeture par mois', before: '2', after: '0' },
      { indicator: 'Déchets triés', before: '0', after: '4', unit: 'tonnes' },
    ],
    difficulties: words(25),
    transferability: { level: 'with-adaptation' },
    gender: { marker: 1, note: '' },
    sdgs: [11],
    photos: [{ attachment: photo, alt: 'Une allée du marché', credit: 'Ville', consent: true }],
    availableFor: ['call'],
    steps: [
      { id: uuid(), title: 'Recenser' },
      { id: uuid(), title: 'Former' },
    ],
    evidence: [{ kind: 'data', label: 'Registre du marché' }],
    successFactors: 'Un comité de vendeuses',
    conditions: 'Un point d’eau',
    ...changes,
  });

/** A picture of the member that no message holds yet. */
export async function buildPicture(app: TestApp, owner: Member): Promise<string> {
  const id = uuid();
  await app.database.run(
    `INSERT INTO attachment (id, owner_account_id, name, type, bytes, storage_key) VALUES ($1, $2, 'marche.webp', 'image/webp', 10, $3)`,
    [id, owner.accountId, id],
  );
  return id;
}

export async function buildDraft(app: TestApp, owner: Member, content: PracticeContent = aShortEntry()): Promise<PracticeView> {
  const answer = await app.call('POST', '/api/practices', { cookie: owner.cookie, body: { id: uuid(), content } });
  if (answer.status !== 201) throw new Error(`buildDraft: ${answer.status} ${answer.text}`);
  return answer.json as unknown as PracticeView;
}

export const act = (app: TestApp, who: Member, practice: Pick<PracticeView, 'ref' | 'version'>, action: PracticeAction, more: Record<string, unknown> = {}) =>
  app.call('POST', `/api/practices/${practice.ref}/actions`, { cookie: who.cookie, body: { version: practice.version, action, ...more } });

/** Takes actions one after the other, each of which must succeed. */
export async function go(app: TestApp, practice: PracticeView, ...steps: [Member, PracticeAction, Record<string, unknown>?][]): Promise<PracticeView> {
  let view = practice;
  for (const [who, action, more] of steps) {
    const answer = await act(app, who, view, action, more);
    if (answer.status !== 200) throw new Error(`${action}: ${answer.status} ${answer.text}`);
    view = answer.json as unknown as PracticeView;
  }
  return view;
}

/** Makes `preparer` prepare for `principal`, or act, both of one city. */
export async function buildDelegation(app: TestApp, principal: Member, preparer: Member, scope: 'prepare' | 'act' = 'prepare'): Promise<void> {
  await app.database.run(
    `INSERT INTO delegation (id, from_mandate_id, to_mandate_id, scope) SELECT $1, f.id, t.id, $4 FROM mandate f, mandate t WHERE f.person_id = $2 AND t.person_id = $3`,
    [uuid(), principal.personId, preparer.personId, scope],
  );
}

/** The expert's field. */
export const buildExpertise = (app: TestApp, expert: Member, theme = 'dechets-proprete') =>
  app.database.run('INSERT INTO expertise (person_id, theme_id) VALUES ($1, $2)', [expert.personId, theme]);

/** The secretariat, which belongs to no country. */
export async function buildAssociation(app: TestApp): Promise<string> {
  const id = uuid();
  await app.database.run(
    `INSERT INTO organisation (id, slug, kind, name, country, country_name) VALUES ($1, $2, 'association', 'Secrétariat', 'FR', 'France')`,
    [id, `secretariat-${id}`],
  );
  return id;
}

/** Everybody in the life of a practice: two of its city, others from elsewhere, two experts of whom one is a compatriot. */
export async function buildCast(app: TestApp) {
  await loadReference(app.database);
  const [city, abroad] = [await buildCity(app), await buildCity(app, { country: 'CM' })];
  const mayor = await buildMember(app, { organisationId: city, function: 'Maire' });
  const cabinet = await buildMember(app, { organisationId: city, function: 'Cabinet' });
  await buildDelegation(app, mayor, cabinet);
  const elsewhere = await buildMember(app, { organisationId: abroad });
  const expert = await buildMember(app, { organisationId: await buildCity(app, { country: 'BE' }) });
  const compatriot = await buildMember(app);
  const moderator = await buildMember(app, { role: 'moderator', organisationId: await buildAssociation(app) });
  const guest = await buildMember(app, { role: 'guest', organisationId: abroad });
  for (const one of [expert, compatriot]) await buildExpertise(app, one);
  return { mayor, cabinet, elsewhere, expert, compatriot, moderator, guest };
}
export type Cast = Awaited<ReturnType<typeof buildCast>>;

export const readPractice = (app: TestApp, who: Member, ref: string): Promise<Answer> => app.call('GET', `/api/practices/${ref}`, { cookie: who.cookie });
export const viewOf = async (app: TestApp, who: Member, ref: string) => (await readPractice(app, who, ref)).json as unknown as PracticeView;
export const tasksOf = async (app: TestApp, who: Member) =>
  ((await app.call('GET', '/api/practice-tasks', { cookie: who.cookie })).json as unknown as { items: PracticeTask[] }).items;
/** A whole entry of the mayor's city that a moderator has published for members. */
export async function buildPublished(app: TestApp, { mayor, moderator }: Pick<Cast, 'mayor' | 'moderator'>): Promise<PracticeView> {
  const draft = await buildDraft(app, mayor, aFullEntry(await buildPicture(app, mayor)));
  return go(app, draft, [mayor, 'submit'], [moderator, 'take'], [moderator, 'publish']);
}
export const PRAISE = { evidence: 3, usefulness: 4, clarity: 3, sustainability: 2, inclusion: 3 };
export const review = (app: TestApp, who: Member, ref: string, grid: Record<string, number>, advice = '') =>
  app.call('PUT', `/api/practices/${ref}/review`, { cookie: who.cookie, body: { grid, advice } });
