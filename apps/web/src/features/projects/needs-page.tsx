import type { NeedRow, NeedsPage as Needs, OfferRow, OffersPage as Offers } from '@passerelle/contract';
import { frenchTypography } from '@passerelle/text';
import { type InfiniteData, useInfiniteQuery, type UseInfiniteQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { usePage } from '../../app/page';
import { useI18n } from '../../i18n';
import { Empty, Flag, Icon, Loaded } from '../../ui';
import { ActiveFilters, FacetColumn, type FacetState, More, RefineButton, useFacets } from '../../ui/facets';
import { useWriter } from '../../ui/gate';
import { useThesaurus } from '../../ui/thesaurus';
import { IntroductionCard } from './introduction';
import { usePanel } from './panel';
import { introductionsQuery, needsQuery, offersQuery } from './projects.api';

const FACETS = ['theme', 'form', 'state', 'country'] as const;
const TABS = ['besoins', 'offres', 'relations'] as const;

/** Who looks for help, who offers it, and who has been brought together. */
export default function NeedsPage() {
  const { filters, params, ...state } = useFacets(FACETS);
  const tab = TABS.find((one) => one === params.get('onglet')) ?? 'besoins';
  const { t } = useI18n();
  const needs = useInfiniteQuery({ ...needsQuery(filters), enabled: tab === 'besoins' });
  const offers = useInfiniteQuery({ ...offersQuery(filters), enabled: tab === 'offres' });
  usePage(t('needs.title'), { columns: 'page-l', back: { href: '/projets', label: t('projects.title') } });
  if (tab === 'relations') return <Introductions />;
  if (tab === 'offres')
    return (
      <Listing tab={tab} state={state} query={offers} count="needs.offerCount" empty={<Empty title={t('needs.emptyOffers')} text={t('needs.emptyOffersText')} />}>
        {(offer) => <Offer offer={offer} />}
      </Listing>
    );
  return (
    <Listing tab={tab} state={state} query={needs} count="needs.count" empty={<Empty title={t('needs.empty')} text={t('needs.emptyText')} />}>
      {(need) => <Need need={need} />}
    </Listing>
  );
}

function Head({ tab }: { tab: (typeof TABS)[number] }) {
  const { t } = useI18n();
  const writer = useWriter();
  return (
    <>
      <h1>{t('needs.title')}</h1>
      <p className="soft mt-2">{t('needs.lead')}</p>
      {writer && (
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

interface ListingProps<Page extends Needs | Offers> {
  tab: (typeof TABS)[number];
  state: FacetState<(typeof FACETS)[number]>;
  query: UseInfiniteQueryResult<InfiniteData<Page>>;
  count: 'needs.count' | 'needs.offerCount';
  empty: ReactNode;
  children: (row: Page['items'][number]) => ReactNode;
}

/** Needs or offers with their facets. */
function Listing<Page extends Needs | Offers>({ tab, state, query, count, empty, children }: ListingProps<Page>) {
  const { t } = useI18n();
  const first = query.data?.pages[0];
  const panel = usePanel(state, FACETS, first?.facets);
  const total = first?.total ?? 0;
  return (
    <>
      <FacetColumn panel={panel} />
      <div>
        <Head tab={tab} />
        <RefineButton panel={panel} show={t('needs.show', { count: total })} />
        <ActiveFilters panel={panel} />
        <Loaded query={query}>
          {({ pages }) =>
            total === 0 ? (
              empty
            ) : (
              <>
                <h2 className="vh">{t('needs.results')}</h2>
                <p className="meta mt-3" role="status">
                  {t(count, { count: total })}
                </p>
                <ul className="mt-2">
                  {pages.flatMap((page) =>
                    page.items.map((row) => (
                      <li key={row.id} className="hit">
                        {children(row)}
                      </li>
                    )),
                  )}
                </ul>
                <More query={query} />
              </>
            )
          }
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
  const { params, set } = useFacets([]);
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
