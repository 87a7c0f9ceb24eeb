import { Route, Switch } from 'wouter';
import { lazyPage } from './lazy-page';

const Projects = lazyPage(() => import('../features/projects/routes'));
const Messages = lazyPage(() => import('../features/relay/routes'));
const Cities = lazyPage(() => import('../features/organisations/cities-page'));
const City = lazyPage(() => import('../features/organisations/city-page'));
const Me = lazyPage(() => import('../features/account/me-page'));
const Invitations = lazyPage(() => import('../features/invitations/invitations-page'));
const InvitationFile = lazyPage(() => import('../features/invitations/file-page'));
const Moderation = lazyPage(() => import('../features/moderation/routes'));
const Administration = lazyPage(() => import('../features/administration/routes'));
const Accessions = lazyPage(() => import('../features/accessions/routes'));
const MyData = lazyPage(() => import('../features/account/my-data-page'));
const Security = lazyPage(() => import('../features/account/security-page'));
const HandOver = lazyPage(() => import('../features/account/hand-over-page'));
const Delegations = lazyPage(() => import('../features/account/delegations-page'));
const Mailbox = lazyPage(() => import('../features/account/mailbox-page'));
const Drafts = lazyPage(() => import('../features/forum/drafts-page'));
const Spaces = lazyPage(() => import('../features/spaces/routes'));
const NotFound = lazyPage(() => import('./not-found-page'));

const CITY = /^\/villes\/(?<slug>[^/]+)$/;

/** Pages that are opened less often, after those of pages.ts. */
const PAGES = [
  [/^\/(projets|besoins|offres)(\/|$)/, Projects],
  [/^\/messages(\/|$)/, Messages],
  [/^\/espaces(\/|$)/, Spaces],
  [/^\/(moderation|registre)(\/|$)/, Moderation],
  [/^\/administration(\/|$)/, Administration],
  [/^\/adhesions(\/|$)/, Accessions],
  [/^\/invitations$/, Invitations],
  [/^\/invitations\/fichier$/, InvitationFile],
  [/^\/villes$/, Cities],
  [/^\/moi$/, Me],
  [/^\/moi\/donnees$/, MyData],
  [/^\/moi\/securite$/, Security],
  [/^\/moi\/brouillons$/, Drafts],
  [/^\/passation$/, HandOver],
  [/^\/delegations$/, Delegations],
  [/^\/boite(\/|$)/, Mailbox],
] as const;
const BY_PATH: readonly (readonly [RegExp, { preload: () => Promise<unknown> }])[] = [...PAGES, [CITY, City]];

/** Chooses by the address; what nobody has is told so. */
export default function MorePages() {
  return (
    <Switch>
      {PAGES.map(([path, Page]) => (
        <Route key={String(path)} path={path}>
          <Page />
        </Route>
      ))}
      <Route path={CITY}>{({ slug }) => <City slug={slug ?? ''} />}</Route>
      <Route>
        <NotFound />
      </Route>
    </Switch>
  );
}

/** Fetches the code of the page at this address. */
export const preload = (path: string): Promise<unknown> => (BY_PATH.find(([pattern]) => pattern.test(path))?.[1] ?? NotFound).preload();
