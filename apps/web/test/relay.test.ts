import { describe, expect, it } from '@jest/globals';
import type { LettersPage, LetterView } from '@passerelle/contract';
import { type InfiniteData, QueryClient } from '@tanstack/react-query';
import { addLetter, lettersQuery } from '../src/features/relay/relay.api';

const letter = (position: number): LetterView => ({
  id: `l${position}`,
  relay: 'r',
  position,
  side: 'asker',
  body: `Lettre ${position}`,
  author: { name: '', function: 'Maire', organisation: 'Dakar', organisationSlug: 'dakar', country: 'SN' },
  createdAt: '2026-11-25T10:00:00Z',
  mine: true,
});

describe('a letter that has just arrived', () => {
  const cacheOf = (...pages: LettersPage[]) => {
    const cache = new QueryClient();
    cache.setQueryData(lettersQuery('r').queryKey, { pages, pageParams: pages.map(() => undefined) });
    return { cache, shown: () => (cache.getQueryData(lettersQuery('r').queryKey) as InfiniteData<LettersPage>).pages.map(({ items }) => items.map(({ position }) => position)) };
  };

  it('stands at its place on the latest page, once', () => {
    const { cache, shown } = cacheOf({ items: [letter(3), letter(5)], before: 3 }, { items: [letter(1), letter(2)], before: null });
    for (const position of [6, 4, 6]) addLetter(cache, letter(position));
    expect(shown()).toEqual([
      [3, 4, 5, 6],
      [1, 2],
    ]);
  });

  it('changes nothing where the conversation was never shown', () => {
    const cache = new QueryClient();
    addLetter(cache, letter(1));
    expect(cache.getQueryData(lettersQuery('r').queryKey)).toBeUndefined();
  });
});
