import type { cities as fr } from '../fr/cities';
import type { Like } from '../types';

export const cities: Like<typeof fr> = {
  title: 'Cities and associations', count: { one: '{count} city or association', other: '{count} cities and associations' }, filter: 'Name of a city or country', country: 'Country', allCountries: 'All countries', onlyMembers: 'Attested by a source', map: 'Map', list: 'List', display: 'Display',
  mapLabel: 'Map of the network', member: 'Member city', associate: 'Associate city', participant: 'Took part in a meeting', host: 'Hosted an assembly', project: 'Carries a project', demonstration: 'Demonstration city, membership not verified', other: 'Organisation',
  inhabitants: { one: '{count} inhabitant', other: '{count} inhabitants' }, practices: 'Good practices', noPractices: 'No practice recorded so far.', people: 'People in office', noPeople: 'Nobody is registered for this city yet.', threads: 'Current threads', noThreads: 'No thread so far.',
  given: 'What {city} has passed on', received: 'Taken up from elsewhere', noReceived: 'Nothing is noted here yet. A city that draws on another one says so itself.', ask: 'Ask the network', source: 'Source of the membership', practiceCount: { one: '{count} practice', other: '{count} practices' },
  empty: 'No city of this name', emptyText: 'Check the spelling or choose a country.', legend: 'Green points: cities attested by a source. Grey points: demonstration examples, not shown as members.', since: 'since {date}', mapOf: 'Map: {city} and the cities of its exchanges',
};
