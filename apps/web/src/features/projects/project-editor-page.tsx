import type { ProjectContent, ProjectView } from '@passerelle/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import { api } from '../../app/api';
import { usePage } from '../../app/page';
import { useMe } from '../../app/queries';
import { useI18n } from '../../i18n';
import { Loaded, Skeleton } from '../../ui';
import { Conflict } from '../../ui/conflict';
import { DocumentFields } from './editor/document-fields';
import { DraftForm } from './editor/draft-form';
import { AboutFields, CalendarFields, MoneyFields, PeopleFields } from './editor/sheet-fields';
import { useDraft } from './editor/use-draft';
import { projectQuery } from './projects.api';
import { useProblems } from './words';
import './projects.css';

const emptyProject = (language: 'fr' | 'en') => (): ProjectContent => ({
  title: '', language, theme: null, concepts: [], problem: '', objectives: [], calendar: { start: null, end: null, milestones: [] }, currency: null, budget: [], plan: [], partners: [], sought: [], risks: [], documents: [],
});

/** Writes the sheet of a project; an idea needs little, each stage asks for more. */
export default function ProjectEditorPage({ reference }: { reference?: string }) {
  const { t } = useI18n();
  const stored = useQuery({ ...projectQuery(reference ?? ''), enabled: reference !== undefined, refetchOnMount: 'always' });
  usePage(t(reference ? 'projects.editTitle' : 'projects.writeTitle'), { back: { href: reference ? `/projets/${reference}` : '/projets', label: t('projects.title') } });
  if (!reference) return <Editor stored={null} />;
  // What was read before may be old: writing begins from what holds now, or from the old one when the network is away.
  if (stored.isFetching && !stored.isFetchedAfterMount) return <Skeleton />;
  return <Loaded query={stored}>{(view) => <Editor stored={view} />}</Loaded>;
}

function Editor({ stored }: { stored: ProjectView | null }) {
  const { t, lang } = useI18n();
  const me = useMe();
  const cache = useQueryClient();
  const [, navigate] = useLocation();
  const draft = useDraft<ProjectContent, ProjectView>({
    place: `project.${me.account.id}.${stored?.ref ?? 'nouveau'}`,
    stored,
    reference: stored?.ref,
    empty: emptyProject(lang),
    create: (body) => api.post('/api/projects', body),
    edit: (reference, body) => api.patch(`/api/projects/${reference}`, body),
    read: (reference) => api.get(`/api/projects/${reference}`),
    onSaved: (view) => {
      cache.setQueryData(projectQuery(view.ref).queryKey, view);
      void cache.invalidateQueries({ queryKey: ['projects'] });
      navigate(`/projets/${view.ref}`);
    },
  });
  const problem = useProblems(draft.error);
  const fields = { content: draft.content, write: draft.write, problem };
  return (
    <>
      <div>
        <h1>{t(stored ? 'projects.editTitle' : 'projects.writeTitle')}</h1>
        <p className="soft mt-2">{stored ? stored.title : t('projects.writeLead')}</p>
        {draft.conflict && <Conflict mine={draft.content} theirs={draft.conflict.content} label={(field) => t(`projects.field.${field}`)} onSettle={draft.settle} />}
        <DraftForm draft={draft} submit={t(stored ? 'projects.save' : 'projects.creating')} stored={stored} address={`/projets/${stored?.ref}`}>
          <AboutFields {...fields} />
          <CalendarFields {...fields} />
          <MoneyFields {...fields} />
          <PeopleFields {...fields} />
          <DocumentFields {...fields} files={stored?.files ?? []} />
        </DraftForm>
      </div>
      <aside className="side" aria-label={t('projects.where')}>
        <section>
          <h2>{t(`projects.stage.${stored?.stage ?? 'idea'}`)}</h2>
          <p className="soft mt-2">{t(`projects.stageText.${stored?.stage ?? 'idea'}`)}</p>
        </section>
      </aside>
    </>
  );
}
