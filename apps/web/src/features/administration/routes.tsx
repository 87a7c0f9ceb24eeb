import { Route, Switch } from 'wouter';
import { ForSecretariat } from '../../ui/gate';
import AdministrationPage from './administration-page';
import JournalPage from './journal/journal-page';
import FactorDemandsPage from './factor-demands-page';
import PeoplePage from './people/people-page';
import PersonPage from './people/person-page';
import StandInsPage from './stand-ins/stand-ins-page';

/** Addresses of the secretariat's own work. */
export default function AdministrationRoutes() {
  return (
    <ForSecretariat>
      <Switch>
        <Route path="/administration">
          <AdministrationPage />
        </Route>
        <Route path="/administration/journal">
          <JournalPage />
        </Route>
        <Route path="/administration/securite">
          <FactorDemandsPage />
        </Route>
        <Route path="/administration/personnes">
          <PeoplePage />
        </Route>
        <Route path="/administration/sans-acces">
          <StandInsPage />
        </Route>
        <Route path="/administration/personnes/:id">{({ id }) => <PersonPage key={id} id={id} />}</Route>
      </Switch>
    </ForSecretariat>
  );
}
