import { Route, Switch } from 'wouter';
import CreateSpacePage from './create-space-page';
import SpacePage, { type SpaceTab } from './space-page';
import SpacesPage from './spaces-page';

const TABS: Record<string, SpaceTab> = { membres: 'members', demandes: 'requests', reglages: 'settings' };

/** All addresses of spaces as groups: one entry in the first bundle. */
export default function SpaceRoutes() {
  return (
    <Switch>
      <Route path="/espaces">
        <SpacesPage />
      </Route>
      <Route path="/espaces/nouveau">
        <CreateSpacePage />
      </Route>
      <Route path="/espaces/:slug">{({ slug }) => <SpacePage key={slug} slug={slug} tab="about" />}</Route>
      <Route path="/espaces/:slug/:tab">{({ slug, tab }) => <SpacePage key={slug} slug={slug} tab={TABS[tab] ?? 'about'} />}</Route>
    </Switch>
  );
}
