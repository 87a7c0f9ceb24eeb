import type { NeedRow, OfferRow } from '@passerelle/contract';
import { frenchTypography } from '@passerelle/text';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { usePage } from '../../app/page';
import { myCapacity, useMe } from '../../app/queries';
import { useI18n } from '../../i18n';
import { Empty, Flag, Icon, Loaded } from '../../ui';
import { ActiveFilters, FacetColumn, More, RefineButton, useFilters } from './filters';
import { IntroductionCard } from './introduction';
import { introductionsQuery, needsQuery, offersQuery } from './projects.api';
import { useThesaurus } from './words';

const FACETS = ['theme', 'form', 'state', 'country'] as const;
const TABS = ['besoins', 'offres', 'relations'] as const;

/** Who looks for help, who offers it, and who has been brought together. */
export default function NeedsPage() {
  const state = useFilters(FACETS);
  const tab = TABS.find((one) => one === state.params.get('onglet')) ?? 'besoins';
  const { t } = useI18n();
  usePage(t('needs.title'), { columns: 'page-l', back: { href: '/projets', label: t('projects.title') } });
  if (tab === 'offres') return <Offers state={state} />;
  if (tab === 'relations') return <Introductions />;
  return <Needs state={state} />;
}

type State = ReturnType<typeof useFilters>;

function Head({ tab }: { tab: (typeof TABS)[number] }) {
  const { t } = useI18n();
  const me = useMe();
  return (
    <>
      <h1>{t('needs.title')}</h1>
      <p className="soft mt-2">{t('needs.lead')}</p>
      {me.account.role !== 'guest' && myCapacity(me) && (
        <p className="row mt-3">
          <Link className={tab === 'offres' ? 'btn' : 'btn btn-p'} href="/besoins/nouveau">
            <Icon name="plus" small /> {t('needs.create')}
          </Link>
          <Link className={tab === 'offres' ? 'btn btn-p' : 'btn'} href="/offres/nouvelle">
            <Icon name="plus" small /> {t('needs.createOffer')}
          </Link>
        </p>
      )}
      <nav className="tools" aria-label={t('needs.tabs')}>
        <div className="seg">
          {TABS.map((one) => (
            <Link key={one} href={one === 'besoins' ? '/besoins' : `/besoins?onglet=${one}`} aria-current={one === tab ? 'page' : undefined}>
              {t(`needs.tab.${one}`)}
            </Link>
          ))}
        </div>
      </nav>
    </>
  );
}

function Needs({ state }: { state: State }) {
  const { t } = useI18n();
  const needs = useInfiniteQuery(needsQuery(state.filters));
  const first = needs.data?.pages[0];
  return (
    <>
      <FacetColumn state={state} facets={first?.facets} />
      <div>
        <Head tab="besoins" />
        <RefineButton state={state} facets={first?.facets} show={t('needs.show', { count: first?.total ?? 0 })} />
        <ActiveFilters state={state} />
        <Loaded query={needs}>
          {({ pages }) => {
            const items = pages.flatMap((page) => page.items);
            if (items.length === 0) return <Empty title={t('needs.empty')} text={t('needs.emptyText')} />;
            return (
              <>
                <h2 className="vh">{t('needs.results')}</h2>
                <p className="meta mt-3" role="status">
                  {t('needs.count', { count: first?.total ?? 0 })}
                </p>
                <ul className="mt-2">
                  {items.map((need) => (
                    <li key={need.id} className="hit">
                      <Need need={need} />
                    </li>
                  ))}
                </ul>
                <More query={needs} />
              </>
            );
          }}
        </Loaded>
      </div>
    </>
  );
}

function Need({ need }: { need: NeedRow }) {
  const { t, countryName, formatDay } = useI18n();
  const { conceptName } = useThesaurus();
  return (
    <article>
      <p className="place">
        <Flag country={need.city.country} />
        <b>{need.city.name}</b>
        <span className="meta">{countryName(need.city.country)}</span>
      </p>
      <h3 className="mt-1">
        <Link href={`/besoins/${need.id}`}>{frenchTypography(need.title || t('projects.untitled'))}</Link>
      </h3>
      <p className="row meta mt-2">
        <span className={need.state === 'met' ? 'tag tag-ok' : 'tag'}>{t(`needs.state.${need.state}`)}</span>
        {need.urgency === 'high' && (
          <span className="tag">
            <Icon name="clock" small /> {t('needs.urgency.high')}
          </span>
        )}
        {need.concept && <span>{conceptName(need.concept)}</span>}
        <span>{need.wanted.map((form) => t(`needs.form.${form}`)).join(', ')}</span>
        {need.expiresAt && need.state === 'published' && <span>{t('needs.expires', { day: formatDay(need.expiresAt) })}</span>}
      </p>
    </article>
  );
}

function Offers({ state }: { state: State }) {
  const { t } = useI18n();
  const offers = useInfiniteQuery(offersQuery(state.filters));
  const first = offers.data?.pages[0];
  return (
    <>
      <FacetColumn state={state} facets={first?.facets} />
      <div>
        <Head tab="offres" />
        <RefineButton state={state} facets={first?.facets} show={t('needs.show', { count: first?.total ?? 0 })} />
        <ActiveFilters state={state} />
        <Loaded query={offers}>
          {({ pages }) => {
            const items = pages.flatMap((page) => page.items);
            if (items.length === 0) return <Empty title={t('needs.emptyOffers')} text={t('needs.emptyOffersText')} />;
            return (
              <>
                <h2 className="vh">{t('needs.results')}</h2>
                <p className="meta mt-3" role="status">
                  {t('needs.offerCount', { count: first?.total ?? 0 })}
                </p>
                <ul className="mt-2">
                  {items.map((offer) => (
                    <li key={offer.id} className="hit">
                      <Offer offer={offer} />
                    </li>
                  ))}
                </ul>
                <More query={offers} />
              </>
            );
          }}
        </Loaded>
      </div>
    </>
  );
}

function Offer({ offer }: { offer: OfferRow }) {
  const { t, countryName } = useI18n();
  const { conceptName } = useThesaurus();
  return (
    <article>
      <p className="place">
        <Flag country={offer.city.country} />
        <b>{offer.city.name}</b>
        <span className="meta">{countryName(offer.city.country)}</span>
      </p>
      <h3 className="mt-1">
        <Link href={`/offres/${offer.id}`}>{frenchTypography(offer.title)}</Link>
      </h3>
      <p className="row meta mt-2">
        <span className="tag">{t(`needs.state.${offer.state}`)}</span>
        <span>{offer.concepts.map(conceptName).join(', ')}</span>
        <span>{offer.forms.map((form) => t(`needs.form.${form}`)).join(', ')}</span>
      </p>
    </article>
  );
}

function Introductions() {
  const { t } = useI18n();
  const { params, set } = useFilters([]);
  const open = params.get('en-cours') === 'oui';
  const introductions = useInfiniteQuery(introductionsQuery(open));
  return (
    <div className="full-entry">
      <Head tab="relations" />
      <label className="opt">
        <input type="checkbox" checked={open} onChange={(event) => set('en-cours', event.target.checked ? 'oui' : '')} />
        <span>{t('needs.openOnly')}</span>
      </label>
      <Loaded query={introductions}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0) return <Empty title={t('needs.emptyIntroductions')} text={t('needs.emptyIntroductionsText')} />;
          return (
            <>
              <h2 className="vh">{t('needs.results')}</h2>
              {items.map((introduction) => (
                <IntroductionCard key={introduction.id} introduction={introduction} withNeed />
              ))}
              <More query={introductions} />
            </>
          );
        }}
      </Loaded>
    </div>
  );
}
