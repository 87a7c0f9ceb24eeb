import type { SearchKind } from '@passerelle/contract';
import type { Sql } from '../platform/index.js';
import type { LogRow } from '../realtime/index.js';
import { attachmentsOf } from '../attachment-text/index.js';

/** What of a fact is looked at: not its detail, which holds whole messages. */
export type Fact = Pick<LogRow, 'type' | 'thread_id' | 'post_id' | 'account_id' | 'subject_id'> & {
  /** Whose text was read. */
  attachment: string | null;
};
export const FACT_COLUMNS = "type, thread_id, post_id, account_id, subject_id, CASE type WHEN 'attachment.read' THEN detail->>'attachment' END AS attachment";

/** Ids of each kind whose entries some facts may have changed. */
export type Changes = Map<SearchKind, Set<string>>;

const RESHAPING = ['thread.split', 'thread.merged', 'thread.moved', 'thread.edited', 'thread.left'];
const SUBJECTS: Record<string, SearchKind> = { practice: 'practice', transfer: 'practice', project: 'project', need: 'need', offer: 'offer' };
/** Facts that change no word: reactions, reading, following. */
const SILENT = ['post.reacted', 'read.moved', 'follow.changed', 'draft.saved', 'project.followed', 'practice.marked', 'session.ended', 'relay.sent', 'relay.read', 'search.renewed', 'space.edited', 'space.joined', 'space.left', 'space.requested', 'space.answered', 'space.invited'];
/** Facts that take nothing out of anybody's sight. */
export const ADDING = [...SILENT, 'attachment.read', 'post.created', 'post.restored', 'thread.created', 'practice.published', 'project.created', 'project.joined', 'accession.moved'];

/** What these facts are about. */
export async function changesOf(sql: Sql, events: readonly Fact[]): Promise<Changes> {
  const changes: Changes = new Map();
  const note = (kind: SearchKind, ids: readonly (string | null)[]) => {
    const set = changes.get(kind) ?? new Set();
    changes.set(kind, set);
    for (const id of ids) if (id !== null) set.add(id);
  };
  const telling = events.filter((event) => !SILENT.includes(event.type));
  for (const event of telling) {
    const family = event.type.slice(0, event.type.indexOf('.'));
    const kind = SUBJECTS[family];
    if (kind) note(kind, [event.subject_id]);
    if (family === 'post') note('post', [event.post_id]);
    if (family === 'thread') note('thread', namedBy(event));
  }
  await noteThreadsOfFirstMessages(sql, telling, note);
  await noteReshaped(sql, telling, note);
  await noteErased(sql, telling, note);
  await noteIntroduced(sql, telling, note);
  await noteDocuments(sql, changes, telling, note);
  await noteFunctions(sql, telling, note);
  await noteCandidates(sql, telling, note);
  return changes;
}

type Note = (kind: SearchKind, ids: readonly string[]) => void;

/** A first message is found as its thread. */
async function noteThreadsOfFirstMessages(sql: Sql, events: readonly Fact[], note: Note): Promise<void> {
  const posts = events.filter((event) => event.type.startsWith('post.')).flatMap((event) => event.post_id ?? []);
  if (posts.length === 0) return;
  note('thread', (await sql.rows<{ thread_id: string }>('SELECT thread_id FROM post WHERE id = ANY($1::uuid[]) AND position = 1', [posts])).map((row) => row.thread_id));
}

/** All messages of a thread that was split, merged, moved or put back: their place or their readers have changed. */
async function noteReshaped(sql: Sql, events: readonly Fact[], note: Note): Promise<void> {
  const threads = events.filter((event) => RESHAPING.includes(event.type)).flatMap(namedBy);
  if (threads.length === 0) return;
  note('post', (await sql.rows<{ id: string }>('SELECT id FROM post WHERE thread_id = ANY($1::uuid[])', [threads])).map((row) => row.id));
}

/** All that somebody signed: a name that was erased is found no more. */
async function noteErased(sql: Sql, events: readonly Fact[], note: Note): Promise<void> {
  const people = events.filter((event) => event.type === 'person.erased').flatMap((event) => event.subject_id ?? []);
  if (people.length === 0) return;
  for (const kind of ['thread', 'post'] as const) note(kind, (await sql.rows<{ id: string }>(`SELECT id FROM ${kind} WHERE author_person_id = ANY($1::uuid[])`, [people])).map((row) => row.id));
}

/** Who was brought together with the city of a discreet need may read it. */
async function noteIntroduced(sql: Sql, events: readonly Fact[], note: Note): Promise<void> {
  const introductions = events.filter((event) => event.type === 'introduction.moved').flatMap((event) => event.subject_id ?? []);
  if (introductions.length === 0) return;
  note('need', (await sql.rows<{ need_id: string }>('SELECT need_id FROM introduction WHERE id = ANY($1::uuid[])', [introductions])).map((row) => row.need_id));
}

/** A candidate may be an organisation that was not there before. */
async function noteCandidates(sql: Sql, events: readonly Fact[], note: Note): Promise<void> {
  const accessions = events.filter((event) => event.type === 'accession.moved').flatMap((event) => event.subject_id ?? []);
  if (accessions.length === 0) return;
  note('city', (await sql.rows<{ id: string }>('SELECT organisation_id AS id FROM accession WHERE id = ANY($1::uuid[])', [accessions])).map((row) => row.id));
}

/** Functions are found by the city in which somebody holds them. */
async function noteFunctions(sql: Sql, events: readonly Fact[], note: Note): Promise<void> {
  const accounts = events.flatMap((event) => (event.type === 'access.changed' || event.type === 'profile.edited' ? (event.account_id ?? []) : []));
  if (accounts.length === 0) return;
  note('person', (await sql.rows<{ id: string }>('SELECT DISTINCT m.organisation_id AS id FROM mandate m JOIN account a ON a.person_id = m.person_id WHERE a.id = ANY($1::uuid[])', [accounts])).map((row) => row.id));
}

/** Attachments whose text was read, and those of what changed: who may find them, and under which name, goes with it. */
async function noteDocuments(sql: Sql, changes: Changes, events: readonly Fact[], note: Note): Promise<void> {
  const read = events.flatMap((event) => event.attachment ?? []);
  const first = events.flatMap((event) => (event.type.startsWith('post.') ? (event.post_id ?? []) : []));
  const reshaped = [...(changes.get('post') ?? []), ...first];
  const owned = await attachmentsOf(sql, { posts: [...new Set(reshaped)], practices: [...(changes.get('practice') ?? [])], projects: [...(changes.get('project') ?? [])] });
  if (read.length + owned.length > 0) note('document', [...read, ...owned]);
}

/** The thread of a fact and the one it was split into or merged with. */
const namedBy = (event: Fact) => [event.thread_id, event.subject_id].filter((id) => id !== null);
