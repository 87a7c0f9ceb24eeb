import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { PostView, ThreadView } from '@passerelle/contract';
import { joinCase } from '../src/moderation/case-store.js';
import { buildMember, buildPost, buildSpace, buildThread, type Member, type Space } from './builders/forum.js';
import { buildModerators, Desk } from './builders/moderation.js';
import { TestApp } from './support/app.js';

/** A small generator with a seed: each run tries the same paths. */
const dice = (seed: number) => () => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648;
const STEPS = 14;

let app: TestApp, desk: Desk;
let author: Member, reporter: Member, first: Member, second: Member, space: Space, spaces: Space[];

beforeAll(async () => {
  app = await TestApp.start();
  desk = new Desk(app);
  [first, second] = await buildModerators(app);
  [author, reporter] = [await buildMember(app), await buildMember(app)];
  [space, ...spaces] = [await buildSpace(app), await buildSpace(app), await buildSpace(app)];
});
afterAll(() => app.stop());

interface Made {
  id: string; measure: string; value: string; over: boolean;
}
/** Decides, undoes and hears appeals at random; after each step the thing must be what the decisions that stand make of it. */
async function walk(seed: number, kind: 'post' | 'thread', target: string, measures: (next: () => number) => Record<string, unknown> & { measure: string }, look: (standing: Made[]) => Promise<void>): Promise<void> {
  const next = dice(seed);
  const made: Made[] = [];
  for (let step = 0; step < STEPS; step += 1) {
    const standing = made.filter(({ over }) => !over);
    const chosen = standing[Math.floor(next() * standing.length)];
    const how = next();
    if (!chosen || how < 0.5) {
      const changes = measures(next);
      // Nobody can report what is away; a case may still be open from before.
      if ((await desk.report(reporter, kind, target)).status === 404)
        await joinCase(app.database, kind, { id: target, space_id: space.id, author_person_id: author.personId, author_organisation_id: author.organisationId });
      const { seen } = await desk.view(first, (await desk.caseOf(first, target)).id);
      const { id, answer } = await desk.decide(first, target, { seen, ...changes });
      if (answer.status === 201) made.push({ id, measure: changes.measure, value: String(changes.replacement ?? JSON.stringify(changes.destination ?? '')), over: false });
      // What is already so is refused: the words are those, the thread is there.
      else expect(answer.status).toBe(400);
    } else {
      if (how < 0.75) expect((await desk.undo(first, chosen.id)).status).toBe(201);
      else expect((await desk.appeal(author, second, { decision: chosen.id, target, outcome: 'reversed' })).status).toBe(201);
      chosen.over = true;
    }
    await look(made.filter(({ over }) => !over));
  }
}

describe.each([1, 2, 3, 4])('decisions that overlap, walk %i', (seed) => {
  it('leave a message as those that stand want it: shown, edited, hidden or removed, and its count right', async () => {
    const thread = (await buildThread(app, author, space)).id;
    const post = await buildPost(app, author, thread, { body: 'Le texte de son auteur' });
    const any = (next: () => number) => {
      const roll = next();
      if (roll < 0.5) return { measure: 'edit', duration: 'definitive', replacement: `Un texte de la modération ${Math.floor(next() * 3)}` };
      return roll < 0.75 ? { measure: 'hide', duration: 3 } : { measure: 'remove', duration: 'definitive' };
    };
    await walk(seed, 'post', post.id, any, async (standing) => {
      const view = await desk.read<PostView>(reporter, `/api/posts/${post.id}`);
      const edit = standing.findLast(({ measure }) => measure === 'edit');
      const held = standing.some(({ measure }) => measure === 'remove') ? 'removed' : standing.some(({ measure }) => measure === 'hide') ? 'hidden' : null;
      expect([view.state, view.moderated?.act ?? null, view.body]).toEqual(held ? ['removed', held, ''] : ['visible', edit ? 'edited' : null, edit?.value ?? post.body]);
      expect((await desk.read<ThreadView>(reporter, `/api/threads/${thread}`)).postCount).toBe(held ? 1 : 2);
      const stored = await app.database.row<{ body: string }>('SELECT body FROM post WHERE id = $1', [post.id]);
      expect(stored?.body).toBe(edit?.value ?? post.body);
    });
  }, 60_000);

  it('leave a thread as those that stand want it: title, closed or open, and in its space', async () => {
    const thread = await buildThread(app, author, space);
    const any = (next: () => number) => {
      const roll = next();
      if (roll < 0.35) return { measure: 'edit', duration: 'definitive', replacement: `Un titre de la modération ${Math.floor(next() * 3)}` };
      return roll < 0.6 ? { measure: 'close', duration: 3 } : { measure: 'move', duration: 'definitive', destination: { space: spaces[Math.floor(next() * 2)]?.slug } };
    };
    await walk(seed, 'thread', thread.id, any, async (standing) => {
      const view = await desk.read<ThreadView>(reporter, `/api/threads/${thread.id}`);
      const [edit, move] = ['edit', 'move'].map((kind) => standing.findLast(({ measure }) => measure === kind));
      expect([view.title, view.status]).toEqual([edit?.value ?? thread.title, standing.some(({ measure }) => measure === 'close') ? 'closed' : 'open']);
      expect(JSON.stringify({ space: view.space.slug })).toBe(move?.value ?? JSON.stringify({ space: space.slug }));
    });
  }, 60_000);
});
