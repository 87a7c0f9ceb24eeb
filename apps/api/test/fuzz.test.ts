import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildWorld, everybody, world } from './authorisation/world.js';
import { buildCookie } from './builders/sessions.js';
import type { Member } from './builders/forum.js';
import { until } from './support/app.js';
import { Dice, type Json, type Known, nasty, NASTY_TEXTS, type Schema, spoilt, valid } from './support/fuzz.js';
import { routesOf } from './support/routes.js';

const REQUESTS = 10_000;
const SEED = 20_261_125;
const AT_ONCE = 8;
const HANGS_AFTER_MS = 10_000;

interface Operation {
  parameters?: { name: string; in: 'path' | 'query' | 'header'; schema?: Schema; $ref?: string }[];
  requestBody?: { content?: Record<string, { schema: Schema }> };
}
interface Target extends Operation {
  method: string;
  path: string;
}
interface Sent {
  method: string;
  path: string;
  body: string | undefined;
  type: string;
}

let targets: Target[];
let known: Known;
/** Sessions end when a request signs out: each is had anew then. */
const cookies = new Map<Member, string>();

beforeAll(async () => {
  await buildWorld();
  const document = (await world.app.call('GET', '/api/openapi.json')).json as unknown as { paths: Record<string, Record<string, Operation>>; components: { schemas: Record<string, Schema> } };
  const { schemas } = document.components;
  const ids = [world.thread, world.post, world.hidden, world.hiddenPost, world.need, world.offer, world.introduction, world.transfer, world.savedSearch, world.pending.id, world.attached.id, world.member.personId, world.member.organisationId, world.closed.id];
  known = { schemas, ids, hints: hints() };
  targets = Object.entries(document.paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ ...operation, path, method: method.toUpperCase() })));
  // Pages for visitors are routes too, though no part of the document.
  const described = new Set(targets.map(({ method, path }) => `${method} ${path.replace(/\{(\w+)\}/g, ':$1')}`));
  for (const route of routesOf(world.app)) {
    const [method = '', path = ''] = route.split(' ');
    if (!described.has(route)) targets.push({ method: method === 'ALL' ? 'POST' : method, path: path.replace(/:(\w+)/g, '{$1}').replace('*', '/{rest}'), parameters: ['q', 'lang', 'theme', 'page', 'cursor'].map((name) => ({ name, in: 'query' })) });
  }
});
afterAll(() => world.app.stop());

const hints = (): Known['hints'] => ({
  theme: ['essai'], concepts: [['essai'], []], concept: ['essai'], space: [world.closed.slug, world.otherSpace], organisation: [world.writerCity], languages: [['fr'], []], currency: ['EUR', 'XOF'], limit: [1, 20, 100], q: ['commune', 'eau -potable pays:SN'],
  from: ['2026-01', null], to: ['2027-02-03', null], start: ['2025', '2025-04'], end: ['2026'], due: ['2026-05-06'], version: [1, 1, 2], language: ['fr', 'en'], practice: ['essai-published'], position: [0, 1], sequence: [2, 5], country: ['SN'],
});

/** What the places of a cursor hold, and what only looks like it. */
const MADE_UP: readonly Json[] = ['abc', '', 'infinity', '\ud800', '0000-01-01T00:00:00Z', '2026-01-01T00:00:00+23:00', `2026-01-01T00:00:00.${'0'.repeat(100)}Z`, '2026-01-01T00:00:00Z', 1.5, 15, 2 ** 31, 2 ** 53, -1e308, null, {}];

/** Half a sign pair can't stand in an address. */
const sendable = (text: string) => Buffer.from(text).toString();

function aRequest({ method, path, parameters = [], requestBody }: Target, dice: Dice): Sent {
  const spoil = () => dice.chance(0.4);
  const places = [...known.ids, world.closed.slug, world.writerCity, 'essai-published', 'essai-draft', 'new-thread', 'useful'];
  const filled = path.replace(/\{\w+\}/g, () => encodeURIComponent(spoil() && dice.chance(0.5) ? sendable(dice.pick(NASTY_TEXTS).slice(0, 2_000)) : dice.pick(places)));
  const query = parameters.flatMap((parameter) => {
    if (parameter.in !== 'query' || dice.chance(0.4)) return [];
    const value = valid(parameter.schema ?? {}, known, dice);
    const sent = spoil() ? nasty(dice) : value;
    return Array.from({ length: dice.chance(0.15) ? 3 : 1 }, () => `${parameter.name}=${encodeURIComponent(sendable((typeof sent === 'string' ? sent : JSON.stringify(sent)).slice(0, 3_000)))}`);
  });
  const suffix = query.length > 0 ? `?${query.join('&')}` : dice.chance(0.1) ? `?${dice.pick(['=', '&&', 'a[b]=1', 'limit', '%', 'cursor=%00'])}` : '';
  const schema = requestBody?.content?.['application/json']?.schema;
  const takesBody = method !== 'GET' && method !== 'HEAD';
  return { method, path: filled + suffix, body: takesBody ? aBody(schema, dice) : undefined, type: dice.chance(0.04) ? dice.pick(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', 'application/xml', 'x']) : 'application/json' };
}

function aBody(schema: Schema | undefined, dice: Dice): string | undefined {
  if (dice.chance(0.05)) return dice.pick(['', '{', '[', 'null', '"', '{"a":', '\u0000', '[1,2', '{"id":"x"}x']);
  if (!schema) return dice.chance(0.5) ? undefined : JSON.stringify(nasty(dice));
  let value: Json = valid(schema, known, dice);
  for (let times = dice.pick([0, 1, 1, 1, 2, 3]); times > 0; times -= 1) value = spoilt(value, dice);
  return JSON.stringify(value);
}

/** @returns the status; null when no answer came in time. A connection that was closed while it was idle is no answer yet: the request goes out again. */
async function send(request: Sent, who: Member, tries = 3): Promise<number | null> {
  const { method, path, body, type } = request;
  const headers = { cookie: cookies.get(who) ?? who.cookie, ...(body !== undefined && { 'content-type': type }) };
  try {
    const response = await fetch(world.app.url + path, { method, headers, redirect: 'manual', signal: AbortSignal.timeout(HANGS_AFTER_MS), ...(body !== undefined && { body }) });
    await response.arrayBuffer();
    if (response.status === 401) cookies.set(who, await buildCookie(world.app, who));
    return response.status;
  } catch (error) {
    if (tries === 0 || (error instanceof Error && error.name === 'TimeoutError')) return null;
    return send(request, who, tries - 1);
  }
}

describe('whatever is sent to the routes of the document', () => {
  it(`gets an answer that blames the sender, never the server: ${REQUESTS} requests`, async () => {
    const dice = new Dice(SEED);
    const faults: string[] = [];
    const accepted = new Set<Target>();
    let sent = 0;
    const worker = async () => {
      while (sent < REQUESTS) {
        const target = targets[sent % targets.length];
        if (!target) throw new Error('The document lists no routes');
        sent += 1;
        const request = aRequest(target, dice);
        const status = await send(request, dice.pick(everybody()));
        if (status === null || status >= 500) faults.push(`${status ?? 'no answer'} ${request.method} ${request.path.slice(0, 300)} ${request.body?.slice(0, 500) ?? ''}`);
        if (status !== null && status < 300) accepted.add(target);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    expect(faults.slice(0, 20)).toEqual([]);
    // The requests get beyond the validation on many routes: they would mean little otherwise. Which ones differs a little from run to run, as ids do.
    expect(accepted.size).toBeGreaterThan(targets.length / 3);
    await until(async () => (await world.app.call('GET', '/api/ready')).status === 200, 'the server');
  }, 300_000);

  it('takes a cursor that somebody has made up for what it is, on every route that has one', async () => {
    const known = world.member.personId;
    const routes = targets.filter(({ method, parameters = [] }) => method === 'GET' && parameters.some((one) => one.in === 'query' && one.name === 'cursor')).map(({ path }) => path.replace(/\{\w+\}/g, known));
    expect(routes.length).toBeGreaterThan(8);
    const faults: string[] = [];
    const cookie = await buildCookie(world.app, world.administrator);
    for (const path of routes)
      for (const part of MADE_UP)
        await Promise.all([[part, known], [part, 'x', known], [true, part, known]].map(async (key) => {
          const { status } = await world.app.call('GET', `${path}?cursor=${Buffer.from(JSON.stringify(key)).toString('base64url')}`, { cookie });
          if (status >= 500) faults.push(`${path} ${JSON.stringify(key)}`);
        }));
    expect(faults).toEqual([]);
  }, 120_000);
});
