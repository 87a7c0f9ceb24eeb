import { lazyPage } from './lazy-page';

export const SignIn = lazyPage(() => import('../features/account/sign-in-page'));
export const LinkPage = lazyPage(() => import('../features/account/link-page'));
export const Home = lazyPage(() => import('../features/home/home-page'), 'first');
export const Talks = lazyPage(() => import('../features/forum/talks-page'));
export const Thread = lazyPage(() => import('../features/forum/thread-page'));
export const NewThread = lazyPage(() => import('../features/forum/new-thread-page'));
export const Practices = lazyPage(() => import('../features/practices/practices-page'));
export const Practice = lazyPage(() => import('../features/practices/practice-page'));
export const PracticeWork = lazyPage(() => import('../features/practices/routes'));
export const Projects = lazyPage(() => import('../features/projects/routes'));
export const Messages = lazyPage(() => import('../features/relay/routes'));
export const Cities = lazyPage(() => import('../features/organisations/cities-page'));
export const City = lazyPage(() => import('../features/organisations/city-page'));
export const Search = lazyPage(() => import('../features/search/routes'));
export const SearchBox = lazyPage(() => import('../features/search/search-box'));
export const Me = lazyPage(() => import('../features/account/me-page'));
export const MyData = lazyPage(() => import('../features/account/my-data-page'));
export const Drafts = lazyPage(() => import('../features/forum/drafts-page'));
export const Spaces = lazyPage(() => import('../features/spaces/routes'));
export const NotFound = lazyPage(() => import('./not-found-page'));

/** Those who work with practices, projects, needs or offers get their pages together; these choose by the address. */
export const PRACTICE_WORK = /^\/(reprises|pratiques\/(nouvelle|a-traiter|comparer|importer|dossiers|[^/]+\/(modifier|versions)))(\/|$)/;
export const SEARCH = /^\/recherche(\/(suivies|sans-reponse))?$/;
export const PROJECTS = /^\/(projets|besoins|offres)(\/|$)/;
export const SPACES = /^\/espaces(\/|$)/;
export const MESSAGES = /^\/messages(\/|$)/;

/** First match wins, as in the router's list. */
const BY_PATH: [RegExp, { preload: () => Promise<unknown> }][] = [
  [/^\/$/, Home],
  [/^\/connexion\/lien/, LinkPage],
  [/^\/connexion/, SignIn],
  [/^\/echanges\/nouveau/, NewThread],
  [/^\/echanges/, Talks],
  [/^\/fils\//, Thread],
  [PRACTICE_WORK, PracticeWork],
  [/^\/pratiques\/./, Practice],
  [/^\/pratiques/, Practices],
  [PROJECTS, Projects],
  [MESSAGES, Messages],
  [SPACES, Spaces],
  [/^\/villes\/./, City],
  [/^\/villes/, Cities],
  [SEARCH, { preload: () => Promise.all([Search.preload(), SearchBox.preload()]) }],
  [/^\/moi\/brouillons/, Drafts],
  [/^\/moi\/donnees/, MyData],
  [/^\/moi/, Me],
];

/** Fetches the code of the page at this address; a failure is met again, and told, when the page is opened. */
export async function preloadPage(path: string): Promise<void> {
  const page = BY_PATH.find(([pattern]) => pattern.test(path))?.[1] ?? NotFound;
  await page.preload().catch(() => undefined);
}

/** A link that is pointed at or focused will likely be followed: its page's code is fetched meanwhile. */
export function preloadOnApproach(): void {
  const approach = ({ target }: Event) => {
    const link = target instanceof Element ? target.closest('a') : null;
    if (link && link.origin === location.origin) void preloadPage(link.pathname);
  };
  document.addEventListener('pointerover', approach, { passive: true });
  document.addEventListener('focusin', approach);
}
