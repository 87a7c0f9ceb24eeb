import type { CaseView } from '@passerelle/contract';
import { frenchTypography } from '@passerelle/text';
import { api } from '../../../app/api';
import { useI18n } from '../../../i18n';
import { announce, Capacity, ErrorNote, Flag, Icon, Note } from '../../../ui';
import { useCaseAct } from '../case-act';
import { Marked } from './marked';

/** What rules have found in what the case is about. */
export function Found({ found }: { found: CaseView['found'] }) {
  const { t } = useI18n();
  if (found.length === 0) return null;
  return (
    <section className="sec">
      <h3>{t('watch.found')}</h3>
      <ul className="dots mt-2">
        {found.map(({ name, words }) => (
          <li key={`${name} ${words.join(' ')}`}>
            {frenchTypography(name)}
            {words.length > 0 && <span className="soft"> ({words.join(', ')})</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What nobody sees yet, as it was written, with the way to let it appear. */
export function HeldCase({ view, held, canAct }: { view: CaseView; held: NonNullable<CaseView['held']>; canAct: boolean }) {
  const { t, formatDateTime } = useI18n();
  const publish = useCaseAct(view.id, () => api.post<CaseView>(`/api/moderation/cases/${view.id}/publish`, { version: view.version }));
  const isGone = held.state === 'withdrawn' || (held.kind === 'edit' && held.state === 'waiting' && held.before === null);
  return (
    <section className="sec" aria-labelledby="held">
      <h3 id="held">{t(`watch.held.kind.${held.kind}`)}</h3>
      <p className="place mt-2">
        {held.by ? (
          <>
            <Flag country={held.by.country} />
            <Capacity title={held.by.function} city={held.by.organisation} />
          </>
        ) : (
          <b>{t('moderation.withheld')}</b>
        )}
        <span className="meta">{formatDateTime(held.at)}</span>
      </p>
      {held.kind === 'thread' && held.title && <p className="strong mt-2">{frenchTypography(held.title)}</p>}
      <p className="pre mt-2">
        <Marked text={held.text} />
      </p>
      {held.attachments.length > 0 && (
        <ul className="list mt-2">
          {held.attachments.map((file) => (
            <li key={file.id}>
              <Icon name="attach" small /> <a href={file.url}>{file.name}</a>
            </li>
          ))}
        </ul>
      )}
      {held.before !== null && (
        <details className="mt-3">
          <summary>{t('watch.held.before')}</summary>
          <p className="pre soft mt-2">{frenchTypography(held.before)}</p>
        </details>
      )}
      {held.state !== 'waiting' && <p className="meta mt-2">{t(`watch.held.state.${held.state}`)}</p>}
      {isGone && held.state === 'waiting' && <Note icon="alert">{t('watch.held.superseded')}</Note>}
      {canAct && held.state === 'waiting' && (
        <>
          <p className="mt-4">
            <button type="button" className="btn btn-p" disabled={publish.isPending} onClick={() => publish.mutate(undefined, { onSuccess: () => announce(t('watch.held.published')) })}>
              <Icon name="check" small /> {t(isGone ? 'watch.held.close' : 'watch.held.publish')}
            </button>
          </p>
          {!isGone && <p className="hint mt-2">{t('watch.held.publishHint')}</p>}
        </>
      )}
      {publish.isError && <ErrorNote error={publish.error} />}
    </section>
  );
}
