import { Inject, Injectable } from '@nestjs/common';
import { NEWCOMER_DAYS, WATCH_TRIAL_DAYS, WATCH_TRIAL_POSTS, WATCH_TRIAL_SHOWN, type WatchTrialView } from '@passerelle/contract';
import { type Actor, Database, ENV, type Env, readableThread, StaleVersion, Turns } from '../../platform/index.js';
import { excerptOf, hashOfWords, Rates, readDomain, Rule, told, watchedOf } from '../../watch/index.js';
import { findRule, type RuleRow, WatchRuleQueries } from './watch-rule.queries.js';
import { noteRule } from './watch-rule.service.js';

interface PastPost extends Record<string, unknown> {
  id: string; at: string; html: string; body: string; title: string; thread_id: string; thread_title: string; position: number; space_id: string; person: string; joined_at: string | null;
}
interface Hit {
  post: PastPost;
  words: string[];
}

/** So many messages at once: others have their turn after some milliseconds. */
const PAGE = 100;
const DAY = 24 * 60 * 60_000;

/** Tries a rule on what was written before: what it would have caught is seen before it holds anybody up. */
@Injectable()
export class TrialService {
  private readonly turns = new Turns({ most: 4, retryAfterS: 5 });
  private readonly own: string;

  constructor(
    private readonly database: Database,
    private readonly queries: WatchRuleQueries,
    @Inject(ENV) env: Env,
  ) {
    this.own = readDomain(env.publicUrl) ?? '';
  }

  /** One at a time. @throws StaleVersion when the rule has changed, before or meanwhile; DomainError `unavailable` when too many wait. */
  async run(actor: Actor, id: string, version: number): Promise<WatchTrialView> {
    const rule = await findRule(this.database, actor, id);
    if (rule.version !== version) throw new StaleVersion(rule.version);
    const { scanned, caught, hits } = await this.turns.take(() => (rule.definition.kind === 'rate' ? this.tryPace(actor, rule) : this.tryText(actor, rule)));
    await this.database.transaction(async (tx) => {
      const kept = await tx.run('UPDATE watch_rule SET tried_at = now(), tried_scanned = $3, tried_caught = $4 WHERE id = $1 AND version = $2', [id, version, scanned, caught]);
      if (kept === 0) throw new StaleVersion((await findRule(tx, actor, id)).version);
      await noteRule(tx, actor, rule, 'watch-rule.tried', { scanned, caught });
    });
    return { rule: await this.queries.get(actor, id), items: hits.map(presentHit) };
  }

  private async tryText(actor: Actor, stored: RuleRow): Promise<{ scanned: number; caught: number; hits: Hit[] }> {
    const rule = new Rule(stored);
    const hits: Hit[] = [];
    let [scanned, caught] = [0, 0];
    for await (const post of this.past(actor, stored)) {
      scanned += 1;
      const words = rule.finds(this.watched(post));
      if (!words) continue;
      caught += 1;
      if (hits.length < WATCH_TRIAL_SHOWN) hits.push({ post, words: told(words) });
    }
    return { scanned, caught, hits };
  }

  /** As it was lived: from the oldest to the newest, each with what the person had written before. */
  private async tryPace(actor: Actor, stored: RuleRow): Promise<{ scanned: number; caught: number; hits: Hit[] }> {
    const rule = new Rule(stored);
    const posts: PastPost[] = [];
    for await (const post of this.past(actor, stored)) posts.push({ ...post, body: post.body.slice(0, 400) });
    const rates = new Rates();
    const hits: Hit[] = [];
    for (const post of posts.reverse()) {
      const watched = { ...this.watched(post), before: (from: number) => rates.since(post.person, from) };
      if (rule.finds(watched)) hits.push({ post, words: [] });
      rates.add(post.person, { id: post.id, space: post.space_id, at: watched.at, words: hashOfWords(watched.text) });
    }
    return { scanned: posts.length, caught: hits.length, hits: hits.reverse().slice(0, WATCH_TRIAL_SHOWN) };
  }

  private watched(post: PastPost) {
    const at = Date.parse(post.at);
    const isNew = post.joined_at !== null && at - Date.parse(post.joined_at) < NEWCOMER_DAYS * DAY;
    return watchedOf({ person: post.person, isNew, at, title: post.title, html: post.html, own: this.own, before: () => [] });
  }

  /** What the actor reads of where the rule holds, the newest first. */
  private async *past(actor: Actor, { space_id: space }: RuleRow): AsyncGenerator<PastPost> {
    let place: [at: string | null, id: string | null] = [null, null];
    for (let left = WATCH_TRIAL_POSTS; left > 0; left -= PAGE) {
      const posts = await this.database.rows<PastPost>(PAST, [actor.spaceIds, actor.threadIds, space, ...place, Math.min(PAGE, left)]);
      yield* posts;
      const last = posts.at(-1);
      if (!last || posts.length < PAGE) return;
      place = [last.at, last.id];
    }
  }
}

const presentHit = ({ post, words }: Hit): WatchTrialView['items'][number] => ({ id: post.id, title: post.thread_title, url: `/fils/${post.thread_id}#m${post.position}`, at: post.at, words, excerpt: excerptOf(post.body, words) });

// $1, $2 what may be read, $3 space or null for all, $4, $5 the place after which, $6 limit. What moderation writes is not watched, and no common rule holds in confidential spaces.
const PAST = `
  SELECT p.id, p.created_at AS at, p.html, p.body, CASE WHEN p.position = 1 THEN t.title ELSE '' END AS title, t.id AS thread_id, t.title AS thread_title, p.position, t.space_id, p.author_person_id AS person, au.created_at AS joined_at
  FROM post p JOIN thread t ON t.id = p.thread_id JOIN space s ON s.id = t.space_id LEFT JOIN account au ON au.person_id = p.author_person_id
  WHERE p.state = 'visible' AND p.created_at > now() - interval '${WATCH_TRIAL_DAYS} days' AND ${readableThread('t', '$1', '$2')} AND CASE WHEN $3::uuid IS NULL THEN s.access <> 'confidential' ELSE s.id = $3 END
    AND coalesce(au.role, 'member') NOT IN ('moderator', 'administrator') AND ($4::timestamptz IS NULL OR (p.created_at, p.id) < ($4, $5::uuid))
  ORDER BY p.created_at DESC, p.id DESC LIMIT $6`;
