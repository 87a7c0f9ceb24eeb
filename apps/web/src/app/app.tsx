import { useQuery } from '@tanstack/react-query';
import { Suspense, useEffect, useState, useSyncExternalStore } from 'react';
import { Redirect, Route, Switch, useLocation } from 'wouter';
import { useI18n } from '../i18n';
import { outbox } from '../outbox';
import { ErrorNote, Skeleton } from '../ui';
import { ApiProblem } from './api';
import { ErrorBoundary } from './error-boundary';
import { useLive } from './live';
import { actFor, isTaken, onTaken } from './owner';
import { FactorDue, Invitation, LinkPage, MorePages, PAGES, Practice, SignIn, Talks, Thread } from './pages';
import { meQuery } from './queries';
import { Shell } from './shell';

/** Sign-in page or signed-in shell; the address asked for is kept through the sign-in. */
export function App() {
  const [location] = useLocation();
  return (
    <Suspense fallback={<Skeleton />}>
      <Switch>
        <Route path="/connexion">
          <SignIn />
        </Route>
        <Route path="/invitation">
          <Invitation />
        </Route>
        <Route path="/connexion/lien">
          <LinkPage />
        </Route>
        <Route>
          <SignedIn location={location} />
        </Route>
      </Switch>
    </Suspense>
  );
}

function SignedIn({ location }: { location: string }) {
  const me = useQuery(meQuery);
  const { setLang, setTimeZone } = useI18n();
  const account = me.data?.account;
  useEffect(() => {
    if (!account) return;
    setLang(account.interfaceLanguage);
    if (account.timeZone !== 'UTC') setTimeZone(account.timeZone);
  }, [account, setLang, setTimeZone]);
  const due = me.data?.factorDemand?.due;
  useEffect(() => {
    if (account && !due) void outbox.open(account.id);
  }, [account, due]);
  useLive(due ? undefined : account?.id);
  const taken = useTakenOver(account?.id);
  if (me.error instanceof ApiProblem && me.error.status === 401) {
    return <Redirect to={`/connexion?vers=${encodeURIComponent(location + window.location.search)}`} replace />;
  }
  if (taken) return <Skeleton />;
  if (!me.data)
    return <main className="page">{me.error ? <ErrorNote error={me.error} onRetry={() => void me.refetch()} /> : <Skeleton />}</main>;
  if (due) return <FactorDue />;
  return (
    <Shell>
      <ErrorBoundary key={location}>
        <Suspense fallback={<Skeleton />}>
          <Pages />
        </Suspense>
      </ErrorBoundary>
    </Shell>
  );
}

/** Another tab signed somebody else in, or this account out: nothing of it may stay on the screen, the page starts anew. */
function useTakenOver(account: string | undefined): boolean {
  const [first, setFirst] = useState(account);
  if (first === undefined && account !== undefined) setFirst(account);
  const claimed = useSyncExternalStore(onTaken, isTaken);
  const taken = claimed || (first !== undefined && account !== undefined && account !== first);
  useEffect(() => {
    if (taken) window.location.reload();
    else if (account) actFor(account);
  }, [taken, account]);
  return taken;
}

function Pages() {
  return (
    <Switch>
      {PAGES.map(([path, Page]) => (
        <Route key={String(path)} path={path}>
          <Page />
        </Route>
      ))}
      <Route path="/echanges">{() => <Talks />}</Route>
      <Route path="/echanges/:space">{({ space }) => <Talks space={space} />}</Route>
      <Route path="/fils/:id">{({ id }) => <Thread key={id} id={id} />}</Route>
      <Route path="/pratiques/:ref">{({ ref }) => <Practice reference={ref} />}</Route>
      <Route>
        <MorePages />
      </Route>
    </Switch>
  );
}
