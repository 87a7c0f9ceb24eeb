import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { api } from '../../app/api';
import { forgetAccount, isShared, leaveBrowser } from '../../app/forget';
import { useMe } from '../../app/queries';
import { useI18n } from '../../i18n';
import { useOutbox } from '../../outbox';
import { clearDevice, forgetLists, type UnsentText, unsentTexts } from '../../outbox/leave';
import { announce, ErrorNote, Note, Sheet } from '../../ui';

interface Leaving {
  everywhere: boolean;
  unsent: UnsentText[];
}

/** Ends the session. On a shared device nothing stays, so that what would be lost is shown before. */
export function SignOut() {
  const { t } = useI18n();
  const account = useMe().account.id;
  const [, navigate] = useLocation();
  const [asking, setAsking] = useState<Leaving | null>(null);
  const shared = isShared();
  const waiting = useOutbox().length;
  const leave = useMutation({
    mutationFn: (everywhere: boolean) => api.post(everywhere ? '/api/auth/logout-everywhere' : '/api/auth/logout'),
    onSuccess: async () => {
      leaveBrowser();
      await forgetLists();
      if (shared) await clearDevice(account);
      navigate('/connexion');
      forgetAccount();
    },
  });
  const ask = useMutation({
    mutationFn: async (everywhere: boolean) => ({ everywhere, unsent: shared ? await unsentTexts(account) : [] }),
    onSuccess: (leaving) => (leaving.unsent.length > 0 ? setAsking(leaving) : leave.mutate(leaving.everywhere)),
  });
  return (
    <>
      {waiting > 0 && <Note icon="clock">{t(shared ? 'account.waitingShared' : 'account.waitingSignOut')}</Note>}
      <p className="row mt-3">
        <button type="button" className="btn" onClick={() => ask.mutate(false)}>
          {t('account.signOut')}
        </button>
        <button type="button" className="btn btn-q btn-x" onClick={() => ask.mutate(true)}>
          {t('account.signOutEverywhere')}
        </button>
      </p>
      {leave.isError && <ErrorNote error={leave.error} />}
      {asking && (
        <LoseTexts
          texts={asking.unsent}
          onStay={() => setAsking(null)}
          onLeave={() => (setAsking(null), leave.mutate(asking.everywhere))}
        />
      )}
    </>
  );
}

function LoseTexts({ texts, onStay, onLeave }: { texts: UnsentText[]; onStay: () => void; onLeave: () => void }) {
  const { t } = useI18n();
  const written = texts.filter(({ text }) => text !== '');
  const copy = () =>
    navigator.clipboard.writeText(written.map(({ text }) => text).join('\n\n')).then(
      () => announce(t('account.lose.copied')),
      () => announce(t('account.lose.notCopied')),
    );
  return (
    <Sheet title={t('account.lose.title')} onClose={onStay}>
      <div className="mt-3">
        <p>{t('account.lose.text', { count: texts.length })}</p>
        {written.map(({ id, text }) => (
          <blockquote key={id} className="soft pre mt-3">
            {text}
          </blockquote>
        ))}
        <p className="row mt-4">
          <button type="button" className="btn btn-p" onClick={onStay}>
            {t('account.lose.stay')}
          </button>
          {written.length > 0 && (
            <button type="button" className="btn" onClick={() => void copy()}>
              {t('account.lose.copy')}
            </button>
          )}
          <button type="button" className="btn btn-q btn-x" onClick={onLeave}>
            {t('account.lose.leave')}
          </button>
        </p>
      </div>
    </Sheet>
  );
}
