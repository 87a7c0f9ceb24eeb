import type { MeView, ProfileBody, SessionView } from '@passerelle/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type SyntheticEvent, useState } from 'react';
import { Link } from 'wouter';
import { api } from '../../app/api';
import { usePage } from '../../app/page';
import { meQuery, myCapacity, useMe } from '../../app/queries';
import { applyTheme, storedTheme, type Theme } from '../../app/theme';
import { useI18n } from '../../i18n';
import { Capacity, ErrorNote, Flag, Icon, Loaded } from '../../ui';
import { Covers } from '../../ui/themes-field';
import { HandOverLink } from '../../ui/hand-overs';
import { MessagesLink } from '../../ui/unread-letters';
import { FactorNotice } from './factor-notice';
import { SignOut } from './sign-out';

export default function MePage() {
  const { t } = useI18n();
  const me = useMe();
  const capacity = myCapacity(me);
  usePage(t('account.me'));
  return (
    <>
      <div>
        <h1>{t('account.me')}</h1>
        <p className="place mt-2">
          {capacity && <Flag country={capacity.organisation.country} />}
          {capacity ? <Capacity title={capacity.function} city={capacity.organisation.name} /> : <b>{me.account.name}</b>}
        </p>
        <FactorNotice>
          <Link href="/moi/securite">{t('security.setUp')}</Link>
        </FactorNotice>
        {capacity && <Covers themes={capacity.themes} />}
        {me.account.role !== 'guest' && <MessagesLink />}
        <Profile me={me} />
        <Settings me={me} />
      </div>
      <aside className="side" aria-label={t('account.sessions')}>
        <section>
          <h2>{t('account.drafts')}</h2>
          <p className="mt-2">
            <Link href="/moi/brouillons">{t('account.draftsOpen')}</Link>
          </p>
        </section>
        <section>
          <h2>{t('saved.title')}</h2>
          <p className="mt-2">
            <Link href="/recherche/suivies">{t('saved.open')}</Link>
          </p>
        </section>
        <HandOverLink />
        {capacity && me.account.role !== 'guest' && (
          <section>
            <h2>{t('delegations.title')}</h2>
            <p className="mt-2">
              <Link href="/delegations">{t('delegations.open')}</Link>
            </p>
            {me.account.role === 'member' && (
              <p className="mt-2">
                <Link href="/boite">{t('mailbox.open')}</Link>
              </p>
            )}
          </section>
        )}
        {capacity && me.account.role !== 'guest' && (
          <section>
            <h2>{t('invitations.title')}</h2>
            <p className="mt-2">
              <Link href="/invitations">{t('invitations.open')}</Link>
            </p>
          </section>
        )}
        {me.account.role === 'administrator' && (
          <section>
            <h2>{t('administration.title')}</h2>
            <p className="mt-2">
              <Link href="/administration">{t('administration.open')}</Link>
            </p>
          </section>
        )}
        <section>
          <h2>{t('moderation.title')}</h2>
          {(me.account.role === 'moderator' || me.account.role === 'administrator') && (
            <p className="mt-2">
              <Link href="/moderation">{t('moderation.queue')}</Link>
            </p>
          )}
          <p className="mt-2">
            <Link href="/moderation/decisions">{t('moderation.mineOpen')}</Link>
          </p>
        </section>
        <section>
          <h2>{t('security.title')}</h2>
          <p className="mt-2">
            <Link href="/moi/securite">{t('security.open')}</Link>
          </p>
        </section>
        <section>
          <h2>{t('privacy.title')}</h2>
          <p className="mt-2">
            <Link href="/moi/donnees">{t('privacy.open')}</Link>
          </p>
        </section>
        <Sessions />
      </aside>
    </>
  );
}

function useProfile() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: ProfileBody) => api.patch<MeView>('/api/me', body),
    onSuccess: (me) => cache.setQueryData(meQuery.queryKey, me),
  });
}

function Profile({ me }: { me: MeView }) {
  const { t, fieldProblem } = useI18n();
  const capacity = myCapacity(me);
  const [name, setName] = useState(me.account.name);
  const [office, setOffice] = useState(capacity?.function ?? '');
  const save = useProfile();
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    save.mutate({ name, ...(capacity && { function: office }) });
  };
  const officeProblem = fieldProblem(save.error, 'function');
  return (
    <section className="sec">
      <h2>{t('account.profile')}</h2>
      <form onSubmit={submit}>
        <div className="field">
          <label htmlFor="name">{t('account.name')}</label>
          <input className="in" id="name" value={name} required maxLength={120} onChange={(event) => setName(event.target.value)} />
        </div>
        <div className="field">
          <label htmlFor="office">{t('account.function')}</label>
          <p className="hint" id="office-hint">
            {t('account.functionHint')}
          </p>
          <input
            className="in"
            id="office"
            value={office}
            maxLength={200}
            aria-describedby="office-hint"
            aria-invalid={officeProblem !== undefined}
            onChange={(event) => setOffice(event.target.value)}
          />
          {officeProblem && <p className="err">{officeProblem}</p>}
        </div>
        <p className="row mt-4">
          <button type="submit" className="btn btn-p">
            {t('common.save')}
          </button>
          {save.isSuccess && (
            <span className="state state-ok" role="status">
              <Icon name="check" small />
              {t('common.saved')}
            </span>
          )}
        </p>
        {save.isError && !officeProblem && <ErrorNote error={save.error} />}
      </form>
    </section>
  );
}

function Settings({ me }: { me: MeView }) {
  const { t, setLang } = useI18n();
  const save = useProfile();
  const [theme, setTheme] = useState<Theme>(storedTheme);
  const { account } = me;
  const zones = ['UTC', ...Intl.supportedValuesOf('timeZone')];
  const choose = (next: Theme) => (applyTheme(next), setTheme(next));
  return (
    <section className="sec">
      <h2>{t('account.settings')}</h2>
      <div className="cols2">
        <div>
          <label htmlFor="language">{t('account.language')}</label>
          <select
            className="in"
            id="language"
            value={account.interfaceLanguage}
            onChange={(event) => {
              const interfaceLanguage = event.target.value === 'en' ? 'en' : 'fr';
              setLang(interfaceLanguage);
              save.mutate({ interfaceLanguage });
            }}
          >
            <option value="fr">{t('account.french')}</option>
            <option value="en">{t('account.english')}</option>
          </select>
        </div>
        <div>
          <label htmlFor="zone">{t('account.timeZone')}</label>
          <select className="in" id="zone" value={account.timeZone} onChange={(event) => save.mutate({ timeZone: event.target.value })}>
            {zones.map((zone) => (
              <option key={zone}>{zone}</option>
            ))}
          </select>
        </div>
      </div>
      <fieldset className="mt-4">
        <legend className="lab">{t('account.languages')}</legend>
        {(['fr', 'en'] as const).map((language) => (
          <label key={language} className="opt">
            <input
              type="checkbox"
              checked={account.languages.includes(language)}
              onChange={(event) => {
                const languages = event.target.checked
                  ? [...account.languages, language]
                  : account.languages.filter((other) => other !== language);
                if (languages.length > 0) save.mutate({ languages });
              }}
            />
            <span>{t(language === 'fr' ? 'account.french' : 'account.english')}</span>
          </label>
        ))}
      </fieldset>
      <fieldset className="mt-4">
        <legend className="lab">{t('account.theme')}</legend>
        <div className="seg" role="group" aria-label={t('account.theme')}>
          {(['system', 'light', 'dark'] as const).map((one) => (
            <button key={one} type="button" aria-pressed={theme === one} onClick={() => choose(one)}>
              {t(`account.themes.${one}`)}
            </button>
          ))}
        </div>
      </fieldset>
      <label className="opt mt-4">
        <input type="checkbox" checked={account.showPresence} onChange={(event) => save.mutate({ showPresence: event.target.checked })} />
        <span>{t('account.presence')}</span>
      </label>
      {save.isError && <ErrorNote error={save.error} />}
    </section>
  );
}

function Sessions() {
  const { t, formatDateTime } = useI18n();
  const cache = useQueryClient();
  const sessions = useQuery({ queryKey: ['sessions'], queryFn: () => api.get<{ items: SessionView[] }>('/api/me/sessions') });
  const revoke = useMutation({
    mutationFn: (id: string) => api.delete(`/api/me/sessions/${id}`),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['sessions'] }),
  });
  return (
    <section>
      <h2>{t('account.sessions')}</h2>
      <p className="meta mt-1">{t('account.sessionsHint')}</p>
      <Loaded query={sessions}>
        {({ items }) => (
          <ul className="list mt-2">
            {items.map((session) => (
              <li key={session.id}>
                <span>
                  {session.device}
                  <span className="meta">
                    {session.current ? t('account.current') : t('account.lastSeen', { when: formatDateTime(session.lastSeenAt) })}
                  </span>
                </span>
                {!session.current && (
                  <button type="button" className="btn btn-q btn-i right" onClick={() => revoke.mutate(session.id)}>
                    <span className="vh">
                      {t('account.revoke')} {session.device}
                    </span>
                    <Icon name="close" />
                  </button>
                )}
              </li>
            ))}
          </ul>
        )}
      </Loaded>
      {revoke.isError && <ErrorNote error={revoke.error} />}
      <SignOut />
    </section>
  );
}
