import { type NeedAction, NEED_LIFE, needGaps, type NeedView, type SuggestionView } from '@passerelle/contract';
import { frenchTypography } from '@passerelle/text';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { v7 as uuid } from 'uuid';
import { api } from '../../app/api';
import { usePage } from '../../app/page';
import { type TextKey, useI18n } from '../../i18n';
import { ErrorNote, Flag, Icon, Loaded, Note, Sheet } from '../../ui';
import { Area } from '../../ui/fields';
import { ForWhom } from '../../ui/on-behalf';
import { useThesaurus } from '../../ui/thesaurus';
import { IntroductionCard } from './introduction';
import { needQuery, suggestionsQuery } from './projects.api';
import { Reasons } from './reasons';
import { useFormats } from './words';

const OVER = ['concluded', 'declined', 'no-answer'];

/** Whom to bring together with a need: a city found for it, or the reader's own. */
type Proposal = SuggestionView | 'own';

export default function NeedPage({ id }: { id: string }) {
  const { t } = useI18n();
  const need = useQuery(needQuery(id));
  usePage(need.data?.title || t('needs.title'), { back: { href: '/besoins', label: t('needs.back') } });
  return (
    <>
      <article>
        {!need.data && <h1 className="vh">{t('needs.title')}</h1>}
        <Loaded query={need}>{(view) => <Need need={view} />}</Loaded>
      </article>
      <aside className="side" aria-label={t('needs.about')}>
        {need.data && <About need={need.data} />}
      </aside>
    </>
  );
}

function Need({ need }: { need: NeedView }) {
  const { t, countryName } = useI18n();
  const { conceptName } = useThesaurus();
  const [proposing, setProposing] = useState<Proposal>();
  const { content } = need;
  return (
    <>
      <p className="place">
        <Flag country={need.city.country} />
        <Link href={`/villes/${need.city.slug}`}>
          <b>{need.city.name}</b>
        </Link>
        <span className="meta">{[countryName(need.city.country), need.concept && conceptName(need.concept)].filter(Boolean).join('. ')}</span>
      </p>
      <p className="meta"><ForWhom onBehalf={need.onBehalf} /></p>
      <h1 className="h-long" lang={content.language}>
        {frenchTypography(need.title || t('projects.untitled'))}
      </h1>
      <p className="row mt-2">
        {need.urgency === 'high' && (
          <span className="tag">
            <Icon name="clock" small /> {t('needs.urgency.high')}
          </span>
        )}
        {content.visibility === 'discreet' && (
          <span className="tag">
            <Icon name="lock" small /> {t('needs.discreet')}
          </span>
        )}
      </p>
      <Standing need={need} onForward={() => setProposing('own')} />
      {content.problem && (
        <section className="sec">
          <h2>{t('needs.field.problem')}</h2>
          <p className="pre prose" lang={content.language}>
            {frenchTypography(content.problem)}
          </p>
        </section>
      )}
      {need.introductions.length > 0 && (
        <section className="sec">
          <h2>{t('needs.introductions')}</h2>
          {need.introductions.map((introduction) => (
            <IntroductionCard key={introduction.id} introduction={introduction} />
          ))}
        </section>
      )}
      {need.abilities.propose && <Suggestions need={need} onPropose={setProposing} />}
      {proposing && <ProposeSheet need={need} proposal={proposing} onClose={() => setProposing(undefined)} />}
    </>
  );
}

function Standing({ need, onForward }: { need: NeedView; onForward: () => void }) {
  const { t, formatDay } = useI18n();
  const cache = useQueryClient();
  const [missing, setMissing] = useState(false);
  const act = useMutation({
    mutationFn: (action: NeedAction) => api.post<NeedView>(`/api/needs/${need.id}/actions`, { version: need.version, action }),
    onSuccess: (view) => {
      cache.setQueryData(needQuery(need.id).queryKey, view);
      for (const key of ['needs', 'project']) void cache.invalidateQueries({ queryKey: [key] });
    },
    onError: () => void cache.invalidateQueries({ queryKey: needQuery(need.id).queryKey }),
  });
  const { actions, edit } = need.abilities;
  // A city that is already being brought together answers there.
  const comeForward = need.abilities.comeForward && !need.introductions.some(({ side, state }) => side === 'helper' && !OVER.includes(state));
  const gaps = needGaps(need.content, { complete: true });
  const take = (action: NeedAction) => (NEED_LIFE[action].needs?.includes('entry') && gaps.length > 0 ? setMissing(true) : act.mutate(action));
  const helped = actions.includes('meet') && need.introductions.some(({ state }) => state === 'concluded');
  return (
    <section className="note mt-3" aria-label={t('needs.where')}>
      <Icon name={need.state === 'met' ? 'check' : 'flag'} />
      <div className="stack">
        <p>
          <b>{t(`needs.state.${need.state}`)}.</b> {helped ? t('needs.met') : t(`needs.stateText.${need.state}`)} {need.state === 'published' && need.expiresAt && `${t('needs.expires', { day: formatDay(need.expiresAt) })}.`}
        </p>
        {missing && gaps.length > 0 && (
          <div role="alert">
            <p>{t('projects.incomplete')}</p>
            <ul className="dots">
              {gaps.map((gap) => (
                <li key={gap.path}>
                  <b>{t(`needs.field.${gap.path.split('.').at(-1)}` as TextKey)}</b> : {t(`projects.gap.${gap.code}`, { min: gap.min ?? 0, max: gap.max ?? 0 })}
                </li>
              ))}
            </ul>
          </div>
        )}
        <div className="row" hidden={!comeForward && !edit && actions.length === 0}>
          {comeForward && (
            <button type="button" className="btn btn-p" onClick={onForward}>
              {t('needs.comeForward')}
            </button>
          )}
          {actions.map((action) => (
            <button key={action} type="button" className={action === (helped ? 'meet' : need.state === 'expired' ? 'renew' : 'publish') ? 'btn btn-p' : action === 'close' ? 'btn btn-q' : 'btn'} disabled={act.isPending} onClick={() => take(action)}>
              {t(`needs.action.${action as Exclude<NeedAction, 'contact' | 'expire'>}`)}
            </button>
          ))}
          {edit && (
            <Link className="btn" href={`/besoins/${need.id}/modifier`}>
              {t('needs.edit')}
            </Link>
          )}
        </div>
        {act.error && <ErrorNote error={act.error} />}
      </div>
    </section>
  );
}

function Suggestions({ need, onPropose }: { need: NeedView; onPropose: (proposal: Proposal) => void }) {
  const { t, countryName } = useI18n();
  const suggestions = useQuery(suggestionsQuery(need.id));
  return (
    <section className="sec">
      <h2>{t('needs.suggestions')}</h2>
      <p className="soft">{t('needs.suggestionsText')}</p>
      <Loaded query={suggestions}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="soft mt-2">{t('needs.noSuggestions')}</p>
          ) : (
            <ul className="mt-2">
              {items.map((suggestion) => (
                <li key={suggestion.organisation.slug} className="hit">
                  <p className="place">
                    <Flag country={suggestion.organisation.country} />
                    <b>{suggestion.organisation.name}</b>
                    <span className="meta">
                      {countryName(suggestion.organisation.country)}. {t('needs.score', { score: suggestion.score })}
                    </span>
                  </p>
                  <Reasons reasons={suggestion.reasons} />
                  <p className="row mt-2">
                    {suggestion.offer && (
                      <Link className="btn btn-q" href={`/offres/${suggestion.offer.id}`}>
                        {t('needs.offerOf')}
                      </Link>
                    )}
                    {suggestion.practice && (
                      <Link className="btn btn-q" href={`/pratiques/${suggestion.practice.ref}`}>
                        {t('needs.practiceOf')}
                      </Link>
                    )}
                    <button type="button" className="btn" aria-label={t('needs.introduceWith', { city: suggestion.organisation.name })} onClick={() => onPropose(suggestion)}>
                      {t('needs.introduce')}
                    </button>
                  </p>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </section>
  );
}

function ProposeSheet({ need, proposal, onClose }: { need: NeedView; proposal: Proposal; onClose: () => void }) {
  const { t } = useI18n();
  const cache = useQueryClient();
  // One id for all attempts: a retry after a lost answer is the same introduction.
  const [id, setId] = useState(() => uuid());
  const [message, setMessage] = useState('');
  const own = proposal === 'own';
  const propose = useMutation({
    mutationFn: () => api.post('/api/introductions', { id, need: need.id, message, ...(!own && { organisation: proposal.organisation.slug, ...(proposal.offer && { offer: proposal.offer.id }) }) }),
    onSuccess: () => {
      for (const key of ['need', 'introductions']) void cache.invalidateQueries({ queryKey: [key] });
      onClose();
    },
  });
  return (
    <Sheet
      title={own ? t('needs.comeForward') : t('needs.introduceWith', { city: proposal.organisation.name })}
      onClose={onClose}
      footer={
        <button type="button" className="btn btn-p" disabled={propose.isPending} onClick={() => propose.mutate()}>
          {t(own ? 'needs.sendForward' : 'needs.send')}
        </button>
      }
    >
      <div className="inset">
        <Note icon="people">{t(own ? 'needs.comeForwardText' : 'needs.introduceText')}</Note>
        <Area
          label={t('needs.message')} hint={t('needs.messageHint')} rows={4} value={message}
          onChange={(text) => {
            if (propose.error) setId(uuid());
            setMessage(text);
          }}
        />
        {propose.error && <ErrorNote error={propose.error} />}
      </div>
    </Sheet>
  );
}

function About({ need }: { need: NeedView }) {
  const { t, lang } = useI18n();
  const { period, money, languageName } = useFormats();
  const { content } = need;
  const rows = [
    [t('needs.field.wanted'), content.wanted.map((form) => t(`needs.form.${form}`)).join(', ')],
    [t('needs.field.period'), period(content.period.from, content.period.to)],
    [t('needs.field.languages'), new Intl.ListFormat(lang).format(content.languages.map(languageName))],
    [t('needs.field.budget'), content.budget ? money(content.budget.amount, content.budget.currency) : ''],
    [t('needs.travelLabel'), t(`needs.travel.${content.travelPaidBy}`)],
    [t('needs.field.contact'), content.contact],
  ].filter(([, value]) => value);
  return (
    <section>
      <h2>{t('needs.about')}</h2>
      <dl className="mt-2">
        {rows.map(([name, value]) => (
          <div key={name} className="mt-2">
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        {need.project && (
          <div className="mt-2">
            <dt>{t('needs.project')}</dt>
            <dd>
              <Link href={`/projets/${need.project.ref}`}>{frenchTypography(need.project.title)}</Link>
            </dd>
          </div>
        )}
      </dl>
    </section>
  );
}
