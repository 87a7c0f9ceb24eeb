import { Link } from 'wouter';
import { useI18n } from '../i18n';
import { useWriter } from './gate';
import { Icon } from './graphics';

/** The private way to a city, by relay. Not offered to its own people, nor to who writes for no city. `about` names a practice of it. */
export function WriteToCity({ city, about }: { city: string; about?: string }) {
  const { t } = useI18n();
  const writer = useWriter();
  if (!writer || writer.organisation.slug === city) return null;
  return (
    <section>
      <h2>{t('relay.toCity')}</h2>
      <p className="soft mt-2">{t('relay.toCityText')}</p>
      <p className="row mt-3">
        <Link className="btn" href={`/messages/nouveau?${about ? `pratique=${about}` : `ville=${city}`}`}>
          <Icon name="lock" small />
          {t('relay.toCityDo')}
        </Link>
      </p>
    </section>
  );
}
