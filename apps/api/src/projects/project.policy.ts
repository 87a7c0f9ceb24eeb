import { PROJECT_LIFE, type ProjectAction, type ProjectRole, type ProjectStanding, stepsFrom } from '@passerelle/contract';
import { type Actor, canModerate, canWrite, isGuest } from '../platform/index.js';

/** What decides about a project, as it is stored. */
export interface ProjectFacts extends ProjectStanding {
  /** The lead city. */
  organisationId: string;
  /** The actor's city has joined. */
  joined: boolean;
  /** The actor only prepares for somebody else of the city. */
  preparesOnly: boolean;
}

const isWriter = (actor: Actor) => canWrite(actor) && !isGuest(actor);
export const isLead = (actor: Actor, project: Pick<ProjectFacts, 'organisationId'>) => isWriter(actor) && actor.capacity?.organisationId === project.organisationId;

/** In which parts the actor may act now. */
export function rolesOf(actor: Actor, project: ProjectFacts): ProjectRole[] {
  const roles: ProjectRole[] = [];
  if (isLead(actor, project)) roles.push('lead', ...(project.preparesOnly ? [] : (['signatory'] as const)));
  if (canModerate(actor)) roles.push('moderator');
  return roles;
}
export const offeredActions = (actor: Actor, project: ProjectFacts): ProjectAction[] => stepsFrom(PROJECT_LIFE, project.stage, rolesOf(actor, project));

const isOver = (project: ProjectFacts) => project.stage === 'finished' || project.stage === 'stopped';
/** The lead writes the sheet, until the project is over. */
export const canEditProject = (actor: Actor, project: ProjectFacts) => isLead(actor, project) && !isOver(project);
/** Every city that takes part writes in the journal, also about the end. */
export const canUpdate = (actor: Actor, project: ProjectFacts) => isWriter(actor) && (isLead(actor, project) || project.joined);
/** Joining commits the city: not for those who only prepare. */
export const canJoin = (actor: Actor, project: ProjectFacts) => isWriter(actor) && !isLead(actor, project) && !project.joined && !project.preparesOnly && !isOver(project);
export const canLeave = (actor: Actor, project: ProjectFacts) => isWriter(actor) && project.joined && !project.preparesOnly;
export const canRemoveUpdate = (actor: Actor, update: { author_person_id: string }) => update.author_person_id === actor.personId || canModerate(actor);
export const canDraftPractice = (actor: Actor, project: ProjectFacts) => project.stage === 'finished' && canUpdate(actor, project);
