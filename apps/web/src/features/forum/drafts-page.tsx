import type { DraftView } from '@passerelle/contract';
import { excerpt } from '@passerelle/text';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from 'wouter';
import { api } from '../../app/api';
import { usePage } from '../../app/page';
import { useI18n } from '../../i18n';
import { Empty, ErrorNote, Icon, Loaded } from '../../ui';
import { draftsQuery } from './forum.api';
import { HeldItems } from './held-items';

/** Where a text is written on. */
function placeOf(key: string): string {
  const [kind = '', ...rest] = key.split(':');
  const [place = '', slug] = rest;
  if (kind === 'thread') return `/fils/${place}`;
  if (kind !== 'relay') return '/echanges/nouveau';
  return slug === undefined ? `/messages/${place}` : `/messages/nouveau?${place === 'practice' ? 'pratique' : 'ville'}=${slug}`;
}

/** What was begun and not sent, on any device. */
export default function DraftsPage() {
  const { t, formatDateTime } = useI18n();
  const cache = useQueryClient();
  const drafts = useQuery(draftsQuery);
  const discard = useMutation({
    mutationFn: (draft: DraftView) => api.delete(`/api/drafts/${draft.key}?sequence=${draft.sequence + 1}`),
    onSuccess: () => cache.invalidateQueries({ queryKey: draftsQuery.queryKey }),
  });
  usePage(t('forum.drafts.title'), { back: { href: '/moi', label: t('shell.me') } });
  return (
    <div>
      <h1>{t('forum.drafts.title')}</h1>
      <HeldItems />
      {discard.isError && <ErrorNote error={discard.error} />}
      <Loaded query={drafts}>
        {({ items }) => {
          const written = items.filter((draft) => draft.body.trim() !== '' || draft.title.trim() !== '');
          if (written.length === 0) {
            return (
              <Empty title={t('forum.drafts.empty')} text={t('forum.drafts.emptyText')}>
                <Link className="btn btn-p" href="/echanges">
                  {t('forum.drafts.goTalks')}
                </Link>
              </Empty>
            );
          }
          return (
            <ul className="list mt-4">
              {written.map((draft) => (
                <li key={draft.key}>
                  <div>
                    <Link href={placeOf(draft.key)}>
                      {draft.threadTitle ?? (draft.title || t(draft.key.startsWith('relay:') ? 'relay.draft' : 'forum.drafts.newThread'))}
                    </Link>
                    <span className="meta">{excerpt(draft.body, 100)}</span>
                    <span className="meta">{t('forum.drafts.updated', { when: formatDateTime(draft.updatedAt) })}</span>
                  </div>
                  <button
                    type="button"
                    className="btn btn-q btn-i right"
                    aria-label={t('forum.drafts.discard')}
                    onClick={() => discard.mutate(draft)}
                  >
                    <Icon name="close" />
                  </button>
                </li>
              ))}
            </ul>
          );
        }}
      </Loaded>
    </div>
  );
}
