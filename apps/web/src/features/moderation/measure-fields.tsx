import type { CaseView, DecisionBody, ThreadRow } from '@passerelle/contract';
import { frenchTypography } from '@passerelle/text';
import { useQuery } from '@tanstack/react-query';
import { api, withQuery } from '../../app/api';
import { spacesQuery } from '../../app/queries';
import { useI18n } from '../../i18n';
import { Fault, type Missing } from './fault';

type Destination = DecisionBody['destination'];

/** The words that will stand in the place of the author's; they begin as the author's. */
export function ReplacementField({ view, value, missing, onChange }: { view: CaseView; value: string; missing: Missing[]; onChange: (value: string) => void }) {
  const { t } = useI18n();
  return (
    <div className="field">
      <label htmlFor="replacement">{t('moderation.replacement')}</label>
      <p className="hint" id="replacement-hint">
        {t('moderation.replacementHint')}
      </p>
      <textarea
        className="in"
        id="replacement"
        rows={view.target.kind === 'post' ? 6 : 2}
        maxLength={20_000}
        value={value}
        aria-invalid={missing.includes('replacement')}
        aria-describedby="replacement-hint replacement-fault"
        onChange={(event) => onChange(event.target.value)}
      />
      <Fault field="replacement" missing={missing} />
    </div>
  );
}

/** Where it goes: a thread to another space, a message to a new thread or to another one of its space. */
export function DestinationField({ view, value, missing, onChange }: { view: CaseView; value: Destination; missing: Missing[]; onChange: (value: Destination) => void }) {
  const { t } = useI18n();
  return (
    <fieldset className="field">
      <legend className="lab">{t('moderation.destination')}</legend>
      {view.target.kind === 'thread' ? (
        <SpaceChoice view={view} value={value} onChange={onChange} />
      ) : (
        <>
          {(['title', 'thread'] as const).map((way, place) => (
            <label key={way} className="opt">
              <input
                type="radio"
                name="way"
                id={place === 0 ? 'destination' : undefined}
                checked={value !== null && way in value}
                onChange={() => onChange(way === 'title' ? { title: '' } : { thread: '' })}
              />
              <span>{t(way === 'title' ? 'moderation.toNewThread' : 'moderation.toThread')}</span>
            </label>
          ))}
          {value && 'title' in value && (
            <>
              <label htmlFor="to-title">{t('moderation.toTitle')}</label>
              <input className="in" id="to-title" maxLength={160} value={value.title} onChange={(event) => onChange({ title: event.target.value })} />
            </>
          )}
          {value && 'thread' in value && <ThreadChoice view={view} value={value.thread} onChange={(thread) => onChange({ thread })} />}
        </>
      )}
      <Fault field="destination" missing={missing} />
    </fieldset>
  );
}

function SpaceChoice({ view, value, onChange }: { view: CaseView; value: Destination; onChange: (value: Destination) => void }) {
  const { t, lang } = useI18n();
  const spaces = useQuery(spacesQuery).data?.items ?? [];
  return (
    <>
      <label className="vh" htmlFor="destination">
        {t('moderation.toSpace')}
      </label>
      <select
        className="in"
        id="destination"
        value={value && 'space' in value ? value.space : ''}
        onChange={(event) => onChange(event.target.value ? { space: event.target.value } : null)}
      >
        <option value="">{t('moderation.toSpaceChoose')}</option>
        {spaces
          .filter(({ slug }) => slug !== view.space?.slug)
          .map((space) => (
            <option key={space.id} value={space.slug}>
              {lang === 'fr' ? frenchTypography(space.nameFr) : space.nameEn}
            </option>
          ))}
      </select>
    </>
  );
}

function ThreadChoice({ view, value, onChange }: { view: CaseView; value: string; onChange: (thread: string) => void }) {
  const { t } = useI18n();
  const space = view.space?.slug;
  const threads = useQuery({
    queryKey: ['threads', 'to-move', space],
    queryFn: () => api.get<{ items: ThreadRow[] }>(withQuery('/api/threads', { space, limit: 100 })),
    enabled: space !== undefined,
  });
  const here = view.target.url?.slice('/fils/'.length).split('#')[0];
  return (
    <>
      <label className="vh" htmlFor="to-thread">
        {t('moderation.toThread')}
      </label>
      <select className="in" id="to-thread" value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">{t('moderation.toThreadChoose')}</option>
        {threads.data?.items
          .filter(({ id }) => id !== here)
          .map(({ id, title }) => (
            <option key={id} value={id}>
              {frenchTypography(title)}
            </option>
          ))}
      </select>
    </>
  );
}
