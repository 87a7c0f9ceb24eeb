import { excerpt } from '@passerelle/text';
import type { Article, BreadcrumbList, City, CollectionPage, Graph, Organization, Thing, WebSite } from 'schema-dts';
import { canonicalOf, type Context, type Place } from './context.js';
import type { PublicEntry, PublicPractice } from './public.presenter.js';
import type { PublicCity } from './public.queries.js';

/** Search engines cut a longer headline. */
const HEADLINE = 110;
const ASSOCIATION_SITE = 'https://www.aimf.asso.fr';

// The types of schema.org are checked by the compiler (schema-dts): an unknown property or a wrong kind of value fails the build.
const graph = (...things: Thing[]): Graph => ({ '@context': 'https://schema.org', '@graph': things });
const association = ({ words }: Context): Organization => ({ '@type': 'Organization', name: words.association, alternateName: 'AIMF', url: ASSOCIATION_SITE });

function trail(context: Context, steps: [name: string, place: Place][]): BreadcrumbList {
  return {
    '@type': 'BreadcrumbList',
    itemListElement: steps.map(([name, place], index) => ({ '@type': 'ListItem', position: index + 1, name, item: canonicalOf(context.origin, place, context.language) })),
  };
}

export const siteData = (context: Context, place: Place): Graph => {
  const site: WebSite = {
    '@type': 'WebSite', name: context.words.site, description: context.words.home.description, url: canonicalOf(context.origin, place, context.language),
    inLanguage: context.language, publisher: association(context),
  };
  return graph(site);
};

export function listData(context: Context, place: Place, title: string, items: PublicPractice[]): Graph {
  const page: CollectionPage = {
    '@type': 'CollectionPage', name: title, url: canonicalOf(context.origin, place, context.language), inLanguage: context.language, isPartOf: { '@type': 'WebSite', name: context.words.site, url: canonicalOf(context.origin, { path: '/public' }, context.language) },
    mainEntity: {
      '@type': 'ItemList', numberOfItems: items.length,
      itemListElement: items.map((item, index) => ({ '@type': 'ListItem', position: index + 1, name: item.title, url: canonicalOf(context.origin, { path: `/public/pratiques/${item.ref}` }, context.language) })),
    },
  };
  return graph(page, trail(context, [[context.words.nav.home, { path: '/public' }], [title, place]]));
}

const geoOf = (place: { latitude: number | null; longitude: number | null }) =>
  place.latitude !== null && place.longitude !== null ? { geo: { '@type': 'GeoCoordinates', latitude: place.latitude, longitude: place.longitude } as const } : {};

/**
 * A practice is an article: of the city when a named official has agreed, of the association when it was written from a
 * public source, which it then names.
 */
export function entryData(context: Context, place: Place, entry: PublicEntry): Graph {
  const { origin, language } = context;
  const url = canonicalOf(origin, place, language);
  const located: City | null = entry.city && { '@type': 'City', name: entry.city.name, address: { '@type': 'PostalAddress', addressCountry: entry.country.code }, ...geoOf(entry) };
  const [source] = entry.sources;
  const article: Article = {
    '@type': 'Article', headline: excerpt(entry.title, HEADLINE), abstract: entry.summary, inLanguage: entry.language, url, mainEntityOfPage: url, identifier: `urn:uuid:${entry.id}`,
    datePublished: entry.publishedAt, dateModified: entry.updatedAt, isAccessibleForFree: true, publisher: association(context),
    author: entry.agreed && entry.city ? { '@type': 'Organization', name: entry.city.name } : association(context),
    ...(entry.theme && { about: { '@type': 'Thing', name: entry.theme[language] } }),
    ...(located && { contentLocation: located }),
    ...(!entry.agreed && source && { isBasedOn: source }),
    ...(entry.photos.length > 0 && { image: entry.photos.map(({ file }) => `${origin}/public/fichiers/${file.id}`) }),
  };
  return graph(article, trail(context, [[context.words.nav.home, { path: '/public' }], [context.words.nav.practices, { path: '/public/pratiques' }], [entry.title, place]]));
}

export function cityData(context: Context, place: Place, city: PublicCity): Graph {
  const thing: City = {
    '@type': 'City', name: city.name, url: canonicalOf(context.origin, place, context.language), ...geoOf(city),
    containedInPlace: { '@type': 'Country', name: context.country(city.country, city.country_name), identifier: city.country },
  };
  return graph(thing, trail(context, [[context.words.nav.home, { path: '/public' }], [context.words.nav.cities, { path: '/public/villes' }], [city.name, place]]));
}
