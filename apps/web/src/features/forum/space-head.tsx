import type { SpaceDetail, SpaceView } from '@passerelle/contract';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from 'wouter';
import { api } from '../../app/api';
import { useMe } from '../../app/queries';
import { useI18n } from '../../i18n';
import { Empty, ErrorNote, Icon, Note } from '../../ui';
import { spaceName } from './words';

type Shown = Pick<SpaceView, 'slug' | 'access' | 'descriptionFr' | 'descriptionEn'> & { unread?: number; archived?: boolean };

/** A space that the list doesn't hold: archived, or not to be read. */
export const unlistedQuery = (slug: string | undefined, enabled: boolean) =>
  queryOptions({ queryKey: ['groups', 'one', slug ?? ''], queryFn: () => api.get<SpaceDetail>(`/api/spaces/${slug}`), enabled: enabled && slug !== undefined });

/** A closed space before one belongs to it. */
export function OutsideOf({ space }: { space: SpaceDetail }) {
  const { t, lang } = useI18n();
  return (
    <Empty heading="h1" title={spaceName(space, lang)} text={t('spaces.closedFor')}>
      <Link className="btn btn-p" href={`/espaces/${space.slug}`}>
        {t('spaces.ask.title')}
      </Link>
    </Empty>
  );
}

/** What a space is, above its threads, and what can be done there. */
export function SpaceHead({ title, space, slug }: { title: string; space: Shown | undefined; slug: string | undefined }) {
  const { t, lang } = useI18n();
  const me = useMe();
  const cache = useQueryClient();
  const readAll = useMutation({
    mutationFn: (of: string) => api.post(`/api/spaces/${of}/read`),
    onSuccess: () => Promise.all(['threads', 'thread', 'spaces'].map((key) => cache.invalidateQueries({ queryKey: [key] }))),
  });
  return (
    <>
      {space && (
        <p className="kick">
          <Icon name={space.access === 'open' ? 'people' : 'lock'} small />
          {t(`forum.access.${space.access}`)}
        </p>
      )}
      <h1>{title}</h1>
      {space && <p className="soft mt-2">{lang === 'fr' ? space.descriptionFr : space.descriptionEn}</p>}
      <div className="tools">
        {me.permissions.includes('write') && !space?.archived && (
          <Link className="btn btn-p" href={slug ? `/echanges/nouveau?space=${slug}` : '/echanges/nouveau'}>
            <Icon name="plus" />
            {t('forum.newThread')}
          </Link>
        )}
        {space && (
          <Link className="btn btn-q" href={`/espaces/${space.slug}`}>
            <Icon name="people" small />
            {t('spaces.about')}
          </Link>
        )}
        {space && (space.unread ?? 0) > 0 && (
          <button type="button" className="btn btn-q" disabled={readAll.isPending} onClick={() => readAll.mutate(space.slug)}>
            <Icon name="check" small />
            {t('forum.markAllRead')}
          </button>
        )}
      </div>
      {space?.archived && (
        <Note kind="attention" icon="lock">
          {t('spaces.archivedNote')}
        </Note>
      )}
      {readAll.isError && <ErrorNote error={readAll.error} />}
    </>
  );
}
