import { ProjectContent } from '@passerelle/contract';
import { frenchTypography } from '@passerelle/text';
import { plainText } from '@passerelle/text/markdown';
import { v7 as uuid } from 'uuid';
import { requestHash } from '../forum/index.js';
import type { Sql } from '../platform/index.js';
import { DERIVED, derivedColumns } from '../projects/project-store.js';
import type { ThreadLine } from './data-files.js';
import { asBytea, insertRows } from './insert-rows.js';
import type { ForumContext } from './load-forum.js';
import { voiceKey } from './load-people.js';

const DAY_MS = 86_400_000;
const PROBLEM_MAX = 4_000;
// Threads in which a city sets out a project of its own, and what their first message says is sought. They name no figure
// and no date, so the sheets hold none and stay ideas.
const PROJECTS: Record<string, ProjectContent['sought'][number]['kind'][]> = { 'fil-103': ['expertise'], 'fil-115': ['expertise', 'partner'] };

/** Gives two threads of kind project their sheet, made of the words of the thread alone. */
export async function loadProjects(tx: Sql, threads: ThreadLine[], context: ForumContext): Promise<void> {
  const chosen = threads.filter((thread) => thread.ref in PROJECTS);
  const rows = chosen.map((thread) => projectRow(thread, context));
  await insertRows(tx, 'project', rows);
  for (const [index, thread] of chosen.entries()) await tx.run('UPDATE thread SET project_id = $2 WHERE id = $1', [context.threadIds.get(thread.ref), rows[index]?.id]);
}

function projectRow(thread: ThreadLine, { speakers, linkReferences, loadedAt }: ForumContext) {
  const [first] = thread.posts;
  const author = first && speakers.get(voiceKey(first.by));
  if (!first || !author) throw new Error(`Demonstration data: nobody leads the project of ${thread.ref}`);
  // The no-break spaces stand in the column that cards and sheets show: what is written by hand has none.
  const title = frenchTypography(thread.title);
  const content = ProjectContent.parse({
    title, language: thread.language, theme: thread.theme, concepts: thread.concepts, problem: frenchTypography(plainText(linkReferences(first.body, thread), PROBLEM_MAX)),
    sought: (PROJECTS[thread.ref] ?? []).map((kind) => ({ kind })),
  });
  const at = new Date(loadedAt - first.daysAgo * DAY_MS).toISOString();
  const columns = Object.fromEntries(DERIVED.map((column, place) => [column, derivedColumns(content)[place]]));
  return {
    id: uuid({ msecs: Date.parse(at) }), ref: `demo-${thread.ref}`, organisation_id: author.organisationId, stage: 'idea', stage_at: at, ...columns, title, content, owner_person_id: author.personId, owner_name: author.name,
    owner_function: author.function, request_hash: asBytea(requestHash(content)), version: 1, created_at: at, updated_at: at,
  };
}
