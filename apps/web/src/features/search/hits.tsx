import type { SearchHit } from '@passerelle/contract';
import { frenchTypography } from '@passerelle/text';
import { Link } from 'wouter';
import { type TextKey, useI18n } from '../../i18n';
import { Capacity, Flag, Icon } from '../../ui';
import { START, withMarks } from './marks';
import { KIND_ICONS } from './search-field';

/** What every practice of the library and every city is needs no word. */
const PLAIN_STATES = ['practice-public', 'practice-published'];

/** Types of attachments whose text is read. */
const FILE_NAMES: Record<string, string> = {
  'application/pdf': 'PDF', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'DOCX', 'application/vnd.oasis.opendocument.text': 'ODT', 'text/plain; charset=utf-8': 'TXT',
};

interface Props {
  hit: SearchHit;
  /** Came after the reader last looked at this search. */
  isNew: boolean;
}

/** One result: what it is, where it answers, from where it comes, and why it was found. */
export function Hit({ hit, isNew }: Props) {
  const { t, formatBytes } = useI18n();
  const state = hit.status !== null && !PLAIN_STATES.includes(hit.status) ? t(`search.status.${hit.status}` as TextKey) : '';
  const about = [hit.file && FILE_NAMES[hit.file.type], hit.file && formatBytes(hit.file.bytes), hit.page !== null && t('search.page', { n: hit.page }), state].filter(Boolean).join(', ');
  return (
    <article className="hit">
      <p className="kick">
        <Icon name={KIND_ICONS[hit.kind]} small />
        {hit.threadKind ? t(`forum.kinds.${hit.threadKind}` as TextKey) : t(`search.one.${hit.kind}`)}
        {about && <span className="meta">{about}</span>}
        {isNew && <span className="badge">{t('saved.isNew')}</span>}
      </p>
      <h3>
        <Link href={hit.url}>
          <Marked text={withMarks(hit.title, hit.titleMarks)} />
        </Link>
      </h3>
      {hit.excerpt && (
        <p>
          <Marked text={hit.excerpt} />
        </p>
      )}
      <Origin hit={hit} />
      <p className="why">
        <Icon name="check" small />
        <span>{hit.why}</span>
      </p>
    </article>
  );
}

function Origin({ hit: { kind, place, author, at } }: { hit: SearchHit }) {
  const { formatDay, countryName } = useI18n();
  if (!place) return null;
  const isDirectory = kind === 'city' || kind === 'person';
  return (
    <p className="place mt-2">
      <Flag country={place.country} />
      {!isDirectory && (author ? <Capacity title={author} city={place.name} /> : <b>{place.name}</b>)}
      <span className="meta">{[countryName(place.country), at && !isDirectory && formatDay(at)].filter(Boolean).join(', ')}</span>
    </p>
  );
}

function Marked({ text }: { text: string }) {
  return (
    <>
      {frenchTypography(text)
        .split(/(\u0002[^\u0003]*\u0003)/)
        .map((part, index) => (part.startsWith(START) ? <mark key={index}>{part.slice(1, -1)}</mark> : part))}
    </>
  );
}
