import type { practices as fr } from '../fr/practices';
import type { Like } from '../types';

export const practices: Like<typeof fr> = {
  title: 'Good practices', count: { one: '{count} practice', other: '{count} practices' }, countOf: { one: '{count} of {total} practices', other: '{count} of {total} practices' },
  refine: 'Refine', refineCount: 'Refine ({n})', clear: 'Clear all', show: { one: 'Show {count} practice', other: 'Show {count} practices' }, active: 'Active filters', remove: ', remove', results: 'Results',
  list: 'List', map: 'Map', display: 'Display', sort: 'Sort', sorts: { 'taken-up': 'Most taken up first', newest: 'Most recent first', title: 'By title' },
  facet: { theme: 'Theme', country: 'Country', cost: 'Cost', size: 'Size of the city', takenUp: 'Taken up by other cities' },
  cost: { '<50k': 'Under €50k', '50k-250k': '€50k to €250k', '250k-1M': '€250k to €1M', '1M-5M': '€1M to €5M', '>5M': 'Over €5M', unknown: 'Cost not given' },
  size: { small: 'Under 100,000 inhabitants', medium: '100,000 to 500,000', large: 'Over 500,000', unknown: 'Size unknown' }, taken: { yes: 'At least once', no: 'Not yet' },
  takenBy: { one: 'taken up by {count} city', other: 'taken up by {count} cities' }, notTaken: 'Not taken up yet', since: 'since {year}', period: '{from} to {to}',
  facts: { city: 'City', since: 'Since', takenBy: 'Taken up by', cost: 'Cost', goals: 'Sustainable Development Goals', language: 'Sheet' }, goals: { one: 'Goal {list}', other: 'Goals {list}' }, updated: 'Version {version}, updated: {day}.', ongoing: '{year}, ongoing', unknownDate: 'Date not given', cities: { one: '{count} city', other: '{count} cities' }, nobody: 'No city yet',
  summary: 'In short', resultsTitle: 'Results', difficulties: 'Difficulties', partners: 'Partners', transfers: 'Passed from city to city', discussion: 'Discussion', noDiscussion: 'Nobody has discussed it yet.', ask: 'Ask a question about this practice',
  related: 'Related practices', about: 'About this record', source: 'See the source', otherSources: 'Other sources', inThisPage: 'On this page', print: 'Print', messages: { one: '{count} message', other: '{count} messages' },
  state: { interest: 'Interest', contact: 'Contact', trial: 'On trial', 'taken-up': 'Taken up', 'taken-up-in-part': 'Taken up in part' },
  empty: 'No practice with these filters', emptyText: 'Remove a filter or search in your own words.', mapLabel: 'Map of practices', mapNote: 'One dot per city, larger when the city has several practices. Equal-area map.', transferMap: 'Map: from {from} to {to}',
};
