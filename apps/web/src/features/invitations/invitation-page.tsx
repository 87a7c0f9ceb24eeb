import { type AcceptedInvitation, type InvitationKey, type OpenedInvitation, PASSWORD_MIN } from '@passerelle/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type ReactNode, type SyntheticEvent, useEffect, useState } from 'react';
import { Link, useLocation, useSearchParams } from 'wouter';
import { api, ApiProblem } from '../../app/api';
import { actFor, forgetAccount, markShared } from '../../app/forget';
import { usePage } from '../../app/page';
import { useI18n } from '../../i18n';
import { Empty, ErrorNote, Icon, Loaded } from '../../ui';
import { CodeEntry } from './code-entry';
import { InvitedTo } from './invited-to';
import { LinkLanding } from './link-landing';

/** Lands from a mail, from a link for several people, or without either for whoever was given a code on the telephone. */
export default function InvitationPage() {
  const { t, lang, setLang } = useI18n();
  const [params] = useSearchParams();
  const [byCode, setByCode] = useState<InvitationKey>();
  const [token, link] = [params.get('token'), params.get('lien')];
  const key = token !== null ? { token } : byCode;
  usePage(t('invitations.welcome'));
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
        {key ? (
          <Opened path="/api/invitations/open" invitationKey={key}>
            {(invitation) => <Invitation invitation={invitation} invitationKey={key} />}
          </Opened>
        ) : link !== null ? (
          <Opened path="/api/invitation-links/open" invitationKey={{ token: link }}>
            {(opened) => <LinkLanding opened={opened} token={link} />}
          </Opened>
        ) : (
          <CodeEntry onKey={setByCode} />
        )}
      </div>
    </main>
  );
}

/** What the key opens, in the language that the inviter chose; the reader may change that. */
function Opened({
  path,
  invitationKey,
  children,
}: {
  path: string;
  invitationKey: InvitationKey;
  children: (invitation: OpenedInvitation) => ReactNode;
}) {
  const { t, setLang } = useI18n();
  const opened = useQuery({
    queryKey: ['invitation', path, invitationKey],
    queryFn: () => api.post<OpenedInvitation>(path, invitationKey),
    retry: (count, error) => !(error instanceof ApiProblem) && count < 3,
    staleTime: Infinity,
  });
  const wanted = opened.data?.language;
  useEffect(() => {
    if (wanted) setLang(wanted);
  }, [wanted, setLang]);
  if (!(opened.error instanceof ApiProblem) || opened.error.code !== 'link-invalid') return <Loaded query={opened}>{children}</Loaded>;
  return (
    <Empty heading="h1" title={t('invitations.refused')} text={t('invitations.refusedText')}>
      <Link className="btn" href="/connexion">
        {t('account.backToSignIn')}
      </Link>
    </Empty>
  );
}

function Invitation({ invitation, invitationKey }: { invitation: OpenedInvitation; invitationKey: InvitationKey }) {
  return (
    <>
      <InvitedTo invitation={invitation} />
      <Acceptance invitationKey={invitationKey} />
    </>
  );
}

function Acceptance({ invitationKey }: { invitationKey: InvitationKey }) {
  const { t, lang } = useI18n();
  const [, navigate] = useLocation();
  const [form, setForm] = useState({ name: '', password: '', consentToData: false, consentToMail: false, sharedDevice: false });
  const [isMissing, setMissing] = useState(false);
  const change = (part: Partial<typeof form>) => setForm({ ...form, ...part });
  const accept = useMutation({
    mutationFn: () => api.post<AcceptedInvitation>('/api/invitations/accept', { ...form, ...invitationKey, language: lang }),
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
