import { lazy } from 'react';
import { Route, Switch } from 'wouter';
import { useI18n } from '../../i18n';
import { Empty } from '../../ui';
import { ForMembers, ForWriters } from '../../ui/gate';
import NeedPage from './need-page';
import NeedsPage from './needs-page';
import ProjectPage from './project-page';
import ProjectsPage from './projects-page';

// Most read, few write: the forms come when asked for.
const ProjectEditor = lazy(() => import('./project-editor-page'));
const NeedEditor = lazy(() => import('./need-editor-page'));
const Offer = lazy(() => import('./offer-page'));
const OfferEditor = lazy(() => import('./offer-editor-page'));

/** All addresses of projects, needs and offers: one entry in the first bundle, whatever is added here. */
export default function ProjectRoutes() {
  return (
    <ForMembers text="gate.projects">
      <Pages />
    </ForMembers>
  );
}

function Pages() {
  return (
    <Switch>
      <Route path="/projets">
        <ProjectsPage />
      </Route>
      <Route path="/projets/nouveau">
        <ForWriters>
          <ProjectEditor />
        </ForWriters>
      </Route>
      <Route path="/projets/:ref/modifier">{({ ref }) => <ProjectEditor key={ref} reference={ref} />}</Route>
      <Route path="/projets/:ref">{({ ref }) => <ProjectPage key={ref} reference={ref} />}</Route>
      <Route path="/besoins">
        <NeedsPage />
      </Route>
      <Route path="/besoins/nouveau">
        <ForWriters>
          <NeedEditor />
        </ForWriters>
      </Route>
      <Route path="/besoins/:id/modifier">{({ id }) => <NeedEditor key={id} id={id} />}</Route>
      <Route path="/besoins/:id">{({ id }) => <NeedPage key={id} id={id} />}</Route>
      <Route path="/offres/nouvelle">
        <ForWriters>
          <OfferEditor />
        </ForWriters>
      </Route>
      <Route path="/offres/:id/modifier">{({ id }) => <OfferEditor key={id} id={id} />}</Route>
      <Route path="/offres/:id">{({ id }) => <Offer key={id} id={id} />}</Route>
      <Route>
        <Nowhere />
      </Route>
    </Switch>
  );
}

function Nowhere() {
  const { t } = useI18n();
  return <Empty heading="h1" title={t('shell.notFoundTitle')} text={t('shell.notFound')} />;
}
