import type { PracticeContent, PracticeField, PracticeRevisionView, PracticeView } from '@passerelle/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../app/api';
import { usePage } from '../../app/page';
import { useI18n } from '../../i18n';
import { announce, Capacity, Empty, ErrorNote, Icon, Loaded } from '../../ui';
import { StepSheet } from '../../ui/steps';
import { WordDiff } from '../../ui/word-diff';
import { useContentWords } from './content-words';
import { fieldLabel } from './field-label';
import { practiceQuery, revisionsQuery } from './practices.api';

/** Earlier versions of an entry: who wrote what and when, what changed from each to the next, and the way back. */
export default function VersionsPage({ reference }: { reference: string }) {
  const { t } = useI18n();
  const practice = useQuery(practiceQuery(reference));
  const revisions = useQuery(revisionsQuery(reference));
  usePage(t('versions.title'), { back: { href: `/pratiques/${reference}`, label: t('versions.back') } });
  return (
    <div>
      <h1>{t('versions.title')}</h1>
      {practice.data && <p className="soft mt-2">{practice.data.title}</p>}
      <Loaded query={practice}>
        {(view) => (
          <Loaded query={revisions}>
            {({ items }) => (items.length === 0 ? <Empty title={t('versions.none')} text={t('versions.noneText')} /> : <Versions practice={view} revisions={items} />)}
          </Loaded>
        )}
      </Loaded>
    </div>
  );
}

function Versions({ practice, revisions }: { practice: PracticeView; revisions: PracticeRevisionView[] }) {
  const { t, formatDateTime } = useI18n();
  const [asking, setAsking] = useState<PracticeRevisionView>();
  return (
    <>
      {revisions.map((revision, index) => (
        <section key={revision.version} className="sec">
          <h2>
            {t('versions.one', { version: revision.version })} {revision.current && <span className="tag tag-ok">{t('versions.current')}</span>}
          </h2>
          <p className="meta">
            {revision.name ? <Capacity title={revision.function || revision.name} city={practice.city.name} /> : t('versions.loaded')}, {formatDateTime(revision.at)}
          </p>
          <Changes before={revisions[index + 1]?.content} after={revision.content} />
          {practice.standing?.canEdit && !revision.current && (
            <p className="mt-3">
              <button type="button" className="btn" onClick={() => setAsking(revision)}>
                <Icon name="history" small /> {t('versions.restore')}
              </button>
            </p>
          )}
        </section>
      ))}
      {asking && <RestoreSheet practice={practice} revision={asking} onClose={() => setAsking(undefined)} />}
    </>
  );
}

/** Part by part, folded: the words of each, with what came and went. Without an earlier version it is where all began. */
function Changes({ before, after }: { before: PracticeContent | undefined; after: PracticeContent }) {
  const { t } = useI18n();
  const words = useContentWords();
  if (!before) return <p className="soft mt-2">{t('versions.first')}</p>;
  const fields = (Object.keys(after) as PracticeField[]).filter((field) => words(field, before) !== words(field, after));
  if (fields.length === 0) return <p className="soft mt-2">{t('versions.unchanged')}</p>;
  return fields.map((field) => (
    <details key={field} className="facet">
      <summary>
        {fieldLabel(field, t)} <Icon name="down" small />
      </summary>
      <WordDiff before={words(field, before)} after={words(field, after)} />
    </details>
  ));
}

function RestoreSheet({ practice, revision, onClose }: { practice: PracticeView; revision: PracticeRevisionView; onClose: () => void }) {
  const { t } = useI18n();
  const cache = useQueryClient();
  const { queryKey } = practiceQuery(practice.ref);
  const restore = useMutation({
    mutationFn: () => api.post<PracticeView>(`/api/practices/${practice.ref}/restore`, { version: practice.version, restore: revision.version }),
    onSuccess: (view) => {
      cache.setQueryData(queryKey, view);
      void cache.invalidateQueries({ queryKey: revisionsQuery(practice.ref).queryKey });
      void cache.invalidateQueries({ queryKey: ['practices'] });
      announce(t('versions.restored', { version: revision.version }));
      onClose();
    },
    // Somebody else was quicker: the page shows what holds now.
    onError: () => void cache.invalidateQueries({ queryKey }),
  });
  return (
    <StepSheet label={t('versions.restore')} take={restore} onClose={onClose}>
      <p>{t('versions.restoreText', { version: revision.version })}</p>
      {restore.error && <ErrorNote error={restore.error} />}
    </StepSheet>
  );
}
