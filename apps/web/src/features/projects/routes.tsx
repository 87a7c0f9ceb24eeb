import { lazy } from 'react';
import { Route, Switch } from 'wouter';
import ProjectPage from './project-page';
import ProjectsPage from './projects-page';

// Most read, few write: the forms come when asked for.
const ProjectEditor = lazy(() => import('./project-editor-page'));

/** All addresses of projects, needs and offers: one entry in the first bundle, whatever is added here. */
export default function ProjectRoutes() {
  return (
    <Switch>
      <Route path="/projets">
        <ProjectsPage />
      </Route>
      <Route path="/projets/nouveau">
        <ProjectEditor />
      </Route>
      <Route path="/projets/:ref/modifier">{({ ref }) => <ProjectEditor key={ref} reference={ref} />}</Route>
      <Route path="/projets/:ref">{({ ref }) => <ProjectPage key={ref} reference={ref} />}</Route>
    </Switch>
  );
}
