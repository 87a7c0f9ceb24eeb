import type { ProjectUpdatesPage, ProjectUpdateView, ProjectView } from '@passerelle/contract';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { v7 as uuid } from 'uuid';
import { api } from '../../app/api';
import { useI18n } from '../../i18n';
import { Capacity, ErrorNote, Flag, Icon } from '../../ui';
import { Area } from '../../ui/fields';
import { StepSheet } from '../../ui/steps';
import { olderUpdatesQuery, projectQuery } from './projects.api';

/** What the cities of the project tell, the latest first. */
export function Journal({ project }: { project: ProjectView }) {
  const { t } = useI18n();
  const { items, nextCursor } = project.updates;
  const [all, setAll] = useState(false);
  const older = useInfiniteQuery({ ...olderUpdatesQuery(project.ref, nextCursor), enabled: all && nextCursor !== null });
  const shown = [...items, ...(older.data?.pages.flatMap((page) => page.items) ?? [])];
  const more = all ? older.hasNextPage : nextCursor !== null;
  return (
    <section className="sec">
      <h2>{t('projects.journal')}</h2>
      {project.abilities.update && <Write project={project} />}
      {shown.length === 0 && <p className="soft mt-2">{t('projects.noJournal')}</p>}
      {shown.map((update) => (
        <Update key={update.id} project={project} update={update} />
      ))}
      {older.error && <ErrorNote error={older.error} onRetry={() => void older.refetch()} />}
      {more && (
        <p className="mt-3">
          <button type="button" className="btn" disabled={older.isFetching} onClick={() => (all ? void older.fetchNextPage() : setAll(true))}>
            {t('projects.older')}
          </button>
        </p>
      )}
    </section>
  );
}

function Update({ project, update }: { project: ProjectView; update: ProjectUpdateView }) {
  const { t, formatDateTime } = useI18n();
  const [removing, setRemoving] = useState(false);
  return (
    <article className="post">
      <header className="by">
        <Flag country={update.by.country} />
        <h3>
          <Capacity title={update.by.function} city={update.by.organisation} />
        </h3>
        <span className="meta">
          {update.by.name}, {formatDateTime(update.at)}
        </span>
      </header>
      <div className="txt" lang={update.language} dangerouslySetInnerHTML={{ __html: update.html }} />
      {update.canRemove && (
        <p className="acts">
          <button type="button" className="btn btn-q" onClick={() => setRemoving(true)}>
            <Icon name="close" small /> {t('projects.removeUpdate')}
          </button>
        </p>
      )}
      {removing && <RemoveSheet project={project} update={update} onClose={() => setRemoving(false)} />}
    </article>
  );
}

function RemoveSheet({ project, update, onClose }: { project: ProjectView; update: ProjectUpdateView; onClose: () => void }) {
  const { t } = useI18n();
  const cache = useQueryClient();
  const remove = useMutation({
    mutationFn: () => api.delete<ProjectUpdatesPage>(`/api/projects/${project.ref}/updates/${update.id}`),
    onSuccess: () => {
      void cache.invalidateQueries({ queryKey: projectQuery(project.ref).queryKey });
      onClose();
    },
  });
  return (
    <StepSheet label={t('projects.removeUpdate')} take={remove} destructive onClose={onClose}>
      <p>{t('projects.removeText')}</p>
      {remove.error && <ErrorNote error={remove.error} />}
    </StepSheet>
  );
}

function Write({ project }: { project: ProjectView }) {
  const { t, lang, fieldProblem } = useI18n();
  const cache = useQueryClient();
  const [body, setBody] = useState('');
  // One id for all attempts: a retry after a lost answer is the same line.
  const [id, setId] = useState(() => uuid());
  const add = useMutation({
    mutationFn: () => api.post<ProjectUpdatesPage>(`/api/projects/${project.ref}/updates`, { id, body, language: lang }),
    onSuccess: (updates) => {
      cache.setQueryData(projectQuery(project.ref).queryKey, (old) => old && { ...old, updates });
      setBody('');
      setId(uuid());
    },
  });
  const change = (text: string) => {
    // A refused text that is changed is another line.
    if (add.error) setId(uuid());
    setBody(text);
  };
  const problem = fieldProblem(add.error, 'body');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (body.trim() && !add.isPending) add.mutate();
      }}
    >
      <Area label={t('projects.write')} hint={t('projects.writeHint')} problem={problem} rows={4} value={body} onChange={change} />
      {add.error && !problem && <ErrorNote error={add.error} />}
      <p className="mt-2">
        <button type="submit" className="btn" disabled={!body.trim() || add.isPending}>
          {t('projects.publish')}
        </button>
      </p>
    </form>
  );
}
