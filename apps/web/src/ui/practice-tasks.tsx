import type { PracticeTask, PracticeView } from '@passerelle/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from 'wouter';
import { api } from '../app/api';
import { useI18n } from '../i18n';
import { Flag } from './graphics';
import { ErrorNote } from './parts';

/** What waits, the most urgent first; a prepared entry is approved with one press. */
export function PracticeTaskList({ tasks }: { tasks: PracticeTask[] }) {
  return (
    <ul className="list mt-3">
      {tasks.map((task) => (
        <Task key={`${task.kind} ${task.ref}`} task={task} />
      ))}
    </ul>
  );
}

function Task({ task }: { task: PracticeTask }) {
  const { t, formatDay } = useI18n();
  const cache = useQueryClient();
  const approve = useMutation({
    mutationFn: () => api.post<PracticeView>(`/api/practices/${task.ref}/actions`, { version: task.version, action: 'submit' }),
    onSettled: () => cache.invalidateQueries({ queryKey: ['practice-tasks'] }),
  });
  return (
    <li>
      <Flag country={task.country} />
      <div className="grow">
        <Link href={`/pratiques/${task.ref}${task.kind === 'draft' ? '/modifier' : ''}`}>{task.title || t('desk.untitled')}</Link>
        <span className="meta">
          {[
            t(`desk.kind.${task.kind}`),
            task.city,
            t(`entry.state.${task.state}`),
            task.kind === 'approve' && task.preparedBy && t('desk.preparedBy', { function: task.preparedBy }),
            task.dueAt && t('desk.before', { day: formatDay(task.dueAt) }),
          ]
            .filter(Boolean)
            .join('. ')}
        </span>
        {approve.error && <ErrorNote error={approve.error} />}
      </div>
      {task.kind === 'approve' && task.canSubmit && (
        <button
          type="button"
          className="btn btn-p right"
          disabled={approve.isPending || approve.isSuccess}
          onClick={() => approve.mutate()}
        >
          {t('desk.approve')}
        </button>
      )}
    </li>
  );
}
