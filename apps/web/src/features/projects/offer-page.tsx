import type { OfferAction, OfferView } from '@passerelle/contract';
import { frenchTypography } from '@passerelle/text';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from 'wouter';
import { api } from '../../app/api';
import { usePage } from '../../app/page';
import { useI18n } from '../../i18n';
import { ErrorNote, Flag, Icon, Loaded } from '../../ui';
import { ForWhom } from '../../ui/on-behalf';
import { useThesaurus } from '../../ui/thesaurus';
import { offerQuery } from './projects.api';
import { useFormats } from './words';

/** What a city can bring to others. */
export default function OfferPage({ id }: { id: string }) {
  const { t } = useI18n();
  const offer = useQuery(offerQuery(id));
  usePage(offer.data?.title ?? t('needs.title'), { back: { href: '/besoins?onglet=offres', label: t('needs.back') } });
  return (
    <article>
      {!offer.data && <h1 className="vh">{t('needs.title')}</h1>}
      <Loaded query={offer}>{(view) => <Offer offer={view} />}</Loaded>
    </article>
  );
}

function Offer({ offer }: { offer: OfferView }) {
  const { t, lang, countryName } = useI18n();
  const { conceptName } = useThesaurus();
  const { period, languageName } = useFormats();
  const { content } = offer;
  const facts = [
    [t('needs.field.forms'), content.forms.map((form) => t(`needs.form.${form}`)).join(', ')],
    [t('needs.field.concepts'), content.concepts.map(conceptName).join(', ')],
    [t('needs.field.period'), period(content.period.from, content.period.to)],
    [t('needs.field.languages'), new Intl.ListFormat(lang).format(content.languages.map(languageName))],
    [t('needs.field.contact'), content.contact],
  ].filter(([, value]) => value);
  return (
    <>
      <p className="place">
        <Flag country={offer.city.country} />
        <Link href={`/villes/${offer.city.slug}`}>
          <b>{offer.city.name}</b>
        </Link>
        <span className="meta">{countryName(offer.city.country)}</span>
      </p>
      <p className="meta"><ForWhom onBehalf={offer.onBehalf} /></p>
      <h1 className="h-long" lang={content.language}>
        {frenchTypography(offer.title)}
      </h1>
      <dl className="facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <Standing offer={offer} />
      {(['capacity', 'conditions'] as const).map(
        (field) =>
          content[field] && (
            <section key={field} className="sec">
              <h2>{t(`needs.field.${field}`)}</h2>
              <p className="pre prose" lang={content.language}>
                {frenchTypography(content[field])}
              </p>
            </section>
          ),
      )}
    </>
  );
}

function Standing({ offer }: { offer: OfferView }) {
  const { t } = useI18n();
  const cache = useQueryClient();
  const act = useMutation({
    mutationFn: (action: OfferAction) => api.post<OfferView>(`/api/offers/${offer.id}/actions`, { version: offer.version, action }),
    onSuccess: (view) => {
      cache.setQueryData(offerQuery(offer.id).queryKey, view);
      void cache.invalidateQueries({ queryKey: ['offers'] });
    },
    onError: () => void cache.invalidateQueries({ queryKey: offerQuery(offer.id).queryKey }),
  });
  const { actions, edit } = offer.abilities;
  return (
    <section className="note" aria-label={t('needs.offerWhere')}>
      <Icon name={offer.state === 'active' ? 'check' : 'clock'} />
      <div className="stack">
        <p>
          <b>{t(`needs.state.${offer.state}`)}.</b>
        </p>
        {(edit || actions.length > 0) && (
          <div className="row">
            {edit && (
              <Link className="btn" href={`/offres/${offer.id}/modifier`}>
                {t('needs.edit')}
              </Link>
            )}
            {actions.map((action) => (
              <button key={action} type="button" className={action === 'archive' ? 'btn btn-q' : 'btn'} disabled={act.isPending} onClick={() => act.mutate(action)}>
                {t(`needs.offerAction.${action}`)}
              </button>
            ))}
          </div>
        )}
        {act.error && <ErrorNote error={act.error} />}
      </div>
    </section>
  );
}
