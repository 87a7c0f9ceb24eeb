import type { AccountView, ChallengeView, DemoAccountView, WelcomeView } from '@passerelle/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { lazy, type SyntheticEvent, Suspense, useEffect, useState } from 'react';
import { useLocation, useSearchParams } from 'wouter';
import { api } from '../../app/api';
import { actFor, forgetAccount, markShared } from '../../app/forget';
import { usePage } from '../../app/page';
import { useI18n } from '../../i18n';
import { clearWhatWasLeft, forgetLists } from '../../outbox/leave';
import { capacityText, Flag, Icon, Mark, Note } from '../../ui';
import { knowsPasskeys } from '../../ui/passkey';
import { PasskeyButton } from '../../ui/passkey-button';
import { CoverArcs } from './cover-arcs';
import { SecondStep } from './second-step';

const SingleSignOn = lazy(() => import('./single-sign-on'));

interface Credentials {
  email: string;
  password: string;
  sharedDevice?: boolean;
}

/** Only an address of this site is followed after the sign-in. */
const safeTarget = (to: string | null) => (to && /^\/(?![/\\])/.test(to) && !to.startsWith('/connexion') ? to : '/');

export default function SignInPage() {
  const { t, lang, setLang, problem } = useI18n();
  const [, navigate] = useLocation();
  const [params] = useSearchParams();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [shared, setShared] = useState(false);
  // From the provider: what came of it stands in the fragment until it is read.
  const [isBack] = useState(() => location.hash !== '');
  const welcome = useQuery({ queryKey: ['welcome'], queryFn: () => api.get<WelcomeView>('/api/auth/welcome'), staleTime: Infinity });
  const [challenge, setChallenge] = useState<ChallengeView | null>(null);
  const enter = (account: AccountView, isShared = shared) =>
    clearWhatWasLeft(account.id).finally(() => {
      markShared(isShared);
      // The other tabs of this browser stop acting as whoever was here before.
      actFor(account.id);
      navigate(safeTarget(params.get('vers')), { replace: true });
    });
  const signIn = useMutation({
    mutationFn: (body: Credentials) => api.post<{ account: AccountView } | ChallengeView>('/api/auth/login', body),
    onSuccess: (answer) => ('account' in answer ? enter(answer.account) : setChallenge(answer)),
  });
  const link = useMutation({
    mutationFn: () => api.post('/api/auth/link', { email, language: lang }),
    onSuccess: () => markShared(shared),
  });
  // Whoever was here has left, by a button or because the session ended.
  useEffect(() => {
    forgetAccount();
    void forgetLists();
    void clearWhatWasLeft();
  }, []);
  usePage(t('account.title'));
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    signIn.mutate({ email, password, sharedDevice: shared });
  };
  const first = (
    <>
      <form onSubmit={submit} className="mt-4">
        <div className="field">
          <label htmlFor="email">{t('account.email')}</label>
          <input
            className="in"
            id="email"
            type="email"
            autoComplete="username"
            required
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
        </div>
        <div className="field mt-4">
          <label htmlFor="password">{t('account.password')}</label>
          <input
            className="in"
            id="password"
            type="password"
            autoComplete="current-password"
            required
            value={password}
            aria-invalid={signIn.isError}
            onChange={(event) => setPassword(event.target.value)}
          />
          {signIn.isError && (
            <p className="err" role="alert">
              {problem(signIn.error)}
            </p>
          )}
        </div>
        <label className="opt mt-2">
          <input type="checkbox" checked={shared} onChange={(event) => setShared(event.target.checked)} />
          <span>
            {t('account.shared')}
            <small>{t('account.sharedHint')}</small>
          </span>
        </label>
        <button className="btn btn-p wide mt-2" type="submit" aria-disabled={signIn.isPending}>
          {t('account.signIn')}
        </button>
        <div className="row mt-1">
          <button type="button" className="btn btn-q" disabled={!email.includes('@')} onClick={() => link.mutate()}>
            <Icon name="mail" small />
            {t('account.link')}
          </button>
        </div>
      </form>
      {!email.includes('@') && <p className="meta">{t('account.linkNeedsEmail')}</p>}
      {link.isSuccess && (
        <Note icon="mail" role="status">
          {t('account.linkSent')}
        </Note>
      )}
      {link.isError && (
        <p className="err" role="alert">
          {problem(link.error)}
        </p>
      )}
      {(welcome.data?.sso || isBack) && (
        <Suspense>
          <SingleSignOn
            label={welcome.data?.sso ?? null}
            shared={shared}
            to={params.get('vers') ?? ''}
            onEntered={enter}
            onChallenge={(asked, isShared) => (setShared(isShared), setChallenge(asked))}
          />
        </Suspense>
      )}
      {knowsPasskeys() && (
        <div className="mt-1">
          <PasskeyButton
            label={t('security.signInPasskey')}
            path="/api/auth/passkey/options"
            onShown={(passkey) =>
              api.post<{ account: AccountView }>('/api/auth/passkey', { passkey, sharedDevice: shared }).then(({ account }) => enter(account))
            }
          />
        </div>
      )}
      {welcome.data?.demo && (
        <DemoAccounts
          welcome={welcome.data}
          onChoose={(one) => signIn.mutate({ email: one.email, password: welcome.data.password ?? '', sharedDevice: shared })}
        />
      )}
    </>
  );
  return (
    <div className="entry full-entry">
      <header className="cover">
        <div className="brand cover-brand">
          <Mark />
          <span>Passerelle</span>
        </div>
        <p className="big">{t('account.cover')}</p>
        <p className="sub-c">{t('account.coverText')}</p>
        <div className="arcs-s">
          <CoverArcs label={t('account.coverArcs')} compact />
        </div>
        <div className="cover-arcs">
          <CoverArcs label={t('account.coverArcs')} />
        </div>
      </header>
      <main id="contenu">
        <div className="row">
          <h1 className="h-long">{t('account.title')}</h1>
          <button
            type="button"
            className="btn btn-q push"
            lang={lang === 'fr' ? 'en' : 'fr'}
            onClick={() => setLang(lang === 'fr' ? 'en' : 'fr')}
          >
            {lang === 'fr' ? 'English' : 'Français'}
          </button>
        </div>
        {/^\/./.test(params.get('vers') ?? '') && <p className="meta mt-2">{t('account.expired')}</p>}
        {challenge === null ? first : <SecondStep asked={challenge} onEntered={enter} onBack={() => setChallenge(null)} />}
      </main>
    </div>
  );
}

function DemoAccounts({ welcome, onChoose }: { welcome: WelcomeView; onChoose: (account: DemoAccountView) => void }) {
  const { t } = useI18n();
  return (
    <section className="demo mt-5" aria-labelledby="demo">
      <h2 id="demo" className="t-l">
        {t('account.demoTitle')}
      </h2>
      <p className="hint mt-1">{t('account.demoHint', { password: welcome.password ?? '' })}</p>
      <ul>
        {welcome.accounts.map((account) => (
          <li key={account.email}>
            <button type="button" onClick={() => onChoose(account)}>
              {account.country ? (
                <Flag country={account.country} />
              ) : (
                <Icon name={account.role === 'guest' ? 'lock' : account.role === 'administrator' ? 'people' : 'scale'} />
              )}
              <b>{account.country ? capacityText(account.function, account.organisation) : account.function}</b>
              <span className="meta">{t(`account.role.${account.role}`)}</span>
              <Icon name="next" />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
