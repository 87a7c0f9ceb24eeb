import { frenchTypography } from '@passerelle/text';
import { plainText } from '@passerelle/text/markdown';
import { v7 as uuid } from 'uuid';
import { renderPostHtml, requestHash } from '../forum/index.js';
import type { MentionIndex } from '../organisations/index.js';
import type { Sql } from '../platform/index.js';
import type { PostLine, SpaceLine, ThreadLine } from './data-files.js';
import { ACCOUNTS } from './demo-accounts.js';
import { asBytea, insertRows } from './insert-rows.js';
import { type Speaker, speakerOf, voiceKey } from './load-people.js';
import type { LinkReferences } from './reference-links.js';

const DAY_MS = 86_400_000;
const REACTIONS = ['useful', 'thanks', 'agree', 'same-here'] as const;
const LINE_MAX = 600;

export interface LoadedThread {
  id: string; spaceId: string; open: boolean; authors: string[];
  /** Age of each message in days, oldest first. */
  ages: number[];
}
export interface ForumContext {
  speakers: Map<string, Speaker>; practices: Map<string, string>; threadIds: Map<string, string>; loadedAt: number; linkReferences: LinkReferences; mentions: MentionIndex;
}
interface LoadedSpace {
  id: string; open: boolean; members: Set<string>;
}
type Rows = Record<string, unknown>[];

/** Ages count from one moment, so that a message and what is said of it in its thread agree. */
const instant = (loadedAt: number, daysAgo: number) => new Date(loadedAt - daysAgo * DAY_MS);

/** The speaker of a message. */
function authorOf(post: PostLine, speakers: Map<string, Speaker>): Speaker {
  const author = speakers.get(voiceKey(post.by));
  if (!author) throw new Error(`Demonstration data: nobody speaks for ${voiceKey(post.by)}`);
  return author;
}

/** Spaces with their members: those the file names, those who write there, and the guest. @returns spaces by slug. */
export async function loadSpaces(tx: Sql, spaces: SpaceLine[], threads: ThreadLine[], speakers: Map<string, Speaker>): Promise<Map<string, LoadedSpace>> {
  const loaded = new Map(spaces.map((space) => [space.slug, { id: uuid(), open: space.access === 'open', members: new Set<string>() }]));
  const join = (slug: string, person: string | undefined) => person && loaded.get(slug)?.members.add(person);
  for (const space of spaces) for (const member of space.members) join(space.slug, speakers.get(voiceKey(member))?.personId);
  for (const thread of threads) for (const post of thread.posts) join(thread.space, authorOf(post, speakers).personId);
  for (const account of ACCOUNTS) if (account.guestOf) join(account.guestOf, speakerOf(account, speakers).personId);
  await insertRows(tx, 'space', spaces.map((space, position) => ({
    id: loaded.get(space.slug)?.id, slug: space.slug, access: space.access, name_fr: frenchTypography(space.nameFr), name_en: space.nameEn,
    description_fr: frenchTypography(space.descriptionFr), description_en: space.descriptionEn, position,
  })));
  const signedIn = new Set(ACCOUNTS.filter((account) => account.role !== 'guest').map((account) => speakerOf(account, speakers).personId));
  await insertRows(tx, 'space_member', [...loaded.values()].flatMap((space) => memberRows(space, signedIn)));
  return loaded;
}

/** Of a space that isn't open somebody is the animator: who can sign in, else whom the file names first. */
function memberRows({ id, open, members }: LoadedSpace, signedIn: Set<string>): Rows {
  const people = [...members];
  const animator = open ? undefined : (people.find((person) => signedIn.has(person)) ?? people[0]);
  return people.map((person) => ({ space_id: id, person_id: person, role: person === animator ? 'animator' : 'member', joined_at: new Date() }));
}

/** Threads, messages, mentions, reactions and summaries. */
export async function loadThreads(tx: Sql, threads: ThreadLine[], spaces: Map<string, LoadedSpace>, context: ForumContext): Promise<LoadedThread[]> {
  const rows: Record<'thread' | 'post' | 'post_mention' | 'reaction' | 'thread_summary_version', Rows> = { thread: [], post: [], post_mention: [], reaction: [], thread_summary_version: [] };
  const crowd = [...context.speakers.values()].filter((speaker) => !speaker.accountId).map((speaker) => speaker.personId);
  const loaded: LoadedThread[] = [];
  for (const thread of threads) {
    const space = spaces.get(thread.space);
    if (!space) throw new Error(`Demonstration data: no space ${thread.space}`);
    const id = context.threadIds.get(thread.ref) ?? '';
    // In a closed space only its members can have reacted.
    const reactors = space.open ? crowd : crowd.filter((person) => space.members.has(person));
    const posts = thread.posts.map((post) => ({ post, id: uuid({ msecs: instant(context.loadedAt, post.daysAgo).getTime() }), author: authorOf(post, context.speakers) }));
    for (const [index, { post, id: postId, author }] of posts.entries()) {
      const body = context.linkReferences(post.body, thread);
      const { html, mentioned } = await renderPostHtml(body, post.language, context.mentions);
      const reactions = reactionRows(post, postId, reactors.filter((person) => person !== author.personId), rows.post.length, context.loadedAt);
      rows.post.push({
        id: postId, thread_id: id, position: index + 1, body, html, language: post.language, reply_to_id: post.replyTo === null ? null : (posts[post.replyTo]?.id ?? null), ...authorColumns(author),
        reaction_counts: REACTIONS.map((kind) => reactions.filter((reaction) => reaction.kind === kind).length), request_hash: asBytea(requestHash(body)), created_at: instant(context.loadedAt, post.daysAgo),
      });
      rows.reaction.push(...reactions);
      rows.post_mention.push(...mentioned.map((one) => ({ post_id: postId, organisation_id: one.organisationId, function: one.function })));
    }
    const summary = await summaryOf(thread, context);
    const first = posts[0];
    if (!first) throw new Error(`Demonstration data: ${thread.ref} is empty`);
    const lastAt = instant(context.loadedAt, thread.posts.at(-1)?.daysAgo ?? 0);
    rows.thread.push({
      id, space_id: space.id, ...threadColumns(thread, context), ...authorColumns(first.author), last_position: posts.length, post_count: posts.length, last_activity_at: lastAt,
      created_at: instant(context.loadedAt, first.post.daysAgo), summary, summary_version: summary ? 1 : 0, summary_updated_at: summary ? lastAt : null, request_hash: asBytea(requestHash(thread.title, first.post.body)),
    });
    if (summary) rows.thread_summary_version.push({ thread_id: id, version: 1, summary, edited_by: first.author.personId, edited_at: lastAt });
    loaded.push({ id, spaceId: space.id, open: space.open, authors: posts.map(({ author }) => author.personId), ages: thread.posts.map((post) => post.daysAgo) });
  }
  for (const table of ['thread', 'post', 'post_mention', 'reaction', 'thread_summary_version'] as const) await insertRows(tx, table, rows[table]);
  return loaded;
}

const authorColumns = (author: Speaker) => ({ author_person_id: author.personId, author_organisation_id: author.organisationId, author_name: author.name, author_function: author.function });

const titleOf = (thread: ThreadLine) => (thread.language === 'fr' ? frenchTypography(thread.title) : thread.title);
const threadColumns = (thread: ThreadLine, { practices }: ForumContext) => ({
  kind: thread.kind, title: titleOf(thread), own_title: titleOf(thread), status: thread.status, language: thread.language, theme_id: thread.theme, concepts: thread.concepts,
  practice_id: thread.practice ? (practices.get(thread.practice) ?? null) : null, version: 1,
});

/** As many different people as the file counts, or as there are; each kind starts elsewhere in the crowd. */
function reactionRows(post: PostLine, postId: string, people: string[], seed: number, loadedAt: number) {
  return REACTIONS.flatMap((kind, place) =>
    Array.from({ length: Math.min(post.reactions[kind], people.length) }, (_, index) => ({
      post_id: postId, person_id: people[(seed * 7 + place * 31 + index) % people.length], kind, at: instant(loadedAt, post.daysAgo * 0.9),
    })));
}

async function summaryOf(thread: ThreadLine, context: ForumContext) {
  if (!thread.summary) return null;
  const points = [];
  for (const point of thread.summary.points) {
    const text = context.linkReferences(point, thread);
    const { html } = await renderPostHtml(text, thread.language, context.mentions);
    points.push({ text, html: html.trim().replace(/^<p>|<\/p>$/g, ''), isNew: false });
  }
  const changed = plainText(context.linkReferences(thread.summary.whatChanged, thread), LINE_MAX);
  return { points, whatChanged: thread.language === 'fr' ? frenchTypography(changed) : changed };
}
