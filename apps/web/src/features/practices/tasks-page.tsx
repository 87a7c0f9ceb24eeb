import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { usePage } from '../../app/page';
import { useI18n } from '../../i18n';
import { Empty, Loaded } from '../../ui';
import { PracticeTaskList } from '../../ui/practice-tasks';
import { practiceTasksQuery } from '../../app/queries';

/** Everything that waits for the signed-in person: approvals, completions, reviews, opinions. */
export default function TasksPage() {
  const { t } = useI18n();
  const tasks = useQuery(practiceTasksQuery);
  usePage(t('desk.title'), { back: { href: '/pratiques', label: t('practices.title') } });
  return (
    <div>
      <h1>{t('desk.title')}</h1>
      <Loaded query={tasks}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t('desk.empty')} text={t('desk.emptyText')}>
              <Link className="btn" href="/pratiques/nouvelle">
                {t('entry.write')}
              </Link>
            </Empty>
          ) : (
            <PracticeTaskList tasks={items} />
          )
        }
      </Loaded>
    </div>
  );
}
