import { Route, Switch } from 'wouter';
import { ForMembers } from '../../ui/gate';
import AccessionPage from './accession-page';
import AccessionsPage from './accessions-page';

/** Addresses of candidatures. */
export default function AccessionRoutes() {
  return (
    <ForMembers text="accessions.guests">
      <Switch>
        <Route path="/adhesions">
          <AccessionsPage />
        </Route>
        <Route path="/adhesions/:id">{({ id }) => <AccessionPage key={id} id={id} />}</Route>
      </Switch>
    </ForMembers>
  );
}
