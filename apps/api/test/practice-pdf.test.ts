import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { PracticeView } from '@passerelle/contract';
import { v7 as uuid } from 'uuid';
import { practicePdf } from '../src/practices/practice-pdf.js';
import { buildMember } from './builders/forum.js';
import { TestApp } from './support/app.js';

let app: TestApp;
let view: PracticeView;

const words = (length: number) => 'Une ville répond à une question avec des mots simples. '.repeat(Math.ceil(length / 55)).slice(0, length);
const times = <T>(count: number, make: () => T) => Array.from({ length: count }, make);
const pages = (file: Buffer) => /\/Type \/Pages[\s\S]{0,80}\/Count (\d+)/.exec(file.toString('latin1'))?.[1];
const print = () => practicePdf(view, { themes: new Map(), language: 'fr', address: 'https://exemple.test/pratiques/longue' });

beforeAll(async () => {
  app = await TestApp.start();
  const { cookie } = await buildMember(app);
  const content = {
    title: words(300), problem: words(4_000), solution: words(8_000), summary: words(1_500), difficulties: words(4_000), successFactors: words(4_000), conditions: words(4_000), resources: words(2_000), skills: words(2_000),
    steps: times(12, () => ({ id: uuid(), title: words(120), text: words(2_000) })), results: times(20, () => ({ indicator: words(200), before: words(60), after: words(60), unit: words(40) })),
    partners: times(30, () => ({ name: words(200) })), funding: times(20, () => ({ funder: words(200) })),
  };
  view = (await app.call('POST', '/api/practices', { cookie, body: { id: uuid(), content } })).json as unknown as PracticeView;
});
afterAll(() => app.stop());

describe('the printed practice', () => {
  it('has two pages for the longest entry that can be written, and for one that a thousand cities took up', async () => {
    expect(pages(await print())).toBe('2');
    const transfer = { id: uuid(), to: words(120), slug: null, country: null, latitude: null, longitude: null, year: 2025, note: words(300), state: 'taken-up' as const, recorded: true };
    view = { ...view, transfers: times(1_000, () => transfer) };
    expect(pages(await print())).toBe('2');
  });

  it('is drawn in turn: beyond a bound one is asked to come back, and those who wait are served', async () => {
    const outcomes = await Promise.allSettled(times(20, print));
    expect(outcomes.filter((one) => one.status === 'fulfilled' && pages(one.value) === '2')).toHaveLength(16);
    const refused = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
    expect([refused.length, refused[0]]).toEqual([4, expect.objectContaining({ code: 'unavailable', status: 503, params: { retryAfterS: 2 } })]);
    expect(pages(await print())).toBe('2');
  });
});
