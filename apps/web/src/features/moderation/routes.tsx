import { Route, Switch } from 'wouter';
import { ForMembers, ForModerators } from '../../ui/gate';
import DeskPage from './desk-page';
import './moderation.css';
import MinePage from './mine-page';
import RegisterPage from './register-page';

/** Addresses of moderation: the desk for moderators, one's own letters for everybody, the register for members. */
export default function ModerationRoutes() {
  return (
    <Switch>
      <Route path="/moderation/decisions">
        <MinePage />
      </Route>
      <Route path="/moderation/:id">
        {({ id }) => (
          <ForModerators>
            <DeskPage id={id} />
          </ForModerators>
        )}
      </Route>
      <Route path="/moderation">
        <ForModerators>
          <DeskPage />
        </ForModerators>
      </Route>
      <Route path="/registre">
        <ForMembers text="gate.guestWrites">
          <RegisterPage />
        </ForMembers>
      </Route>
    </Switch>
  );
}
