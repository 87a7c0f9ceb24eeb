import { Route, Switch } from 'wouter';
import { ForSecretariat } from '../../ui/gate';
import AdministrationPage from './administration-page';

/** Addresses of the secretariat's own work. */
export default function AdministrationRoutes() {
  return (
    <ForSecretariat>
      <Switch>
        <Route path="/administration">
          <AdministrationPage />
        </Route>
      </Switch>
    </ForSecretariat>
  );
}
