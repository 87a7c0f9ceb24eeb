import type { AccountView, ChallengeView } from '@passerelle/contract';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useLocation, useSearchParams } from 'wouter';
import { api } from '../../app/api';
import { forgetAccount, isShared } from '../../app/forget';
import { usePage } from '../../app/page';
import { useI18n } from '../../i18n';
import { clearWhatWasLeft } from '../../outbox/leave';
import { ErrorNote } from '../../ui';
import { NotMe } from './not-me-page';
import { SecondStep } from './second-step';

/** Lands from a mailed link: to sign in, or to say that a sign-in was somebody else's. */
export default function LinkPage() {
  const [params] = useSearchParams();
  const alert = params.get('alerte');
  return alert === null ? <SignInByLink token={params.get('token') ?? ''} /> : <NotMe token={alert} />;
}

/** One tap confirms: programs that open links in mails must not use it up. */
function SignInByLink({ token }: { token: string }) {
  const { t } = useI18n();
  const [, navigate] = useLocation();
  const [challenge, setChallenge] = useState<ChallengeView | null>(null);
  const enter = (account: AccountView) =>
    clearWhatWasLeft(account.id).finally(() => {
      forgetAccount();
      navigate('/', { replace: true });
    });
  const confirm = useMutation({
    mutationFn: () => api.post<{ account: AccountView } | ChallengeView>('/api/auth/link/confirm', { token, sharedDevice: isShared() }),
    onSuccess: (answer) => ('account' in answer ? enter(answer.account) : setChallenge(answer)),
  });
  usePage(t('account.linkTitle'));
  if (challenge !== null)
    return (
      <main id="contenu" className="page full-entry">
        <div>
          <h1 className="h-long">{t('account.linkTitle')}</h1>
          <SecondStep asked={challenge} onEntered={enter} onBack={() => navigate('/connexion')} />
        </div>
      </main>
    );
  return (
    <main id="contenu" className="page full-entry">
      <div>
        <h1 className="h-long">{t('account.linkTitle')}</h1>
        <p className="soft mt-3">{confirm.isPending ? t('account.linkWorking') : t('account.linkConfirmText')}</p>
        <p className="row mt-4">
          <button type="button" className="btn btn-p" onClick={() => confirm.mutate()}>
            {t('account.linkConfirm')}
          </button>
          <Link className="btn btn-q" href="/connexion">
            {t('account.backToSignIn')}
          </Link>
        </p>
        {confirm.isError && <ErrorNote error={confirm.error} />}
      </div>
    </main>
  );
}
