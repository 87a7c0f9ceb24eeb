import { Route, Switch } from 'wouter';
import { ForMembers, ForWriters } from '../../ui/gate';
import ConversationPage from './conversation-page';
import MessagesPage from './messages-page';
import NewLetterPage from './new-letter-page';

/** All addresses of private messages: one entry in the first bundle. */
export default function RelayRoutes() {
  return (
    <ForMembers text="relay.members">
      <Switch>
        <Route path="/messages/nouveau">
          <ForWriters>
            <NewLetterPage />
          </ForWriters>
        </Route>
        <Route path="/messages/:id">{({ id }) => <ConversationPage key={id} id={id} />}</Route>
        <Route path="/messages">
          <MessagesPage />
        </Route>
      </Switch>
    </ForMembers>
  );
}
