import { v7 as uuid } from 'uuid';
import { MentionIndex } from '../organisations/index.js';
import type { Database } from '../platform/index.js';
import { readForum, readPractices, type ThreadLine } from './data-files.js';
import { loadSpaces, loadThreads } from './load-forum.js';
import { loadPeople } from './load-people.js';
import { loadPractices } from './load-practices.js';
import { loadProjects } from './load-projects.js';
import { loadReading } from './load-reading.js';
import { LOAD_LOCK, organisationIds } from './load-reference.js';
import { referenceLinks } from './reference-links.js';

const DAY_MS = 86_400_000;

/**
 * Loads practices, accounts and the fictitious forum, once per database and whole or not at all.
 * @param hashPassword gives the hash of the password that all demonstration accounts share.
 * @returns whether this call has loaded them. @throws Error when `loadReference` has not run before.
 */
export async function loadDemonstration(database: Database, hashPassword: () => Promise<string>): Promise<boolean> {
  if (await database.row('SELECT 1 FROM demonstration_load')) return false;
  const [forum, practices, passwordHash] = await Promise.all([readForum(), readPractices(), hashPassword()]);
  return database.transaction(async (tx) => {
    await tx.run('SELECT pg_advisory_xact_lock($1)', [LOAD_LOCK]);
    if ((await tx.run('INSERT INTO demonstration_load (id) VALUES (1) ON CONFLICT (id) DO NOTHING')) === 0) return false;
    const organisations = await organisationIds(tx);
    const practiceIds = await loadPractices(tx, practices, organisations);
    const speakers = await loadPeople(tx, forum, organisations, passwordHash);
    const spaces = await loadSpaces(tx, forum.spaces, forum.threads, speakers);
    const loadedAt = Date.now();
    const threadIds = new Map(forum.threads.map((thread) => [thread.ref, uuid({ msecs: loadedAt - ageOf(thread) * DAY_MS })]));
    const linkReferences = referenceLinks(forum.threads, threadIds, practices, forum.spaces);
    const context = { speakers, practices: practiceIds, threadIds, loadedAt, linkReferences, mentions: new MentionIndex(tx) };
    const threads = await loadThreads(tx, forum.threads, spaces, context);
    await loadProjects(tx, forum.threads, context);
    await loadReading(tx, threads, speakers, new Map([...spaces.values()].map((space) => [space.id, space.members])));
    return true;
  });
}

const ageOf = (thread: ThreadLine) => thread.posts[0]?.daysAgo ?? 0;
