import type { SpaceDetail } from '@passerelle/contract';
import { useQueryClient } from '@tanstack/react-query';
import { ApiProblem, api } from '../../app/api';
import { useI18n } from '../../i18n';
import { ErrorNote, Note } from '../../ui';
import { SpaceForm, type SpaceFields } from './space-form';
import { spaceQuery, useAct } from './spaces.api';

/** The description for animators; name, access, theme and archive for moderation. */
export function SpaceSettings({ space }: { space: SpaceDetail }) {
  const { t } = useI18n();
  const cache = useQueryClient();
  const { slug, version, archived } = space;
  const { settle } = space.abilities;
  const edit = useAct(({ descriptionFr, descriptionEn, ...settings }: SpaceFields) => api.patch<SpaceDetail>(`/api/spaces/${slug}`, { version, descriptionFr, descriptionEn, ...(settle && settings) }));
  const stale = edit.error instanceof ApiProblem && edit.error.code === 'stale-version';
  const { nameFr, nameEn, descriptionFr, descriptionEn, access, theme } = space;
  return (
    <>
      {!archived && (
        <section className="sec">
          {!settle && <p className="soft">{t('spaces.form.animatorNote')}</p>}
          {edit.isSuccess && (
            <Note icon="check" role="status">
              {t('spaces.form.saved')}
            </Note>
          )}
          {stale && (
            <Note kind="attention" icon="alert" role="alert">
              {t('spaces.form.stale')}
            </Note>
          )}
          <SpaceForm
            start={{ nameFr, nameEn, descriptionFr, descriptionEn, access, theme }}
            settles={settle}
            hides={space.role !== null}
            submit={t('spaces.form.save')}
            pending={edit.isPending}
            error={stale ? null : edit.error}
            onSubmit={(fields) => edit.mutate(fields, { onError: () => void cache.invalidateQueries(spaceQuery(slug)) })}
          />
        </section>
      )}
      {settle && <Archive space={space} />}
    </>
  );
}

function Archive({ space: { slug, version, archived } }: { space: SpaceDetail }) {
  const { t } = useI18n();
  const archive = useAct(() => api.put(`/api/spaces/${slug}/archive`, { version, archived: !archived }));
  return (
    <section className="sec">
      <h2>{t(archived ? 'spaces.archive.reopenTitle' : 'spaces.archive.title')}</h2>
      <p className="soft mt-2">{t(archived ? 'spaces.archive.reopenText' : 'spaces.archive.text')}</p>
      {archive.isError && <ErrorNote error={archive.error} />}
      <button type="button" className={archived ? 'btn mt-3' : 'btn btn-x mt-3'} disabled={archive.isPending} onClick={() => archive.mutate(undefined)}>
        {t(archived ? 'spaces.archive.reopen' : 'spaces.archive.do')}
      </button>
    </section>
  );
}
