import {
  type IntroductionAction, type IntroductionView, type NeedAction, NeedContent, type NeedView, OfferContent, type OfferView, type ProjectAction, ProjectContent, type ProjectView,
} from '@passerelle/contract';
import { v7 as uuid } from 'uuid';
import type { Answer, TestApp } from '../support/app.js';
import { countStatements } from '../support/statements.js';
import type { Member } from './forum.js';

/** A sheet with all that every stage needs. */
export const aProject = (changes: Record<string, unknown> = {}): ProjectContent =>
  ProjectContent.parse({
    title: 'Une chambre froide pour les vendeuses de poisson',
    theme: 'developpement-economique',
    concepts: ['marches'],
    problem: 'Ce qui n’est pas vendu à midi part à perte.',
    objectives: ['Conserver la moitié de la pêche invendue'],
    calendar: { start: '2026-03', end: '2027', milestones: [{ id: uuid(), title: 'Étude de l’énergie', due: '2026-06-15', done: true }] },
    currency: 'EUR',
    budget: [
      { label: 'Chambre froide', amount: 60_000 },
      { label: 'Formation', amount: 20_000 },
    ],
    plan: [
      { source: 'Ville', kind: 'city', amount: 16_000, secured: true },
      { source: 'Fonds de coopération', kind: 'network', amount: 64_000 },
    ],
    partners: [{ name: 'Association des vendeuses', support: ['technical'] }],
    sought: [{ kind: 'expertise', text: 'Dimensionner le froid' }],
    risks: [{ text: 'Coupures de courant', answer: 'Une machine à glace' }],
    ...changes,
  });

export const post = (app: TestApp, who: Member, path: string, body: unknown): Promise<Answer> => app.call('POST', path, { cookie: who.cookie, body });

/** The stored object of a request that must succeed. */
async function done<T>(answer: Promise<Answer>): Promise<T> {
  const { status, text, json } = await answer;
  if (status > 201) throw new Error(`${status} ${text}`);
  return json as unknown as T;
}

export const buildProject = (app: TestApp, who: Member, content = aProject()): Promise<ProjectView> => done(post(app, who, '/api/projects', { id: uuid(), content }));
export const actOnProject = (app: TestApp, who: Member, project: Pick<ProjectView, 'ref' | 'version'>, action: ProjectAction, reason = '') =>
  post(app, who, `/api/projects/${project.ref}/actions`, { version: project.version, action, reason });

/** Takes actions one after the other, each of which must succeed. */
export async function advance(app: TestApp, who: Member, project: ProjectView, ...actions: ProjectAction[]): Promise<ProjectView> {
  let view = project;
  for (const action of actions) view = await done(actOnProject(app, who, view, action, 'Une raison suffisante.'));
  return view;
}
export const join = (app: TestApp, who: Member, ref: string) => app.call('PUT', `/api/projects/${ref}/membership`, { cookie: who.cookie });

/** The open space of a theme. */
export async function buildThemeSpace(app: TestApp, theme: string): Promise<string> {
  const id = uuid();
  await app.database.run(`INSERT INTO space (id, slug, access, name_fr, name_en) VALUES ($1, $2, 'open', $2, $2)`, [id, theme]);
  return id;
}

export const aNeed = (changes: Record<string, unknown> = {}): NeedContent =>
  NeedContent.parse({
    title: 'Dimensionner une petite chambre froide',
    concept: 'marches',
    problem: 'Nous ne savons pas calculer l’énergie.',
    wanted: ['advice', 'visit'],
    languages: ['fr'],
    contact: 'Direction des marchés',
    ...changes,
  });
export const anOffer = (changes: Record<string, unknown> = {}): OfferContent =>
  OfferContent.parse({ title: 'Visite de notre machine à glace', concepts: ['marches'], forms: ['visit'], languages: ['fr'], contact: 'Service des équipements', ...changes });

export const actOnNeed = (app: TestApp, who: Member, need: Pick<NeedView, 'id' | 'version'>, action: NeedAction) => post(app, who, `/api/needs/${need.id}/actions`, { version: need.version, action });
export const buildNeed = (app: TestApp, who: Member, content = aNeed()): Promise<NeedView> => done(post(app, who, '/api/needs', { id: uuid(), content }));
export const buildPublishedNeed = async (app: TestApp, who: Member, content = aNeed()): Promise<NeedView> => done(actOnNeed(app, who, await buildNeed(app, who, content), 'publish'));
export const buildOffer = (app: TestApp, who: Member, content = anOffer()): Promise<OfferView> => done(post(app, who, '/api/offers', { id: uuid(), content }));

export const introduce = (app: TestApp, who: Member, body: Record<string, unknown>) => post(app, who, '/api/introductions', { id: uuid(), message: '', ...body });
export const buildIntroduction = (app: TestApp, who: Member, body: Record<string, unknown>): Promise<IntroductionView> => done(introduce(app, who, body));
export const answer = (app: TestApp, who: Member, introduction: Pick<IntroductionView, 'id' | 'version'>, action: IntroductionAction, reason = '') =>
  post(app, who, `/api/introductions/${introduction.id}/actions`, { version: introduction.version, action, reason });
/** Takes steps one after the other, each of which must succeed. */
export async function meet(app: TestApp, introduction: IntroductionView, ...steps: [Member, IntroductionAction][]): Promise<IntroductionView> {
  let view = introduction;
  for (const [who, action] of steps) view = await done(answer(app, who, view, action, 'Une raison suffisante.'));
  return view;
}
export const slugOf = async (app: TestApp, organisation: string) => (await app.database.row<{ slug: string }>('SELECT slug FROM organisation WHERE id = $1', [organisation]))?.slug ?? '';

/** How many statements reading `path` sends. */
export const statementsOf = (app: TestApp, who: Member, path: string) => countStatements(app, () => app.call('GET', path, { cookie: who.cookie }));
