import { lazyPage } from './lazy-page';

export const SignIn = lazyPage(() => import('../features/account/sign-in-page'));
export const Invitation = lazyPage(() => import('../features/invitations/invitation-page'));
export const LinkPage = lazyPage(() => import('../features/account/link-page'));
const Home = lazyPage(() => import('../features/home/home-page'), 'first');
export const Talks = lazyPage(() => import('../features/forum/talks-page'));
export const Thread = lazyPage(() => import('../features/forum/thread-page'));
const NewThread = lazyPage(() => import('../features/forum/new-thread-page'));
const Practices = lazyPage(() => import('../features/practices/practices-page'));
export const Practice = lazyPage(() => import('../features/practices/practice-page'));
const PracticeWork = lazyPage(() => import('../features/practices/routes'));
const Search = lazyPage(() => import('../features/search/routes'));
export const SearchBox = lazyPage(() => import('../features/search/search-box'));
/** Stands in the place of all pages while a second factor is demanded and missing. */
export const FactorDue = lazyPage(() => import('../features/account/factor-due-page'));
/** All others: their addresses and the list of their files weigh on the first page if they stand here. */
export const MorePages = lazyPage(() => import('./more-pages'));

const SEARCH = /^\/recherche(\/(suivies|sans-reponse))?$/;

/** Pages whose address says all, and features that choose among their own pages by the address. First match wins. */
export const PAGES = [
  [/^\/$/, Home],
  [/^\/echanges\/nouveau$/, NewThread],
  [/^\/(reprises|pratiques\/(nouvelle|a-traiter|comparer|importer|dossiers|[^/]+\/(modifier|versions)))(\/|$)/, PracticeWork],
  [/^\/pratiques$/, Practices],
  [SEARCH, Search],
] as const;

const BY_PATH: readonly (readonly [RegExp, { preload: () => Promise<unknown> }])[] = [
  [SEARCH, { preload: () => Promise.all([Search.preload(), SearchBox.preload()]) }],
  ...PAGES,
  [/^\/connexion\/lien/, LinkPage],
  [/^\/invitation$/, Invitation],
  [/^\/connexion/, SignIn],
  [/^\/echanges/, Talks],
  [/^\/fils\//, Thread],
  [/^\/pratiques\/./, Practice],
];

const preloadMore = async (path: string) => {
  const [{ preload }] = await Promise.all([import('./more-pages'), MorePages.preload()]);
  await preload(path);
};

/** Fetches the code of the page at this address; a failure is met again, and told, when the page is opened. */
export async function preloadPage(path: string): Promise<void> {
  const page = BY_PATH.find(([pattern]) => pattern.test(path))?.[1];
  await (page ? page.preload() : preloadMore(path)).catch(() => undefined);
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
