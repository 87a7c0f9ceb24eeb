import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Route, Switch } from 'wouter';
import { useMe } from '../../app/queries';
import { Skeleton } from '../../ui';
import { ForMembers, ForModerators } from '../../ui/gate';
import DeskPage from './desk-page';
import './moderation.css';
import { queueQuery } from './moderation.api';
import MinePage from './mine-page';
import PreparedPage from './prepared-page';
import RegisterPage from './register-page';
import RulesPage from './rules-page';
import { NewRulePage, RulePage } from './watch/rule-page';
import WatchRulesPage from './watch/rules-page';

/** Addresses of moderation: the desk for moderators, one's own letters for everybody, the register for members. */
export default function ModerationRoutes() {
  return (
    <Switch>
      <Route path="/moderation/decisions">
        <MinePage />
      </Route>
      <Route path="/moderation/motifs">
        <ForModerators>
          <PreparedPage />
        </ForModerators>
      </Route>
      <Route path="/moderation/regles-de-veille">
        <WatchRulesPage />
      </Route>
      <Route path="/moderation/regles-de-veille/nouvelle">
        <NewRulePage />
      </Route>
      <Route path="/moderation/regles-de-veille/:id">{({ id }) => <RulePage key={id} id={id} />}</Route>
      <Route path="/moderation/personnes/:id">
        {({ id }) => (
          <ForModerators>
            <DeskPage newcomer={id} />
          </ForModerators>
        )}
      </Route>
      <Route path="/moderation/:id">
        {({ id }) => (
          <ForDesk>
            <DeskPage id={id} />
          </ForDesk>
        )}
      </Route>
      <Route path="/moderation">
        <ForDesk>
          <DeskPage />
        </ForDesk>
      </Route>
      <Route path="/registre/regles">
        <RulesPage />
      </Route>
      <Route path="/registre">
        <ForMembers text="gate.guestWrites">
          <RegisterPage />
        </ForMembers>
      </Route>
    </Switch>
  );
}

/** Moderators, and those who animate a confidential space: for these the server says whether there is a desk. */
function ForDesk({ children }: { children: ReactNode }) {
  const { role } = useMe().account;
  const moderates = role === 'moderator' || role === 'administrator';
  const desk = useInfiniteQuery({ ...queueQuery({}), enabled: !moderates });
  if (moderates || desk.data) return children;
  return desk.isPending ? <Skeleton /> : <ForModerators>{children}</ForModerators>;
}
