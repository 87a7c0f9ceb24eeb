import type { search as fr } from '../fr/search';
import type { Like } from '../types';

export const search: Like<typeof fr> = {
  title: 'Search',
  words: 'Your words',
  submit: 'Search',
  results: { one: '{count} result', other: '{count} results' },
  nature: 'Kind of result',
  refine: 'Refine',
  clear: 'Clear',
  kind: {
    all: 'All', practice: 'Practices', thread: 'Threads', post: 'Messages', project: 'Projects', city: 'Cities', person: 'People', need: 'Needs', offer: 'Offers', document: 'Documents',
  },
  one: {
    practice: 'Practice', thread: 'Thread', post: 'Message', project: 'Project', city: 'City', person: 'Person', need: 'Need', offer: 'Offer', document: 'Document',
  },
  facet: { theme: 'Theme', country: 'Country', language: 'Language', year: 'Year' },
  none: 'No results for “{q}”',
  noneText: 'Nothing that you can read contains these words.',
  removeFilters: 'Remove the filters',
  askNetwork: 'Ask the network',
  resultsTitle: 'Results',
  examples: { markets: 'covered markets', sludge: 'faecal sludge', lighting: 'solar street lights', budget: 'participatory budget' },
  start: 'What are you looking for?',
  startText: 'A practice, a thread, a city: write in your own words, accents do not matter.',
  show: { one: 'Show {count} result', other: 'Show {count} results' },
};
