import { useQuery } from '@tanstack/react-query';
import { practiceTasksQuery } from '../../app/queries';
import { useI18n } from '../../i18n';
import { FreshSearches } from '../../ui/fresh-searches';
import { WaitingHandOvers } from '../../ui/hand-overs';
import { WaitingIntroductions } from '../../ui/introductions';
import { PracticeTaskList } from '../../ui/practice-tasks';
import { UnreadLetters } from '../../ui/unread-letters';

/** What waits for a decision comes before what is to be read. */
export default function HomeTasks() {
  const { t } = useI18n();
  const tasks = useQuery(practiceTasksQuery);
  const urgent = tasks.data?.items.filter((task) => task.kind !== 'draft') ?? [];
  return (
    <>
      {urgent.length > 0 && (
        <section className="mt-4">
          <h2>{t('desk.title')}</h2>
          <PracticeTaskList tasks={urgent} />
        </section>
      )}
      <WaitingHandOvers />
      <WaitingIntroductions />
      <UnreadLetters />
      <FreshSearches />
    </>
  );
}
