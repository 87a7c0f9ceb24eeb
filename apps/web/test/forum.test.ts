import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import * as contract from '@passerelle/contract';
import type { EventView, MentionTarget, PostView, ThreadRow } from '@passerelle/contract';
import { QueryClient } from '@tanstack/react-query';
import * as limits from '../src/features/forum/limits';
import { findMentions, mentionAt } from '../src/features/forum/mentions';
import { hangsOnPrevious, replyTarget, withPending } from '../src/features/forum/pending-view';
import { asQuote } from '../src/features/forum/words';
import type { OutboxItem } from '../src/outbox/outbox-machine';

// A channel that listens would keep the test process alive.
Reflect.deleteProperty(globalThis, 'BroadcastChannel');
const { addPost, applyActivity, applyForumEvent, readMoved } = await import('../src/features/forum/forum.live');

const author = { name: '', function: 'Maire', organisation: 'Dakar', organisationSlug: 'dakar', country: 'SN' };
const nothing = { edit: false, remove: false, restore: false };
const post = (position: number, part: Partial<PostView> = {}): PostView => ({
  id: `p${position}`,
  thread: 't1',
  position,
  body: `${position}`,
  html: `<p>${position}</p>`,
  language: 'fr',
  version: 1,
  author,
  createdAt: '2026-01-01T00:00:00.000Z',
  editedAt: null,
  state: 'visible',
  replyTo: null,
  reactions: [],
  attachments: [],
  event: null,
  mine: false,
  moderated: null,
  abilities: nothing,
  ...part,
});
const row = (id: string, part: Partial<ThreadRow> = {}): ThreadRow => ({
  id,
  space: { id: 's', slug: 'eau', nameFr: 'Eau', nameEn: 'Water', access: 'open' },
  kind: 'question',
  title: id,
  status: 'open',
  language: 'fr',
  theme: null,
  author,
  postCount: 1,
  createdAt: '2026-01-01T00:00:00.000Z',
  lastActivityAt: '2026-01-01T00:00:00.000Z',
  lastPosition: 1,
  unread: 0,
  readPosition: 1,
  followed: false,
  pinnedUntil: null,
  naming: 'shown',
  ...part,
});
const fact = (type: EventView['type'], data: unknown): EventView => ({
  cursor: '5',
  type,
  at: '2026-01-01T00:00:00.000Z',
  space: 's',
  thread: 't1',
  actor: null,
  data,
});

let cache: QueryClient;
const posts = () => cache.getQueryData<{ pages: { items: PostView[] }[] }>(['posts', 't1'])?.pages.flatMap((page) => page.items) ?? [];
const rows = () => cache.getQueryData<{ pages: { items: ThreadRow[] }[] }>(['threads', {}])?.pages.flatMap((page) => page.items) ?? [];
const showPosts = (items: PostView[], nextAfter: number | null = null) =>
  cache.setQueryData(['posts', 't1'], { pages: [{ items, nextAfter }], pageParams: [0] });

beforeEach(() => {
  cache = new QueryClient({ defaultOptions: { queries: { gcTime: Infinity } } });
  cache.setQueryData(['threads', {}], {
    pages: [{ items: [row('pinned', { pinnedUntil: '2027-01-01T00:00:00.000Z' }), row('t2'), row('t1')], nextCursor: null }],
    pageParams: [undefined],
  });
  showPosts([post(1)]);
});

describe('facts of the forum', () => {
  it('adds a message, moves its thread below the pinned ones and counts it, once', () => {
    for (let time = 0; time < 2; time++) applyForumEvent(cache, fact('post.created', post(2)), 'live');
    expect(posts().map((item) => item.position)).toEqual([1, 2]);
    expect(rows().map((item) => item.id)).toEqual(['pinned', 't1', 't2']);
    expect(rows()[1]).toMatchObject({ unread: 1, postCount: 2, lastPosition: 2 });
  });

  it('counts an own message from another device as read', () => {
    applyForumEvent(cache, fact('post.created', post(2, { mine: true })), 'catch-up');
    expect(rows()[1]).toMatchObject({ unread: 0, postCount: 2 });
  });

  it('adds nothing to a page that does not reach the end of the thread', () => {
    showPosts([post(1)], 1);
    addPost(cache, 't1', post(9));
    expect(posts()).toHaveLength(1);
  });

  it('keeps what I may do when the live fact, made for everybody, comes after the answer', () => {
    const mine = post(2, { mine: true, abilities: { edit: true, remove: true, restore: false } });
    addPost(cache, 't1', mine);
    applyForumEvent(cache, fact('post.created', post(2)), 'live');
    expect(posts()[1]).toEqual(mine);
  });

  it('shows an edit and a reaction of others, with my own marks as they were', () => {
    showPosts([post(1, { mine: true, reactions: [{ kind: 'useful', count: 1, mine: true }] })]);
    applyForumEvent(
      cache,
      fact('post.reacted', post(1, { version: 2, html: '<p>new</p>', reactions: [{ kind: 'useful', count: 2, mine: false }] })),
      'live',
    );
    expect(posts()[0]).toMatchObject({ html: '<p>new</p>', mine: true, reactions: [{ kind: 'useful', count: 2, mine: true }] });
  });

  it('moves the row of a thread that is not open, without its text', () => {
    applyActivity(cache, { cursor: '6', type: 'post.created', space: 's', thread: 't2', lastPosition: 4 });
    expect(rows()[1]).toMatchObject({ id: 't2', unread: 1, lastPosition: 4 });
  });

  it('moves my reading position', () => {
    applyActivity(cache, { cursor: '6', type: 'post.created', space: 's', thread: 't2', lastPosition: 4 });
    readMoved(cache, { thread: 't2', position: 4, generation: 0 });
    expect(rows()[1]).toMatchObject({ unread: 0, readPosition: 4 });
  });
});

describe('what waits in the outbox', () => {
  const id = '019df7b5-e2d7-73fd-88f1-23a603fc3364';
  const item = (part: Partial<OutboxItem>): OutboxItem => ({
    id: 'i',
    account: 'a',
    lane: 't1',
    sequence: 1,
    kind: 'react',
    method: 'PUT',
    path: `/api/posts/${id}/reactions/thanks`,
    state: 'waiting',
    reason: null,
    createdAt: '',
    attempts: 0,
    notBefore: 0,
    ...part,
  });

  it('shows own reactions at once, given and taken back', () => {
    const given = withPending([post(1, { id })], [item({})]);
    expect(given[0]?.reactions).toEqual([{ kind: 'thanks', count: 1, mine: true }]);
    const taken = withPending(given, [item({ method: 'DELETE' })]);
    expect(taken[0]?.reactions).toEqual([]);
  });

  it('counts nothing twice when the answer came before the item left', () => {
    const known = [post(1, { id, reactions: [{ kind: 'thanks', count: 3, mine: true }] })];
    expect(withPending(known, [item({})])[0]?.reactions).toEqual([{ kind: 'thanks', count: 3, mine: true }]);
  });

  it('hides what I removed, and shows it again when that was refused', () => {
    const removal = item({ kind: 'remove', method: 'DELETE', path: `/api/posts/${id}?version=1` });
    expect(withPending([post(1, { id })], [removal])[0]?.state).toBe('removed');
    expect(withPending([post(1, { id })], [{ ...removal, state: 'refused' }])[0]?.state).toBe('visible');
  });
});

describe('replies', () => {
  const parent = post(1);
  const answer = post(2, { replyTo: { id: 'p1', position: 1, organisation: 'Dakar' } });
  it('hang on the message right above, or on another reply to it', () => {
    expect(hangsOnPrevious(answer, parent)).toBe(true);
    expect(hangsOnPrevious({ ...answer, id: 'p3', position: 3 }, answer)).toBe(true);
    expect(hangsOnPrevious(answer, post(5))).toBe(false);
  });
  it('go one level deep', () => expect(replyTarget(answer)).toBe('p1'));
  it('may quote', () => expect(asQuote('Un.\n\nDeux.\n')).toBe('> Un.\n> \n> Deux.\n\n'));
});

describe('mentions', () => {
  const target = (role: string | null, organisation: string, country: string, countryName: string): MentionTarget => ({
    label: organisation,
    function: role,
    organisation,
    organisationSlug: '',
    country,
    countryName,
  });
  const targets = [
    target(null, 'Dakar', 'SN', 'Sénégal'),
    target('Maire', 'Dakar', 'SN', 'Sénégal'),
    target('Maire', 'Liège', 'BE', 'Belgique'),
    target('Maire', 'Thiès', 'SN', 'Sénégal'),
  ];
  const found = (words: string, cities: string[] = []) =>
    findMentions(targets, words, { cities: new Set(cities), country: 'SN' }).map((one) => `${one.function ?? ''} ${one.organisation}`);

  it('are found by function, city and country, without accents', () => {
    expect(found('maire dakar')).toEqual(['Maire Dakar']);
    expect(found('lieg')).toEqual(['Maire Liège']);
    expect(found('senegal thi')).toEqual(['Maire Thiès']);
  });
  it('put the participants first, then my country, then the rest', () =>
    expect(found('maire', ['Liège'])).toEqual(['Maire Liège', 'Maire Dakar', 'Maire Thiès']));
  it('begin at an @ that is no address', () => {
    expect(mentionAt('Bonjour @maire da', 17)).toEqual({ from: 8, words: 'maire da' });
    expect(mentionAt('nom@ville', 9)).toBeNull();
    expect(mentionAt('@Dakar, merci', 13)).toBeNull();
  });
});

describe('limits', () => {
  it('are those of the contract', () => {
    expect([limits.TITLE_MIN, limits.TITLE_MAX, limits.BODY_MAX, limits.ATTACHMENTS_MAX]).toEqual([
      contract.TITLE_MIN,
      contract.TITLE_MAX,
      contract.BODY_MAX,
      contract.ATTACHMENTS_MAX,
    ]);
    expect([limits.REACTIONS, limits.FILTERS, limits.THREAD_KINDS, limits.WRITABLE_KINDS]).toEqual([
      contract.ReactionKind.options,
      contract.ThreadFilter.options,
      contract.ThreadKind.options,
      contract.WritableThreadKind.options,
    ]);
  });
});
