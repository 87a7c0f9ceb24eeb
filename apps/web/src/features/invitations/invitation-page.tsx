import type { AcceptedInvitation, OpenedInvitation } from '@passerelle/contract';
import { frenchTypography } from '@passerelle/text';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type SyntheticEvent, useEffect, useState } from 'react';
import { Link, useLocation, useSearchParams } from 'wouter';
import { api, ApiProblem } from '../../app/api';
import { actFor, forgetAccount, markShared } from '../../app/forget';
import { usePage } from '../../app/page';
import { useI18n } from '../../i18n';
import { Empty, ErrorNote, Icon, Loaded } from '../../ui';

const PASSWORD_MIN = 12;

/** Lands from the mail: who invites, as what and where to; then what is agreed to, and the way in. */
export default function InvitationPage() {
  const { t, lang, setLang } = useI18n();
  const [params] = useSearchParams();
  const token = params.get('token') ?? '';
  const opened = useQuery({
    queryKey: ['invitation', token],
    queryFn: () => api.post<OpenedInvitation>('/api/invitations/open', { token }),
    retry: (count, error) => !(error instanceof ApiProblem) && count < 3,
    staleTime: Infinity,
  });
  const wanted = opened.data?.language;
  // The page speaks as the mail did; the reader may change that.
  useEffect(() => {
    if (wanted) setLang(wanted);
  }, [wanted, setLang]);
  usePage(t('invitations.welcome'));
  const invalid = opened.error instanceof ApiProblem && opened.error.code === 'link-invalid';
  return (
    <main id="contenu" className="page full-entry">
      <div>
        <p className="row">
          <button
            type="button"
            className="btn btn-q push"
            lang={lang === 'fr' ? 'en' : 'fr'}
            onClick={() => setLang(lang === 'fr' ? 'en' : 'fr')}
          >
            {lang === 'fr' ? 'English' : 'Français'}
          </button>
        </p>
        {invalid ? (
          <Empty heading="h1" title={t('invitations.refused')} text={t('invitations.refusedText')}>
            <Link className="btn" href="/connexion">
              {t('account.backToSignIn')}
            </Link>
          </Empty>
        ) : (
          <Loaded query={opened}>{(invitation) => <Invitation invitation={invitation} token={token} />}</Loaded>
        )}
      </div>
    </main>
  );
}

function Invitation({ invitation, token }: { invitation: OpenedInvitation; token: string }) {
  const { t, lang, formatDay } = useI18n();
  const { invitedBy, space, thread, note } = invitation;
  return (
    <>
      <h1 className="h-long">{t('invitations.welcome')}</h1>
      <p className="mt-3">{t('invitations.invitedBy', invitedBy)}</p>
      <p className="mt-2">
        {invitation.function}, <b>{invitation.organisation}</b>
      </p>
      {note && <blockquote className="soft pre mt-3">{frenchTypography(note)}</blockquote>}
      {space && <p className="mt-3">{t('invitations.joins', { space: space[lang] })}</p>}
      {thread && <p className="mt-2">{t('invitations.reads', { thread: frenchTypography(thread) })}</p>}
      <p className="meta mt-2">{t('invitations.valid', { day: formatDay(invitation.expiresAt) })}</p>
      <Acceptance token={token} />
    </>
  );
}

function Acceptance({ token }: { token: string }) {
  const { t, lang } = useI18n();
  const [, navigate] = useLocation();
  const [form, setForm] = useState({ name: '', password: '', consentToData: false, consentToMail: false, sharedDevice: false });
  const [isMissing, setMissing] = useState(false);
  const change = (part: Partial<typeof form>) => setForm({ ...form, ...part });
  const accept = useMutation({
    mutationFn: () => api.post<AcceptedInvitation>('/api/invitations/accept', { ...form, token, language: lang }),
    onSuccess: ({ account, landing }) => {
      forgetAccount();
      markShared(form.sharedDevice);
      actFor(account.id);
      navigate(landing, { replace: true });
    },
  });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    setMissing(!form.consentToData);
    if (form.consentToData) accept.mutate();
    else document.getElementById('consent-data')?.focus();
  };
  return (
    <form className="sec" onSubmit={submit}>
      <h2>{t('invitations.dataTitle')}</h2>
      <label className="opt mt-3">
        <input
          type="checkbox"
          id="consent-data"
          checked={form.consentToData}
          aria-describedby={isMissing ? 'consent-fault' : undefined}
          onChange={(event) => change({ consentToData: event.target.checked })}
        />
        <span>
          {t('invitations.data')}
          <small>{t('invitations.dataHint')}</small>
        </span>
      </label>
      {isMissing && (
        <p className="err" id="consent-fault" role="alert">
          <Icon name="alert" small /> {t('invitations.missing')}
        </p>
      )}
      <label className="opt mt-3">
        <input type="checkbox" checked={form.consentToMail} onChange={(event) => change({ consentToMail: event.target.checked })} />
        <span>
          {t('invitations.mail')}
          <small>{t('invitations.mailHint')}</small>
        </span>
      </label>
      <p className="soft mt-3">{t('invitations.rules')}</p>
      <div className="field">
        <label htmlFor="name">{t('invitations.name')}</label>
        <p className="hint" id="name-hint">
          {t('invitations.nameHint')}
        </p>
        <input
          className="in"
          id="name"
          required
          maxLength={120}
          autoComplete="name"
          aria-describedby="name-hint"
          value={form.name}
          onChange={(event) => change({ name: event.target.value })}
        />
      </div>
      <div className="field">
        <label htmlFor="password">{t('invitations.password')}</label>
        <p className="hint" id="password-hint">
          {t('invitations.passwordHint')}
        </p>
        <input
          className="in"
          id="password"
          type="password"
          required
          minLength={PASSWORD_MIN}
          maxLength={200}
          autoComplete="new-password"
          aria-describedby="password-hint"
          value={form.password}
          onChange={(event) => change({ password: event.target.value })}
        />
      </div>
      <label className="opt mt-3">
        <input type="checkbox" checked={form.sharedDevice} onChange={(event) => change({ sharedDevice: event.target.checked })} />
        <span>{t('account.shared')}</span>
      </label>
      <p className="row mt-4">
        <button type="submit" className="btn btn-p" disabled={accept.isPending}>
          {t('invitations.accept')}
        </button>
      </p>
      {accept.isError && <ErrorNote error={accept.error} />}
    </form>
  );
}
