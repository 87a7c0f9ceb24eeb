import { type PracticeContent, PROJECT_LIFE, type ProjectAction, type ProjectGap, projectGaps, type ProjectView } from '@passerelle/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import { api } from '../../app/api';
import { useMe } from '../../app/queries';
import { type TextKey, useI18n } from '../../i18n';
import { ErrorNote, Icon, Note, Sheet } from '../../ui';
import { Area } from '../../ui/fields';
import { History, StepSheet } from '../../ui/steps';
import { NEW, readCopy, startCopy } from '../../ui/practice-copy';
import { projectQuery } from './projects.api';

/** What goes back or ends is offered quietly. */
const ASIDE: ProjectAction[] = ['rethink', 'lose-funding', 'reopen', 'stop'];

/** Where the project stands and what the reader may do about it. */
export function Standing({ project }: { project: ProjectView }) {
  const { t } = useI18n();
  const [asking, setAsking] = useState<ProjectAction>();
  const { actions, edit, draftPractice } = project.abilities;
  const forward = actions.filter((action) => !ASIDE.includes(action));
  return (
    <section className="note" aria-label={t('projects.where')}>
      <Icon name="flag" />
      <div className="stack">
        <p>
          <b>{t(`projects.stage.${project.stage}`)}.</b> {t(`projects.stageText.${project.stage}`)}
        </p>
        {project.history[0]?.reason && <blockquote>{project.history[0].reason}</blockquote>}
        {(edit || draftPractice || actions.length > 0) && (
          <div className="row">
            {draftPractice && <DraftPractice project={project} />}
            {forward.map((action, index) => (
              <button key={action} type="button" className={index === 0 ? 'btn btn-p' : 'btn'} onClick={() => setAsking(action)}>
                {t(`projects.action.${action}`)}
              </button>
            ))}
            {edit && (
              <Link className="btn" href={`/projets/${project.ref}/modifier`}>
                {t('projects.edit')}
              </Link>
            )}
            {actions
              .filter((action) => ASIDE.includes(action))
              .map((action) => (
                <button key={action} type="button" className="btn btn-q" onClick={() => setAsking(action)}>
                  {t(`projects.action.${action}`)}
                </button>
              ))}
          </div>
        )}
        <History lines={project.history} done={(action) => t(`projects.done.${action as ProjectAction}`)} />
      </div>
      {asking && <ActionSheet project={project} action={asking} onClose={() => setAsking(undefined)} />}
    </section>
  );
}

/** Says what is missing before the step, else takes it. */
function ActionSheet({ project, action, onClose }: { project: ProjectView; action: ProjectAction; onClose: () => void }) {
  const { t, fieldProblem } = useI18n();
  const cache = useQueryClient();
  const [reason, setReason] = useState('');
  const label = t(`projects.action.${action}`);
  const needs = PROJECT_LIFE[action].needs ?? [];
  const gaps = needs.flatMap((need) => (need === 'reason' ? [] : projectGaps(project.content, need)));
  const take = useMutation({
    mutationFn: () => api.post<ProjectView>(`/api/projects/${project.ref}/actions`, { version: project.version, action, reason }),
    onSuccess: (view) => {
      cache.setQueryData(projectQuery(project.ref).queryKey, view);
      void cache.invalidateQueries({ queryKey: ['projects'] });
      onClose();
    },
    // Somebody else was quicker: the page shows what holds now.
    onError: () => void cache.invalidateQueries({ queryKey: projectQuery(project.ref).queryKey }),
  });
  const problem = fieldProblem(take.error, 'reason');
  return (
    <StepSheet
      label={label}
      take={take}
      onClose={onClose}
      before={
        gaps.length > 0 && (
          <Link className="btn btn-p" href={`/projets/${project.ref}/modifier`}>
            {t('projects.edit')}
          </Link>
        )
      }
    >
      {gaps.length > 0 ? <Gaps gaps={gaps} project={project} /> : <p>{t('projects.actionText')}</p>}
      {gaps.length === 0 && needs.includes('reason') && <Area label={t('projects.reason')} hint={t('projects.reasonHint')} problem={problem} rows={4} value={reason} onChange={setReason} />}
      {take.error && !problem && <ErrorNote error={take.error} />}
    </StepSheet>
  );
}

function Gaps({ gaps, project }: { gaps: ProjectGap[]; project: ProjectView }) {
  const { t } = useI18n();
  const where = ({ path }: ProjectGap) => {
    const milestone = /^calendar\.milestones\.(\d+)/.exec(path);
    if (milestone) return project.content.calendar.milestones[Number(milestone[1])]?.title || t('projects.field.milestone');
    return t(`projects.field.${path.split('.').at(-1)}` as TextKey);
  };
  return (
    <>
      <p>{t('projects.incomplete')}</p>
      <ul className="dots mt-2">
        {gaps.map((gap) => (
          <li key={gap.path}>
            <b>{where(gap)}</b> : {gap.path.endsWith('.done') ? t('projects.milestoneOpen') : t(`projects.gap.${gap.code}`, { min: gap.min ?? 0, max: gap.max ?? 0 })}
          </li>
        ))}
      </ul>
    </>
  );
}

/** Opens the editor of a new practice with what the project knows; never over a new practice that is already being written. */
function DraftPractice({ project }: { project: ProjectView }) {
  const { t } = useI18n();
  const me = useMe();
  const [, navigate] = useLocation();
  const [asking, setAsking] = useState(false);
  const start = useMutation({
    mutationFn: () => api.get<PracticeContent>(`/api/projects/${project.ref}/practice-draft`),
    onSuccess: (content) => {
      startCopy(me.account.id, content);
      navigate('/pratiques/nouvelle');
    },
  });
  const begin = () => (readCopy(me.account.id, NEW) ? setAsking(true) : start.mutate());
  return (
    <>
      <button type="button" className="btn btn-p" title={t('projects.draftPracticeText')} disabled={start.isPending} onClick={begin}>
        <Icon name="book" small /> {t('projects.draftPractice')}
      </button>
      {start.error && !asking && <ErrorNote error={start.error} />}
      {asking && (
        <Sheet
          title={t('projects.draftPractice')}
          onClose={() => setAsking(false)}
          footer={
            <div className="row">
              <Link className="btn btn-p" href="/pratiques/nouvelle">
                {t('projects.goOn')}
              </Link>
              <button type="button" className="btn btn-x" disabled={start.isPending} onClick={() => start.mutate()}>
                {t('projects.replace')}
              </button>
            </div>
          }
        >
          <div className="inset">
            <Note kind="attention" icon="alert">
              {t('projects.draftReplace')}
            </Note>
            {start.error && <ErrorNote error={start.error} />}
          </div>
        </Sheet>
      )}
    </>
  );
}
