import type { ProjectView } from '@passerelle/contract';
import { frenchTypography } from '@passerelle/text';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from 'wouter';
import { api } from '../../app/api';
import { usePage } from '../../app/page';
import { useI18n } from '../../i18n';
import { ErrorNote, Flag, Icon, Loaded, Via } from '../../ui';
import { useThesaurus } from '../../ui/thesaurus';
import { Journal } from './journal';
import { Cities } from './project-cities';
import { Sections } from './project-sections';
import { Standing } from './project-standing';
import { projectQuery } from './projects.api';
import { useFormats } from './words';
import './projects.css';

export default function ProjectPage({ reference }: { reference: string }) {
  const { t } = useI18n();
  const project = useQuery(projectQuery(reference));
  usePage(project.data?.title ?? t('projects.title'), { back: { href: '/projets', label: t('projects.title') } });
  return (
    <>
      <article>
        {!project.data && <h1 className="vh">{t('projects.title')}</h1>}
        <Loaded query={project}>{(view) => <Sheet project={view} />}</Loaded>
      </article>
      <aside className="side" aria-label={t('practices.about')}>
        {project.data && <Around project={project.data} />}
      </aside>
    </>
  );
}

function Sheet({ project }: { project: ProjectView }) {
  const { themeName, conceptName } = useThesaurus();
  return (
    <>
      <p className="kick">
        <Icon name="flag" small />
        {themeName(project.theme)} <span className="meta">{project.concepts.map(conceptName).join(', ')}</span>
      </p>
      <h1 className="h-long" lang={project.content.language}>
        {frenchTypography(project.title)}
      </h1>
      <Facts project={project} />
      <Standing project={project} />
      <Sections project={project} />
      <Journal project={project} />
    </>
  );
}

function Facts({ project }: { project: ProjectView }) {
  const { t, countryName, formatDay } = useI18n();
  const { period, money, percent } = useFormats();
  const { lead, milestones } = project;
  return (
    <dl className="facts">
      <div>
        <dt>{t('projects.fact.lead')}</dt>
        <dd className="row row-t">
          <Flag country={lead.country} />
          <span>
            <Link href={`/villes/${lead.slug}`}>{lead.name}</Link>, {countryName(lead.country)}
            {project.joined.length > 0 && <span className="meta fact-note">{t('projects.with', { count: project.joined.length })}</span>}
          </span>
        </dd>
      </div>
      <div>
        <dt>{t('projects.fact.stage')}</dt>
        <dd>
          {t(`projects.stage.${project.stage}`)}
          <span className="meta fact-note">{t('projects.since', { day: formatDay(project.stageSince) })}</span>
        </dd>
      </div>
      <div>
        <dt>{t('projects.fact.period')}</dt>
        <dd>{period(project.start, project.end) || t('projects.noDate')}</dd>
      </div>
      <div>
        <dt>{t('projects.fact.budget')}</dt>
        <dd>{project.money.budget > 0 ? money(project.money.budget, project.currency) : t('projects.noBudget')}</dd>
      </div>
      <div>
        <dt>{t('projects.fact.share')}</dt>
        <dd>{project.money.citiesShare !== null ? t('projects.percent', { value: percent(project.money.citiesShare) }) : t('projects.noShare')}</dd>
      </div>
      <div>
        <dt>{t('projects.fact.milestones')}</dt>
        <dd>
          {milestones.total > 0 && <Via built={milestones.done} total={milestones.total} />}
          {milestones.total > 0 ? t('projects.milestoneCount', { count: milestones.total, done: milestones.done }) : t('projects.noMilestones')}
        </dd>
      </div>
    </dl>
  );
}

function Around({ project }: { project: ProjectView }) {
  const { t } = useI18n();
  return (
    <>
      <Follow project={project} />
      <Cities project={project} />
      <Practices project={project} />
      <section>
        <h2>{t('projects.thread')}</h2>
        {project.thread ? (
          <p className="mt-2">
            <Link href={`/fils/${project.thread.id}`}>{frenchTypography(project.thread.title)}</Link>
            <span className="meta"> {t('projects.messages', { count: project.thread.postCount })}</span>
          </p>
        ) : (
          <p className="soft mt-2">{t('projects.noThread')}</p>
        )}
      </section>
      <section>
        <h2>{t('projects.needsTitle')}</h2>
        {project.needs.length === 0 && <p className="soft mt-2">{t('projects.noNeeds')}</p>}
        <ul className="list mt-2">
          {project.needs.map((need) => (
            <li key={need.id}>
              <div>
                <Link href={`/besoins/${need.id}`}>{frenchTypography(need.title || t('projects.untitled'))}</Link>
                <span className="meta">{t(`needs.state.${need.state}`)}</span>
              </div>
            </li>
          ))}
        </ul>
        {project.abilities.update && project.stage !== 'finished' && project.stage !== 'stopped' && (
          <p className="mt-3">
            <Link className="btn" href={`/besoins/nouveau?projet=${project.ref}`}>
              {t('projects.addNeed')}
            </Link>
          </p>
        )}
      </section>
    </>
  );
}

/** What became of it for others. */
function Practices({ project }: { project: ProjectView }) {
  const { t } = useI18n();
  if (project.practices.length === 0) return null;
  return (
    <section>
      <h2>{t('projects.practicesTitle')}</h2>
      <ul className="list mt-2">
        {project.practices.map(({ ref, title }) => (
          <li key={ref}>
            <Link href={`/pratiques/${ref}`}>{frenchTypography(title)}</Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Follow({ project }: { project: ProjectView }) {
  const { t } = useI18n();
  const cache = useQueryClient();
  const path = `/api/projects/${project.ref}/follow`;
  const follow = useMutation({
    mutationFn: () => (project.following ? api.delete<ProjectView>(path) : api.put<ProjectView>(path)),
    onSuccess: (view) => cache.setQueryData(projectQuery(project.ref).queryKey, view),
  });
  return (
    <section>
      <div className="row">
        <button type="button" className="btn" aria-pressed={project.following} disabled={follow.isPending} onClick={() => follow.mutate()}>
          <Icon name="bell" small /> {t(project.following ? 'projects.unfollow' : 'projects.follow')}
        </button>
        <button type="button" className="btn btn-i desk" aria-label={t('practices.print')} onClick={() => window.print()}>
          <Icon name="print" />
        </button>
      </div>
      <p className="meta mt-2">{t('projects.followers', { count: project.followers })}</p>
      {follow.error && <ErrorNote error={follow.error} />}
    </section>
  );
}
