import { Route, Switch } from 'wouter';
import { ForSecretariat } from '../../ui/gate';
import SavedPage from './saved-page';
import SearchPage from './search-page';
import UnansweredPage from './unanswered-page';

/** The search, the searches that one follows, and what was looked for in vain. */
export default function SearchRoutes() {
  return (
    <Switch>
      <Route path="/recherche/suivies">
        <SavedPage />
      </Route>
      <Route path="/recherche/sans-reponse">
        <ForSecretariat text="gate.secretariatSearch">
          <UnansweredPage />
        </ForSecretariat>
      </Route>
      <Route>
        <SearchPage />
      </Route>
    </Switch>
  );
}
