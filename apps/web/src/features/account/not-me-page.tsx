import type { ClosedOffView } from '@passerelle/contract';
import { useMutation } from '@tanstack/react-query';
import { Link } from 'wouter';
import { api } from '../../app/api';
import { forgetAccount, leaveBrowser } from '../../app/forget';
import { usePage } from '../../app/page';
import { useI18n } from '../../i18n';
import { ErrorNote } from '../../ui';

/** Lands from the mail about a sign-in. One press says that it was somebody else: programs that open links in mails must not. */
export function NotMe({ token }: { token: string }) {
  const { t } = useI18n();
  const deny = useMutation({
    mutationFn: () => api.post<ClosedOffView>('/api/auth/not-me', { token }),
    onSuccess: () => {
      leaveBrowser();
      forgetAccount();
    },
  });
  usePage(t('security.notMeTitle'));
  return (
    <main id="contenu" className="page full-entry">
      <div>
        <h1 className="h-long">{t(deny.isSuccess ? 'security.notMeDone' : 'security.notMeTitle')}</h1>
        {deny.isSuccess ? (
          <Done done={deny.data} />
        ) : (
          <>
            <p className="mt-3">{t('security.notMeText')}</p>
            <p className="row mt-4">
              <button type="button" className="btn btn-p" aria-disabled={deny.isPending} onClick={() => deny.isPending || deny.mutate()}>
                {t('security.notMeDo')}
              </button>
              <Link className="btn btn-q" href="/">
                {t('security.notMeLeave')}
              </Link>
            </p>
          </>
        )}
        {deny.isError && <ErrorNote error={deny.error} />}
      </div>
    </main>
  );
}

function Done({ done }: { done: ClosedOffView }) {
  const { t } = useI18n();
  return (
    <>
      <ul className="list mt-3" role="status">
        <li>{t('security.endedSessions', { count: done.sessions })}</li>
        {done.password && <li>{t('security.voidPassword')}</li>}
        {done.factors > 0 && <li>{t('security.removedFactors', { count: done.factors })}</li>}
        {done.erasures > 0 && <li>{t('security.calledOff')}</li>}
      </ul>
      <p className="mt-3">{t('security.notMeNext')}</p>
      <p className="mt-4">
        <Link className="btn btn-p" href="/connexion">
          {t('account.backToSignIn')}
        </Link>
      </p>
    </>
  );
}
