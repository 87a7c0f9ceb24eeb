import type { AddresseeView } from '@passerelle/contract';
import { frenchTypography } from '@passerelle/text';
import { useQuery } from '@tanstack/react-query';
import { Link, useLocation, useSearchParams } from 'wouter';
import { usePage } from '../../app/page';
import { useI18n } from '../../i18n';
import { Empty, Flag, Icon, Loaded, Note } from '../../ui';
import { LetterForm } from './letter-form';
import { addresseeQuery, OPENING, type Subject } from './relay.api';

/** Writes to the city of a practice (`?pratique=`) or to a city (`?ville=`). */
export default function NewLetterPage() {
  const { t } = useI18n();
  const [params] = useSearchParams();
  const practice = params.get('pratique');
  const subject: Subject = practice === null ? { organisation: params.get('ville') ?? '' } : { practice };
  const addressee = useQuery(addresseeQuery(subject));
  const title = addressee.data ? t('relay.newTitle', { city: addressee.data.city.name }) : t('relay.toCity');
  usePage(title, { task: true, back: practice === null ? { href: `/villes/${params.get('ville') ?? ''}`, label: t('shell.cities') } : { href: `/pratiques/${practice}`, label: t('practices.title') } });
  return (
    <div>
      {!addressee.data && <h1 className="vh">{title}</h1>}
      <Loaded query={addressee}>{(view) => (view.own ? <OwnCity /> : <Write to={view} subject={subject} title={title} />)}</Loaded>
    </div>
  );
}

function OwnCity() {
  const { t } = useI18n();
  return (
    <Empty heading="h1" title={t('relay.own')} text={t('relay.ownText')}>
      <Link className="btn" href="/messages">
        {t('relay.open')}
      </Link>
    </Empty>
  );
}

function Write({ to, subject, title }: { to: AddresseeView; subject: Subject; title: string }) {
  const { t } = useI18n();
  const [, navigate] = useLocation();
  const { city, practice, contact, readers, mailbox } = to;
  return (
    <>
      <p className="kick">
        <Icon name="lock" small />
        {t('relay.private')}
      </p>
      <h1 className="row">
        {title} <Flag country={city.country} />
      </h1>
      {practice?.ref && (
        <p className="soft mt-2">
          {t('relay.about')} <Link href={`/pratiques/${practice.ref}`}>{frenchTypography(practice.title)}</Link>
        </p>
      )}
      <div className="mt-4">
        <Note icon="people">
          <p>{readers.length > 0 ? t('relay.addressees', { list: readers.join(', ') }) : t('relay.nobody')}</p>
          {mailbox && <p>{t('mailbox.copy')}</p>}
          {contact && <p>{t('relay.contact', { contact })}</p>}
        </Note>
      </div>
      <div className="mt-4">
        <LetterForm
          draftKey={'practice' in subject ? `relay:practice:${subject.practice}` : `relay:city:${subject.organisation}`}
          addressed={(id) => ({ lane: id, path: OPENING, body: subject })}
          onSent={(id) => navigate(`/messages/${id}`)}
        />
      </div>
    </>
  );
}
